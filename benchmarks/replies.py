"""How long the reader takes per reply: median and 99th percentile over the corpus, microseconds.

Processor time, so that what else runs on the machine does not count.

uv run python benchmarks/replies.py [ROUNDS]
"""

import json
import statistics
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from deployments.cli.reply_manifest import context_of
from rules.replies import read_reply

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"


def main(rounds: int) -> None:
    zone = ZoneInfo("Europe/Riga")
    cases = []
    for path in sorted(CORPUS.glob("*.json")):
        context = json.loads(path.read_text(encoding="utf-8"))["context"]
        cases.append((path.with_suffix(".eml").read_bytes(), context_of(context, context, zone)))
    for raw, known in cases:
        read_reply(raw, known)
    seconds = []
    for _ in range(rounds):
        for raw, known in cases:
            began = time.process_time()
            read_reply(raw, known)
            seconds.append(time.process_time() - began)
    percentiles = statistics.quantiles(seconds, n=100)
    print(
        f"{len(cases)} replies, {rounds} rounds: median {percentiles[49] * 1e6:.0f} µs, "
        f"p99 {percentiles[98] * 1e6:.0f} µs, longest {max(seconds) * 1e6:.0f} µs"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
