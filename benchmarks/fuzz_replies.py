"""Random mutations of the corpus for as long as wanted; stops at the first unsound or slow reading.

uv run python benchmarks/fuzz_replies.py [SECONDS]
"""

import json
import random
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from deployments.cli.reply_manifest import context_of
from rules.replies import Outcome, ReplyContext, Verdict, read_reply
from rules.replies.vocabulary import VOCABULARY

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
SLOWEST = 2.0  # seconds; ten times what the worst hostile mail takes on a busy machine


def _cases() -> list[tuple[bytes, ReplyContext]]:
    found = []
    for path in sorted(CORPUS.glob("*.json")):
        context = json.loads(path.read_text(encoding="utf-8"))["context"]
        known = context_of(context, context, ZoneInfo("Europe/Riga"))
        found.append((path.with_suffix(".eml").read_bytes(), known))
    return found


def _is_sound(verdict: Verdict, known: ReplyContext) -> bool:
    most = {question.id: question.enrolled for question in known.classes}
    fits = all(
        key in most and 0 <= number <= (most[key] or 999) for key, number in verdict.counts.items()
    )
    return fits and bool(verdict.counts) == (verdict.outcome is Outcome.COUNTS)


def _mutated(raw: bytes, other: bytes, chance: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0:
                del data[at : at + chance.randint(1, 60)]
            case 1:
                data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 6)))
            case 2:
                start = chance.randrange(len(other))
                data[at:at] = other[start : start + chance.randint(1, 300)]
            case 3:
                data[at:at] = data[at : at + chance.randint(1, 200)] * chance.randint(2, 40)
            case _:
                word = chance.choice([*VOCABULARY.words, "24", "apmēram", "<div>", "\n> "])
                data[at:at] = f" {word} ".encode()
    return bytes(data)


def main(seconds: float) -> None:
    chance, cases, count, slowest = random.Random(), _cases(), 0, 0.0
    outcomes = dict.fromkeys(Outcome, 0)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        (raw, known), (other, _) = chance.choice(cases), chance.choice(cases)
        mail = _mutated(raw, other, chance)
        began = time.process_time()
        verdict = read_reply(mail, known)
        slowest = max(slowest, time.process_time() - began)
        if not _is_sound(verdict, known) or slowest > SLOWEST:
            raise SystemExit(f"{verdict} after {slowest:.2f} s on {mail!r}")
        outcomes[verdict.outcome] += 1
        count += 1
    print(f"{count} mails, {outcomes}, slowest {slowest * 1000:.0f} ms")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60)
