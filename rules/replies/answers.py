"""From what an answer states to the numbers of the classes, or the reason why a person decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.replies.class_names import ClassNames
from rules.replies.reading import Doubt, Reading, Statement
from rules.replies.reasons import Reason
from rules.replies.verdict import Outcome, ReplyContext, Verdict

_MOST_WITHOUT_LIST = 999  # no class is larger, where the size of its groups is not known


@dataclass(slots=True)
class _Counts:
    """Numbers while they are put to classes, with every doubt on the way."""

    numbers: dict[str, int]
    doubts: list[Doubt]

    def put(self, class_id: str, statement: Statement) -> None:
        if self.numbers.setdefault(class_id, statement.number) != statement.number:
            self.doubts.append(Doubt(Reason.COMPETING, statement.words))


def decide(
    reading: Reading, known: ReplyContext, names: ClassNames, sent: datetime | None
) -> Verdict:
    """The verdict on an answer's content, sent at an aware moment (None: unknown)."""
    counts = _assign(reading, names)
    doubts = [*reading.doubts, *counts.doubts]
    if not counts.numbers and not doubts:
        return _without_number(reading)
    if not doubts:
        doubts += _limits(counts.numbers, known, sent)
        doubts += _contradictions(counts.numbers, reading, known)
        doubts += _differences(counts.numbers, reading, known.prior_counts)
    words = "; ".join(dict.fromkeys(statement.words for statement in reading.statements))
    if doubts:
        return _review(doubts, words, counts.numbers)
    return Verdict(Outcome.COUNTS, Reason.READ, dict(counts.numbers), words=words)


def _review(doubts: Sequence[Doubt], words: str, numbers: Mapping[str, int]) -> Verdict:
    order = list(Reason)
    first = min(doubts, key=lambda doubt: order.index(doubt.reason))
    guess = dict(numbers) or None
    return Verdict(Outcome.REVIEW, first.reason, detail=first.detail, words=words, guess=guess)


def _without_number(reading: Reading) -> Verdict:
    if reading.has_question:
        return Verdict(Outcome.REVIEW, Reason.QUESTION)
    if reading.is_polite and reading.confirms:
        return Verdict(Outcome.IGNORE, Reason.THANKS)
    return Verdict(Outcome.REVIEW, Reason.NO_NUMBER)


def _assign(reading: Reading, names: ClassNames) -> _Counts:
    counts = _Counts({}, [])
    if len(names.classes) == 1:
        _assign_to_one(reading, names.classes[0].id, counts)
    else:
        _assign_to_several(reading, names, counts)
    partly = [statement for statement in reading.statements if statement.is_part]
    if partly and not (reading.totals and len(names.classes) == 1):
        counts.doubts.append(Doubt(Reason.COMPETING, partly[0].words))
    if reading.asides and not any(statement.concluded for statement in reading.statements):
        counts.doubts.append(Doubt(Reason.COMPETING, ", ".join(map(str, reading.asides))))
    if any(statement.number in names.bare_numbers for statement in reading.statements):
        counts.doubts.append(Doubt(Reason.WHICH_CLASS))
    if reading.supposes and not reading.is_correction:
        counts.doubts.append(Doubt(Reason.APPROXIMATE))
    if reading.remarked - counts.numbers.keys() and counts.numbers:
        counts.doubts.append(Doubt(Reason.WHICH_CLASS))
    return counts


def _assign_to_one(reading: Reading, class_id: str, counts: _Counts) -> None:
    """One class was asked for: a number without a reference is its number."""
    statements = [s for s in reading.statements if s.ids is None or class_id in s.ids]
    if len(statements) < len(reading.statements):
        counts.doubts.append(Doubt(Reason.WHICH_CLASS, reading.statements[-1].words))
    concluded = [statement for statement in statements if statement.concluded]
    if reading.totals:
        _assign_total(reading.totals, statements, class_id, counts)
        return
    for statement in concluded or statements:
        counts.put(class_id, statement)


def _assign_total(
    totals: Sequence[int], statements: Sequence[Statement], class_id: str, counts: _Counts
) -> None:
    """A total, alone or with a breakdown that adds up to it."""
    parts = [statement.number for statement in statements]
    counts.numbers[class_id] = totals[0]
    if len(set(totals)) > 1:
        counts.doubts.append(Doubt(Reason.COMPETING, ", ".join(map(str, totals))))
    elif parts and parts != [totals[0]] and (len(parts) == 1 or sum(parts) != totals[0]):
        counts.doubts.append(Doubt(Reason.SUM_DISAGREES, f"{sum(parts)}, {totals[0]}"))


def _assign_to_several(reading: Reading, names: ClassNames, counts: _Counts) -> None:
    bare = [statement for statement in reading.statements if statement.ids is None]
    if bare and not _assign_in_order(bare, reading, names, counts):
        counts.doubts.append(Doubt(Reason.WHICH_CLASS, bare[0].words))
    named = [statement for statement in reading.statements if statement.ids is not None]
    for statement in named:
        ids = statement.ids or frozenset()
        if len(ids) == 1 or (ids and statement.each):
            for class_id in sorted(ids):
                counts.put(class_id, statement)
        else:
            counts.doubts.append(Doubt(Reason.WHICH_CLASS, statement.words))
    if reading.totals:
        _check_totals(reading.totals, names, counts)


def _assign_in_order(
    bare: Sequence[Statement], reading: Reading, names: ClassNames, counts: _Counts
) -> bool:
    """Two bare numbers for two classes, on two lines or joined by "un", follow the slots."""
    if not len(bare) == len(reading.statements) == len(names.classes) == 2:
        return False
    first, second = bare
    apart = first.line != second.line or second.link == "conjunction"
    nouns = {statement.noun for statement in bare if statement.noun}
    if not (apart and names.slots_differ and len(nouns) < 2):
        return False
    for question, statement in zip(names.in_order, bare, strict=True):
        counts.put(question.id, statement)
    return True


def _check_totals(totals: Sequence[int], names: ClassNames, counts: _Counts) -> None:
    if not counts.numbers:
        counts.doubts.append(Doubt(Reason.TOTAL_ONLY, str(totals[0])))
    elif set(totals) != {sum(counts.numbers.values())} or counts.numbers.keys() != names.all_ids:
        counts.doubts.append(Doubt(Reason.SUM_DISAGREES, ", ".join(map(str, totals))))


def _limits(numbers: Mapping[str, int], known: ReplyContext, sent: datetime | None) -> list[Doubt]:
    found = []
    for question in known.classes:
        number = numbers.get(question.id)
        if number is None:
            continue
        most = _MOST_WITHOUT_LIST if question.enrolled is None else question.enrolled
        if number > most:
            found.append(Doubt(Reason.IMPOSSIBLE, f"{number} > {most}"))
        if sent is None:
            found.append(Doubt(Reason.NO_DATE))
        elif sent < question.start:
            found.append(Doubt(Reason.TOO_EARLY, str(number)))
    return found


def _contradictions(
    numbers: Mapping[str, int], reading: Reading, known: ReplyContext
) -> list[Doubt]:
    """Present and absent together must fit into the group; told apart for a single class only."""
    if len(known.classes) > 1:
        return []
    if any(number > size for number in numbers.values() for size in reading.listed):
        return [Doubt(Reason.IMPOSSIBLE, ", ".join(map(str, reading.listed)))]
    if not reading.missing:
        return []
    enrolled = known.classes[0].enrolled
    sizes = [*reading.whole, *([] if enrolled is None else [enrolled])]
    told = sum(numbers.values()) + sum(reading.missing)
    return [Doubt(Reason.SUM_DISAGREES, str(told))] if any(told > size for size in sizes) else []


def _differences(
    numbers: Mapping[str, int], reading: Reading, prior: Mapping[str, int]
) -> list[Doubt]:
    """A number that differs from the recorded one needs a word of correction."""
    changed = [key for key, number in numbers.items() if prior.get(key, number) != number]
    recorded = {prior[key] for key in numbers if key in prior}
    found = []
    if changed and not reading.is_correction:
        found.append(Doubt(Reason.DIFFERS, ", ".join(str(numbers[key]) for key in changed)))
    if changed and any(map(_may_be_a_pronoun, reading.statements)):
        found.append(Doubt(Reason.COMPETING, "1"))
    wrong = recorded and not set(reading.former) <= recorded
    if wrong or set(reading.former) & set(numbers.values()):
        found.append(Doubt(Reason.COMPETING, ", ".join(map(str, reading.former))))
    return found


def _may_be_a_pronoun(statement: Statement) -> bool:
    """A "viens" that means somebody, not the only one: "kļūdījos, viens bija pieslēdzies"."""
    return statement.number == 1 and "1" not in statement.words
