"""`python -m deployments.sandbox`: the sandbox alone, until interrupted."""

import argparse
import json
import logging
from pathlib import Path

from deployments.sandbox.seed import read_seed
from deployments.sandbox.server import serve


def main() -> None:
    """Reads the command line and serves."""
    parser = argparse.ArgumentParser(prog="python -m deployments.sandbox", description=__doc__)
    parser.add_argument("--seed", type=Path, metavar="FILE.json", help="what exists at the start")
    parser.add_argument("--port-base", type=int, metavar="N", help="first of five ports in a row")
    parser.add_argument(
        "--with-parent", action="store_true", help="stop when standard input is closed"
    )
    options = parser.parse_args()
    # Only our own mistakes are worth a line; dropped connections are the sandbox's business.
    logging.basicConfig(level=logging.ERROR)
    logging.getLogger("mail").setLevel(logging.CRITICAL)
    seed = json.loads(options.seed.read_text(encoding="utf-8")) if options.seed else {}
    try:
        read = read_seed(seed)
    except ValueError as error:
        parser.error(str(error))
    serve(read, options.port_base, with_parent=options.with_parent)


if __name__ == "__main__":
    main()
