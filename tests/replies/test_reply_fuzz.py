"""The reader under random answers: it never fails and never makes up a number.

Mutations of whole mails, for as long as wanted: benchmarks/fuzz_replies.py.
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.replies import ClassQuestion, Outcome, ReplyContext, Verdict, read_reply
from rules.replies.number_words import NUMBER_WORDS
from rules.replies.reader import read_text
from rules.replies.vocabulary import VOCABULARY

RIGA = ZoneInfo("Europe/Riga")
SENT = datetime(2026, 12, 5, 17, tzinfo=RIGA)


def _question(key: str, slot: int, hours: tuple[int, int], course: str) -> ClassQuestion:
    day = datetime(2026, 12, 5, tzinfo=RIGA)
    start, end = (day.replace(hour=hour) for hour in hours)
    return ClassQuestion(key, slot, start, end, (course,), (f"GR-{slot}",), 40)


KNOWN = ReplyContext(
    "ilze",
    "Ilze Krūmiņa",
    ("ilze@lektori.example",),
    (_question("a", 1, (9, 12), "Ķīmija"), _question("b", 2, (13, 16), "Organiskā ķīmija")),
    {},
    ("<letter@augstskola.example>",),
    "",
    "sac@augstskola.example",
)
PIECES = st.sampled_from(
    [*sorted(VOCABULARY.words), *sorted(NUMBER_WORDS)]
    + [" ".join(phrase) for phrase in sorted(VOCABULARY.phrases)]
    + [*"0123456789.,:;-–/()?!\n", "24", "12:45", "1.", "GR-1", "ķīmijā", "____", "> ", "\u200b"]
)
HEDGES = sorted(word for word, kinds in VOCABULARY.words.items() if "hedge" in kinds)


def _is_sound(verdict: Verdict, known: ReplyContext) -> bool:
    """Numbers only with the outcome counts, only of known classes, never more than enrolled."""
    most = {question.id: question.enrolled for question in known.classes}
    fits = all(
        key in most and 0 <= number <= (999 if most[key] is None else most[key] or 0)
        for key, number in verdict.counts.items()
    )
    return fits and bool(verdict.counts) == (verdict.outcome is Outcome.COUNTS)


def _values(text: str) -> set[int]:
    """Every number that a text could possibly mean, written in figures."""
    return {int(figures) for figures in re.findall("[0-9]+", text)}


@given(st.lists(PIECES, max_size=14))
@settings(max_examples=300)
def test_words_of_the_vocabulary_in_any_order(pieces: list[str]) -> None:
    verdict = read_text(" ".join(pieces), KNOWN, SENT)

    assert _is_sound(verdict, KNOWN)


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_any_text(text: str) -> None:
    verdict = read_text(text, KNOWN, SENT)

    assert _is_sound(verdict, KNOWN)
    assert set(verdict.counts.values()) <= _values(text) | {0}


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_any_bytes(raw: bytes) -> None:
    assert read_reply(raw, KNOWN).outcome is not Outcome.COUNTS


@given(st.sampled_from(HEDGES), st.integers(0, 40), st.booleans())
@settings(max_examples=200)
def test_a_doubt_beside_a_number_is_never_dropped(hedge: str, number: int, first: bool) -> None:  # noqa: FBT001  # drawn by hypothesis
    words = [hedge, str(number)] if first else [str(number), hedge]

    verdict = read_text(f"Pirmajā nodarbībā bija {' '.join(words)} studenti", KNOWN, SENT)

    assert verdict.outcome is Outcome.REVIEW
