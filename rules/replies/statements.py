"""What the sentences of an answer state: numbers, the classes they are of, and what is unclear.

Closed by design: a word or an order that no rule explains becomes a doubt, and a message with a
doubt goes to a person. How statements become counts is decided in `answers.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rules.replies.class_names import ClassNames
from rules.replies.clauses import Clause, clauses, is_plain, is_remark, join, sentences
from rules.replies.items import Item, Reader
from rules.replies.reasons import Reason

_ALLOWED_IN_QUESTION = frozenset(
    [
        "question",
        "chat",
        "polite",
        "greeting",
        "address",
        "confirm",
        "class_noun",
        "conjunction",
        "name",
        "comma",
        "smile",
        "month",
        "date",
        "other_date",
    ]
)
_POLITE = frozenset(
    [
        "greeting",
        "address",
        "confirm",
        "polite",
        "conjunction",
        "comma",
        "semicolon",
        "dash",
        "smile",
        "name",
        "date",
        "other_date",
        "time",
        "class_noun",
        "group_noun",
        "colon",
        "stop",
        "line",
        "open",
        "close",
        "quote",
    ]
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person must look at, and the words that it is about."""

    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A number of people. `ids` is None when no class is named; `each` counts for every one of them.

    `line` tells the lines apart, `link` how it is joined to what stands before it in its sentence.
    """

    number: int
    ids: frozenset[str] | None
    each: bool
    line: int
    link: str
    words: str
    concluded: bool = False


@dataclass(slots=True)
class Reading:
    """All that an answer says."""

    statements: list[Statement] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    former: list[int] = field(default_factory=list)
    asides: list[int] = field(default_factory=list)
    remarked: set[str] = field(default_factory=set)  # classes that are talked of without a number
    doubts: list[Doubt] = field(default_factory=list)
    is_correction: bool = False
    has_question: bool = False
    is_polite: bool = True  # nothing but thanks and courtesy so far
    confirms: bool = False
    out_of_office: bool = False

    def doubt(self, reason: Reason, detail: str = "") -> None:
        self.doubts.append(Doubt(reason, detail))


def read_answer(
    text: str, reader: Reader, reading: Reading, only: frozenset[str] | None = None
) -> None:
    """Adds to `reading` what the text states; `only` the class beside which it was written."""
    items = join(reader.items(text), reader.names)
    reading.is_polite = reading.is_polite and all(map(_is_polite, items))
    reading.confirms = reading.confirms or any(item.role in {"confirm", "smile"} for item in items)
    reading.out_of_office = reading.out_of_office or any(i.role == "out_of_office" for i in items)
    for line, sentence in enumerate(sentences(items)):
        _read_sentence(sentence, _Place(reader.names, reading, line, only))


def _is_polite(item: Item) -> bool:
    return item.role in _POLITE or not item.kinds.isdisjoint({"polite", "confirm", "address"})


@dataclass(frozen=True, slots=True)
class _Place:
    names: ClassNames
    reading: Reading
    line: int
    only: frozenset[str] | None


def _read_sentence(sentence: Sequence[Item], place: _Place) -> None:
    reading = place.reading
    if sentence[-1].role == "query":
        _read_question(sentence, reading)
        return
    if not any(item.role not in {"line", "stop"} for item in sentence):
        return
    parts = clauses(sentence)
    reading.is_correction |= any(part.has("correction", "former", "former_mark") for part in parts)
    for part in parts:
        _doubt_words(part, reading)
    so_far = any(part.has("only_so_far") for part in parts)
    if so_far and not (any(part.references for part in parts) and _says_only(sentence)):
        reading.doubt(Reason.APPROXIMATE, " ".join(item.text for item in sentence))
    _read_clauses(_tied(parts, reading), place)


def _says_only(sentence: Sequence[Item]) -> bool:
    return any(
        item.text.lower() in {"tikai", "only", "just", "только", "лишь"} for item in sentence
    )


def _read_question(sentence: Sequence[Item], reading: Reading) -> None:
    """A side question is fine beside a clear number; one about numbers or classes is not."""
    reading.has_question = True
    asked = " ".join(item.text for item in sentence)
    if any(item.role == "number" for item in sentence) or not all(
        _is_side_talk(item) for item in sentence[:-1]
    ):
        reading.doubt(Reason.QUESTION, asked)


def _is_side_talk(item: Item) -> bool:
    return item.role in _ALLOWED_IN_QUESTION or bool(item.kinds & {"question", "polite", "chat"})


def _doubt_words(part: Clause, reading: Reading) -> None:
    if part.has("not_held"):
        reading.doubt(Reason.NOT_HELD, part.text)
    elif part.has("hedge", "ellipsis") and not _is_harmless_ellipsis(part):
        reading.doubt(Reason.APPROXIMATE, part.text)
    elif unclear := [item for item in part.odd if item.role != "ellipsis"]:
        reading.doubt(Reason.NOT_UNDERSTOOD, " ".join(item.text for item in unclear))


def _is_harmless_ellipsis(part: Clause) -> bool:
    return not part.has("hedge") and not part.numbers


def _is_bare_reference(part: Clause) -> bool:
    counts = part.numbers or part.former or part.has("nobody", "nobody_en")
    return bool(part.references) and not counts


def _tied(parts: Sequence[Clause], reading: Reading) -> list[Clause]:
    """Clauses that name a class without a number, joined to the clause that has the number.

    "Ķīmijā, 1. nodarbībā, 26" narrows down; "pirmajā un otrajā pa 21" adds up; what cannot be
    joined is a class without a number.
    """
    found: list[Clause] = []
    waiting: list[Clause] = []
    for part in parts:
        if _is_bare_reference(part):
            if not waiting and found and (_explains(found[-1], part) or _narrows(found[-1], part)):
                found[-1].references += part.references
                found[-1].items += part.items
                found[-1].roles |= part.roles
                continue
            waiting.append(part)
        elif waiting and (part.numbers or part.has("nobody", "nobody_en")):
            _attach(waiting, part, reading)
            waiting = []
            found.append(part)
        else:
            found.append(part)
    _leave(waiting, reading)
    return found


def _explains(before: Clause, part: Clause) -> bool:
    """ "21 (1. nodarbība)"."""
    return part.opened_by == "open" and bool(before.numbers) and not before.references


def _narrows(before: Clause, part: Clause) -> bool:
    """Whether a reference after the number speaks of the number's own class."""
    return bool(
        before.numbers and before.ids and part.ids and before.ids & part.ids
    ) and not part.has("event")


def _attach(waiting: Sequence[Clause], part: Clause, reading: Reading) -> None:
    named = [clause.ids or frozenset() for clause in waiting]
    if part.has("each") and not part.has("every_class"):
        own = part.ids or frozenset()
        part.references = [frozenset.union(own, *named)]
        part.roles.add("summed")
        return
    narrowed = frozenset.intersection(*named, *([part.ids] if part.ids is not None else []))
    if narrowed:
        part.references += named
        part.items[:0] = [item for clause in waiting for item in clause.items]
    else:
        _leave(waiting, reading)


def _leave(waiting: Sequence[Clause], reading: Reading) -> None:
    for clause in waiting:
        if clause.has("event") and clause.ids:
            reading.remarked |= clause.ids
        elif not (clause.has("absent", "not_present", "listed") and clause.ids):
            reading.doubt(Reason.WHICH_CLASS, clause.text)
        else:
            reading.remarked |= clause.ids


def _read_clauses(parts: Sequence[Clause], place: _Place) -> None:
    previous: Clause | None = None
    for part in parts:
        _read_clause(part, previous, place)
        if part.numbers or part.has("nobody", "nobody_en"):
            previous = part


def _read_clause(part: Clause, previous: Clause | None, place: _Place) -> None:
    reading = place.reading
    reading.former += part.former
    if part.has("nobody", "nobody_en"):
        _read_nobody(part, place)
    elif part.has("not_present", "absent", "listed"):
        _read_beside(part, reading)
    elif part.has("aside"):
        reading.asides += part.numbers
        if part.has("conclude") or not part.numbers:
            reading.doubt(Reason.NOT_UNDERSTOOD, part.text)
    elif part.has("stated"):
        reading.former += part.numbers
    elif not part.numbers:
        _read_remark(part, reading)
    elif len(part.numbers) > 1:
        reading.doubt(Reason.COMPETING, part.text)
    elif part.opened_by == "open" and _repeats(part, previous):
        _check_repetition(part, previous, reading)
    else:
        _state(part, part.numbers[0], place)


def _read_remark(part: Clause, reading: Reading) -> None:
    if not (is_remark(part) or part.former or part.whole):
        reading.doubt(Reason.NOT_UNDERSTOOD, part.text)


def _read_beside(part: Clause, reading: Reading) -> None:
    """Absentees and people on the list: not counted, but not more than one number either."""
    if len(part.numbers) > 1 or part.has("conclude", "total", "each", "every_class"):
        reading.doubt(Reason.NOT_UNDERSTOOD, part.text)


def _repeats(part: Clause, previous: Clause | None) -> bool:
    """ "divdesmit pieci (25)"."""
    return previous is not None and part.roles <= {"number", "people"}


def _check_repetition(part: Clause, previous: Clause | None, reading: Reading) -> None:
    if previous is None or previous.numbers != part.numbers:
        reading.doubt(Reason.COMPETING, part.text)


def _read_nobody(part: Clause, place: _Place) -> None:
    """Zero, if the negations agree: "neviens neieradās", "nobody came", "otrajā neviens"."""
    double = part.has("nobody") and not part.has("nobody_en")
    wrong = part.has("absent", "listed", "stated", "aside") or part.numbers
    wrong = wrong or (part.has("present") and double and not part.has("not_present"))
    wrong = wrong or (part.has("not_present") and not double)
    if wrong:
        place.reading.doubt(Reason.NOT_UNDERSTOOD, part.text)
    else:
        part.roles -= {"nobody", "nobody_en", "not_present"}
        _state(part, 0, place)


def _state(part: Clause, number: int, place: _Place) -> None:
    reading = place.reading
    if not is_plain(_without_marks(part)):
        reading.doubt(Reason.NOT_UNDERSTOOD, part.text)
    if part.whole and (len(part.whole) > 1 or part.whole[0] < number):
        reading.doubt(Reason.IMPOSSIBLE, part.text)
    ids = _meant(part, place)
    if part.has("total") and ids is None:
        reading.totals.append(number)
        return
    each = part.has("each", "every_class", "summed")
    reading.statements.append(
        Statement(number, ids, each, place.line, part.opened_by, part.text, part.has("conclude"))
    )


def _without_marks(part: Clause) -> Clause:
    return Clause(part.opened_by, part.items, roles=part.roles - {"summed"})


def _meant(part: Clause, place: _Place) -> frozenset[str] | None:
    """The classes of a number: those named, all for "each", else the one it was written beside."""
    ids = part.ids
    if part.has("year") and ids is None and len(place.names.classes) > 1 and place.only is None:
        return frozenset()
    if ids is None and _for_every_class(part):
        return _every(part, place)
    if place.only is None:
        return ids
    return place.only if ids is None else ids & place.only


def _for_every_class(part: Clause) -> bool:
    """Whether a number is meant for each class; a mere "pa 21" does not say so."""
    said = {item.text.lower() for item in part.items if item.role in {"each", "every_class"}}
    return bool(said - {"pa", "по"}) and not part.has("total")


def _every(part: Clause, place: _Place) -> frozenset[str]:
    both = any("every_class" in item.kinds and _says_both(item) for item in part.items)
    if both and len(place.names.classes) != 2:
        return frozenset()
    return place.names.all_ids


def _says_both(item: Item) -> bool:
    return item.text.lower().startswith(("ab", "both", "об"))
