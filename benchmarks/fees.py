"""How long a quote takes, in microseconds, and the import: `uv run python benchmarks/fees.py`."""

import itertools
import json
import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from rules.fees.documents import quote_document
from rules.fees.loading import load_price_list, price_lists
from rules.fees.quoting import Quote, quote_many
from rules.fees.request import Request, read_request

ROOT = Path(__file__).resolve().parent.parent
ANSWERS = ("number", "total", "refused", "ready_on", "delivery_estimate", "why")
REPEATS = 5
MANY = 100_000


def requests() -> list[Request]:
    """Every worked example, as a mix of simple and long requests."""
    text = (ROOT / "tests/rules/fees/examples.toml").read_text("utf-8")
    examples = tomllib.loads(text)["example"]
    return [
        read_request({name: value for name, value in each.items() if name not in ANSWERS})
        for each in examples
    ] * 20


def per_piece(work: Callable[[], object], pieces: int, repeats: int = REPEATS) -> float:
    """Microseconds of processor time per piece, the best of a few runs (the machine may be busy)."""
    best = float("inf")
    for _ in range(repeats):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best / pieces * 1e6


def import_seconds() -> float:
    """Processor time of a fresh interpreter that imports the calculator, less one that imports nothing."""

    def run(code: str) -> float:
        before = os.times()
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
        after = os.times()
        user = after.children_user - before.children_user
        return user + after.children_system - before.children_system

    return min(run("import rules.fees.quoting") - run("pass") for _ in range(3))


def main() -> None:
    asked = requests()
    quoted = quote_many(asked)
    quotes = [quote for quote in quoted if isinstance(quote, Quote)]
    priced = [
        request for request, quote in zip(asked, quoted, strict=True) if isinstance(quote, Quote)
    ]
    text = (ROOT / "rules/fees/orders/1.5-3-149.toml").read_text("utf-8")
    price_lists()
    plain = per_piece(lambda: quote_many(priced), len(priced))
    written = per_piece(lambda: [quote_document(quote) for quote in quotes], len(quotes))
    many = list(itertools.islice(itertools.cycle(priced), MANY))
    figures = {
        "quote_us": round(plain, 1),
        "quotes_100000_s": round(per_piece(lambda: quote_many(many), MANY, 1) * MANY / 1e6, 2),
        "explain_both_us": round(written, 1),
        "quote_and_explain_us": round(plain + written, 1),
        "refusal_mix_us": round(per_piece(lambda: quote_many(asked), len(asked)), 1),
        "load_price_list_ms": round(per_piece(lambda: load_price_list(text), 1) / 1000, 1),
        "import_ms": round(import_seconds() * 1000),
    }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
