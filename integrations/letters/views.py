"""Classes and changes as the lines that a letter prints, in the reader's language.

Templates only place these lines; every value is one safe line (`integrations/presentation.py`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from integrations.letters.words import WORDS, Words
from integrations.presentation import join_data, local, one_line
from rules.facts import Change, ChangeKind, ClassFacts
from rules.people import Language
from rules.timetable import Mode
from rules.wording import clock, short_date, time_span

_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class as lines. `when` and what follows make its heading: `1. nodarbība | pl. 09:00–…`."""

    when: str
    course: str
    groups: str
    lecturers: str
    lecturer_label: str
    shared: bool
    cancelled: bool
    onsite: bool
    link: str
    meeting_id: str
    passcode: str

    @property
    def heading(self) -> str:
        return " | ".join(part for part in (self.when, self.course, self.groups) if part)

    @property
    def held_online(self) -> bool:
        """Whether lecturers report a number for it (process description, step 9)."""
        return not self.cancelled and not self.onsite


@dataclass(frozen=True, slots=True)
class FieldView:
    """One line of a class that differs, before and now."""

    label: str
    before: str
    now: str
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class ChangeView:
    label: str
    shown: ClassView
    fields: tuple[FieldView, ...]
    note: str
    alarming: bool


def class_views(
    classes: Sequence[ClassFacts], day: date, language: Language
) -> tuple[ClassView, ...]:
    """The classes in order of time."""
    ordered = sorted(classes, key=lambda facts: (facts.start, facts.class_id))
    return tuple(class_view(facts, day, language) for facts in ordered)


def class_view(facts: ClassFacts, day: date, language: Language) -> ClassView:
    """One class as lines."""
    words = WORDS[language]
    link, meeting_id, passcode = join_data(facts) or ("", "", "")
    return ClassView(
        when=_when(facts, day, language),
        course=one_line(facts.course(language)),
        groups=_listed(facts.groups),
        lecturers=_listed(facts.lecturers),
        lecturer_label=words.lecturers if len(facts.lecturers) > 1 else words.lecturer,
        shared=len(facts.lecturers) > 1,
        cancelled=facts.is_cancelled,
        onsite=facts.mode is Mode.ONSITE,
        link=link,
        meeting_id=meeting_id,
        passcode=passcode,
    )


def change_view(change: Change, day: date, language: Language) -> ChangeView:
    """One change: what it is called, the class it is about, and what differs."""
    words = WORDS[language]
    kind = _kind(change)
    fields = _differences(change, day, language)
    if kind is ChangeKind.WITHDRAWN:
        note = words.removed
    elif change.now.is_cancelled:
        note = words.not_held
    else:
        note = words.refined if kind is ChangeKind.CHANGED and not fields else ""
    return ChangeView(
        label=words.changes[kind].label,
        shown=class_view(change.now, day, language),
        fields=fields,
        note=note,
        alarming=kind in {ChangeKind.WITHDRAWN, ChangeKind.CANCELLED},
    )


def change_subject(changes: Sequence[Change], day: date, language: Language) -> str:
    """What happened, loudest first, with the class's time and course when it is only one.

    A cancellation is never hidden behind other changes.

    Raises:
        ValueError: nothing has changed, so there is nothing to write.
    """
    if not changes:
        raise ValueError("a change letter needs at least one change")
    words = WORDS[language]
    what = f"{_what_happened(changes, words)} {short_date(day, language)}"
    if len(changes) != 1:
        return what
    facts = changes[0].now
    start = local(facts.start)
    when = f"{words.at}{clock(start)}"
    if start.date() != day:
        when = f"{words.now.lower()} {short_date(start.date(), language)} {when}"
    return f"{what}, {when}: {one_line(facts.course(language))}"


def _kind(change: Change) -> ChangeKind:
    """What the reader is told; a class that they first hear of as cancelled is no new class."""
    if change.kind is ChangeKind.ADDED and change.now.is_cancelled:
        return ChangeKind.CANCELLED
    return change.kind


def _what_happened(changes: Sequence[Change], words: Words) -> str:
    kinds = Counter(_kind(change) for change in changes)
    if len(kinds) > 1 and ChangeKind.CANCELLED not in kinds:
        return words.changes[ChangeKind.CHANGED].many
    kind = ChangeKind.CANCELLED if len(kinds) > 1 else next(iter(kinds))
    named = words.changes[kind].one if kinds[kind] == 1 else words.changes[kind].many
    return words.and_other.format(named) if len(kinds) > 1 else named


def _when(facts: ClassFacts, day: date, language: Language) -> str:
    words = WORDS[language]
    start, end = local(facts.start), local(facts.end)
    span = f"{words.at}{time_span(start, end)}"
    if start.date() != day:
        span = f"{short_date(start.date(), language)} {span}"
    return f"{words.slot(facts.slot)} | {span}" if facts.slot else span


def _listed(values: Sequence[str]) -> str:
    return ", ".join(one_line(value) for value in values)


def _differences(change: Change, day: date, language: Language) -> tuple[FieldView, ...]:
    if change.before is None or change.after is None or change.kind is ChangeKind.CANCELLED:
        return ()
    before, now = (_lines(side, day, language) for side in (change.before, change.after))
    link = WORDS[language].link
    if change.after.mode is Mode.ONSITE:  # that there is no link any more goes without saying
        for label in (link, "Meeting ID", "Passcode"):
            before[label] = now[label] = ""
    return tuple(
        FieldView(
            label,
            before[label] or _NOTHING,
            now[label] or _NOTHING,
            is_link=label == link and bool(now[label]),
        )
        for label in now
        # A cancelled class had no link: coming back, its link is not a change of a link.
        if before[label] != now[label]
        and (before[label] or change.kind is not ChangeKind.REINSTATED)
    )


def _lines(facts: ClassFacts, day: date, language: Language) -> dict[str, str]:
    words = WORDS[language]
    view = class_view(facts, day, language)
    return {
        words.time: view.when.replace(" | ", ", "),
        words.course: view.course,
        words.course_code: one_line(facts.course_code),
        words.lecturers: view.lecturers,
        words.groups: view.groups,
        words.mode: words.onsite if view.onsite else words.online,
        words.link: view.link,
        "Meeting ID": view.meeting_id,
        "Passcode": view.passcode,
    }
