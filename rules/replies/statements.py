"""Reads the sentences of an answer: what they state, and what in them is not understood.

Closed by design: a word or an order that no rule explains becomes a doubt, and a message with a
doubt goes to a person. How statements become counts is decided in `answers.py`.
"""

from collections.abc import Sequence

from rules.replies.clauses import Clause, clauses, sentences
from rules.replies.items import Item, Reader
from rules.replies.merging import merged
from rules.replies.reading import Reading
from rules.replies.reasons import Reason
from rules.replies.stating import Place, state
from rules.replies.tying import tied

_POLITE = frozenset({
    "address", "class_noun", "close", "colon", "comma", "confirm", "conjunction", "dash", "date",
    "greeting", "group_noun", "line", "name", "open", "other_date", "polite", "semicolon", "smile",
    "stop", "time",
})  # fmt: skip
_POLITE_KINDS = frozenset({"address", "confirm", "polite"})
_SIDE_TALK = frozenset({
    "address", "chat", "class_noun", "comma", "confirm", "conjunction", "date", "greeting", "month",
    "name", "other_date", "polite", "question", "smile",
})  # fmt: skip
_SIDE_TALK_KINDS = frozenset({"chat", "polite", "question"})
_ABOUT_CLASSES = frozenset({
    "class_noun", "classes", "group_noun", "nobody", "nobody_en", "not_held", "people",
})  # fmt: skip
_CORRECTING = ("correction", "fault", "former", "former_mark")
_ONLY = frozenset({"tikai", "only", "just", "только", "лишь"})


def read_answer(
    text: str, reader: Reader, reading: Reading, only: frozenset[str] | None = None
) -> None:
    """Adds to `reading` what the text states; `only` the class beside which it was written."""
    items = merged(reader.items(text), reader.names)
    reading.is_polite &= all(map(_is_polite, items))
    reading.confirms |= any(item.role in {"confirm", "smile"} for item in items)
    reading.out_of_office |= any(item.role == "out_of_office" for item in items)
    reading.about_classes |= any(map(_is_about_classes, items))
    for line, sentence in enumerate(sentences(items)):
        if sentence[-1].role == "query":
            _read_question(sentence, reading)
        else:
            _read_sentence(sentence, Place(reader.names, reading, line, only))


def _is_polite(item: Item) -> bool:
    return item.role in _POLITE or not item.kinds.isdisjoint(_POLITE_KINDS)


def _is_about_classes(item: Item) -> bool:
    return item.role in _ABOUT_CLASSES or "counting" in item.kinds


def _read_sentence(sentence: Sequence[Item], place: Place) -> None:
    parts = clauses(sentence)
    reading = place.reading
    reading.is_correction |= any(part.has(*_CORRECTING) for part in parts)
    reading.supposes |= any(part.has("should") for part in parts)
    reading.about_classes |= any(part.numbers and part.has("present") for part in parts)
    for part in parts:
        _doubt_words(part, reading)
    if any(part.has("only_so_far") for part in parts) and not _is_partial(parts, sentence):
        reading.doubt(Reason.APPROXIMATE, " ".join(item.text for item in sentence))
    state(tied(parts, reading), place)


def _is_partial(parts: Sequence[Clause], sentence: Sequence[Item]) -> bool:
    """Whether some classes are still to come ("tikai otrā pagaidām"), not some of the people."""
    named = any(part.references for part in parts)
    return named and any(item.text.lower() in _ONLY for item in sentence)


def _read_question(sentence: Sequence[Item], reading: Reading) -> None:
    """A side question is fine beside a clear number; one about numbers or classes is not."""
    reading.has_question = True
    if not all(map(_is_side_talk, sentence[:-1])):
        reading.doubt(Reason.QUESTION, " ".join(item.text for item in sentence))


def _is_side_talk(item: Item) -> bool:
    return item.role in _SIDE_TALK or not item.kinds.isdisjoint(_SIDE_TALK_KINDS)


def _doubt_words(part: Clause, reading: Reading) -> None:
    unclear = [item for item in part.unclear if item.role != "ellipsis"]
    if part.has("not_held"):
        reading.doubt(Reason.NOT_HELD, part.text)
    elif part.has("hedge") or (part.has("ellipsis") and part.numbers):
        reading.doubt(Reason.APPROXIMATE, part.text)
    elif unclear:
        reading.doubt(Reason.NOT_UNDERSTOOD, " ".join(item.text for item in unclear))
