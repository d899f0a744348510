"""Study regulations, 12.1 to 12.4 and 12.7: academic leave (akadēmiskais atvaļinājums).

Coming back from it is in `resuming.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from rules.money import round_cents
from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say, verdict
from rules.regulations.refusal import in_order
from rules.regulations.rule import rule
from rules.regulations.shapes import Count, Euros
from rules.regulations.terms import Semester
from rules.wording import Text

_JULY = 7


@dataclass(frozen=True, slots=True)
class Leave:
    """A leave that was granted: from its first day to the start of a semester."""

    programme: str
    start: date
    end: date


class ApplicationTerm(StrEnum):
    """When an application for leave came, against the terms of 12.2."""

    ON_TIME = "on_time"
    LATE = "late"
    EXCEPTIONAL = "exceptional"


@dataclass(frozen=True, slots=True)
class LeaveRights:
    """What a student on leave may use (12.4)."""

    may_clear_study_debts_for_pay: bool = True
    may_use_library: bool = True
    may_attend_lectures_as_free_listener: bool = True
    may_use_other_resources: bool = False


_LENGTH = Point(
    "one_to_four_semesters",
    "atvaļinājums ilgst no viena līdz četriem semestriem",
    "a leave lasts one to four semesters",
)
_TOTAL = Point("two_years_in_all", "kopā ilgāk par diviem gadiem", "more than two years in all")
_ROW = Point("third_in_a_row", "trešo reizi pēc kārtas", "the third in a row")
_RECTOR = Point("rector_decides", "par pārtraukumu lemj rektors", "the rector decides on the break")
_LATE = Point(
    "late_application",
    "iesniegums vēlāk nekā nedēļu pirms semestra: teksts seku nenosaka",
    "the application came later than a week before the semester: the text names no consequence",
)
_EXCEPTIONAL = Point(
    "exceptional",
    "tikai izņēmuma gadījumā ar Senāta priekšsēdētāja vai Valdes locekļu lēmumu",
    "only exceptionally, by decision of the Senate chair or Board members",
)
_DEBTS = Point(
    "earlier_debts",
    "reģistrācijas dienā ir parādi par iepriekšējiem semestriem (ar soda naudu)",
    "there are debts for earlier semesters (penalty included) on the day of registration",
)
_TO_DECIDE: dict[ApplicationTerm, tuple[Point, ...]] = {
    ApplicationTerm.ON_TIME: (),
    ApplicationTerm.LATE: (_LATE,),
    ApplicationTerm.EXCEPTIONAL: (_EXCEPTIONAL,),
}
_TERM_NAMES = {
    ApplicationTerm.ON_TIME: Text("ir laikā", "is on time"),
    ApplicationTerm.LATE: Text("ir nokavēts", "is late"),
    ApplicationTerm.EXCEPTIONAL: Text("ir izņēmuma gadījums", "is an exceptional case"),
}
_EXCLUDE = Point("exclude", "vai izslēgt no studējošo saraksta", "whether to exclude")
_APPLIED_IN_TIME = Text(
    "Pamata izslēgšanai nav: iesniegums saņemts laikā, līdz {due}",
    "There is no ground for exclusion: the application came in time, by {due}",
)
_STILL_ON_LEAVE = Text(
    "{on} izslēgt vēl nedrīkst: atvaļinājums ilgst līdz {end}",
    "On {on} it is too early to exclude: the leave lasts until {end}",
)
_NOT_APPLIED = Text(
    "Ir pamats izslēgšanai: atvaļinājums beidzās {end}, bet līdz {due} iesnieguma nebija",
    "There is ground for exclusion: the leave ended on {end}, and by {due} nobody had applied",
)


def _half_year(day: date) -> int:
    """Semesters counted through the years; a leave may begin in the middle of one."""
    return day.year * 2 + (day.month >= _JULY)


def _semester_after(end: date) -> int:
    """The semester with whose start a leave ends; people also write the last day before it.

    From May to October that is the autumn, then the spring.
    """
    return (end.year * 12 + end.month + 1) // 6


def semesters_of(leave: Leave) -> int:
    """How many semesters a leave takes up, at least one."""
    return max(_semester_after(leave.end) - _half_year(leave.start), 1)


def _in_turn(leaves: Sequence[Leave], starts: date | None) -> None:
    """Refuses leaves that end before they start, or start before the one before them has ended."""
    for index, leave in enumerate(leaves):
        name = f"previous_leaves[{index}]"
        in_order((f"{name}.start", leave.start), (f"{name}.end", leave.end))
    ordered = sorted(leaves, key=lambda leave: leave.start)
    following = [*(leave.start for leave in ordered[1:]), *([starts] if starts else ())]
    for earlier, start in zip(ordered, following, strict=False):
        # The next leave may be dated some days before the semester that both dates mean.
        if _half_year(start) < _semester_after(earlier.end):
            in_order(("the end of a leave", earlier.end), ("the start of the next", start))


def _in_a_row(leaves: Sequence[Leave], starts: date | None) -> int:
    """How many leaves before `starts` follow on each other without an active semester between."""
    row = 0
    following = _half_year(starts) if starts else None
    for leave in sorted(leaves, key=lambda leave: leave.start, reverse=True):
        if following is not None and _semester_after(leave.end) < following:
            break
        row += 1
        following = _half_year(leave.start)
    return row


@rule("12.1", "12.7")
def leave_allowed(
    previous_leaves: tuple[Leave, ...],
    requested_semesters: Count,
    programme: str | None = None,
    starts: date | None = None,
) -> Answer[bool]:
    """Whether a leave (or its extension) keeps within 12.1 and 12.7; the rector decides.

    Without `programme` and `starts` the request follows the last leave directly, in its programme.
    """
    _in_turn(previous_leaves, starts)
    latest = max(previous_leaves, key=lambda leave: leave.start, default=None)
    here = programme or (latest.programme if latest else None)
    same = [leave for leave in previous_leaves if leave.programme == here]
    total = sum(map(semesters_of, previous_leaves)) + requested_semesters
    row = _in_a_row(same, starts) + 1
    checks = (
        (_LENGTH, not 1 <= requested_semesters <= figures.LEAVE_SEMESTERS_MOST.value),
        (_TOTAL, total > figures.LEAVE_TOTAL_SEMESTERS.value),
        (_ROW, row > figures.LEAVES_IN_A_ROW.value),
    )
    reasons = tuple(point for point, holds in checks if holds)
    words = {"asked": requested_semesters, "total": total, "row": row}
    yes = say(
        "Atvaļinājums ({asked:semesters}) atbilst nosacījumiem: kopā {total} no 4 semestriem, {row}. pēc kārtas",
        "The leave ({asked:semesters}) keeps the limits: {total} of 4 semesters in all, number {row} in a row",
        **words,
    )
    no = say(
        "Atvaļinājums ({asked:semesters}) neatbilst nosacījumiem (kopā {total:semesters}, {row}. pēc kārtas)",
        "The leave ({asked:semesters}) breaks the limits ({total:semesters} in all, number {row} in a row)",
        **words,
    )
    return verdict(("12.1", "12.7"), yes, no, reasons, () if reasons else (_RECTOR,))


@rule("12.1 (second paragraph)")
def leave_deposit(semester_tuition: Euros, contract_payments_due: Euros) -> Answer[Decimal]:
    """What is paid before leave in EUR (12.1): payments due by contract, at least 20% of tuition."""
    share = figures.LEAVE_DEPOSIT_PERCENT.value
    least = round_cents(semester_tuition * share / 100)
    deposit = round_cents(max(contract_payments_due, least))
    said = say(
        "Jāsamaksā {deposit:eur} – lielākā no divām summām: {due:eur} pēc līguma vai {share:pct} no {tuition:eur} = {least:eur}",
        "{deposit:eur} is to be paid, the larger of two sums: {due:eur} by contract or {share:pct} of {tuition:eur} = {least:eur}",
        deposit=deposit,
        due=contract_payments_due,
        share=share,
        tuition=semester_tuition,
        least=least,
    )
    return Answer(deposit, ("12.1",), said)


@rule("12.2")
def leave_application_window(
    semester_start: date,
    semester: Semester,
    on: date,
    has_earlier_debts: bool = False,
) -> Answer[ApplicationTerm]:
    """Whether an application for leave is on time, late, or exceptional (12.2)."""
    last = semester_start - timedelta(days=figures.LEAVE_APPLICATION_DAYS.value)
    autumn = semester is Semester.AUTUMN
    figure = figures.LEAVE_LATE_AUTUMN if autumn else figures.LEAVE_LATE_SPRING
    late_until = date(semester_start.year, *figure.value)
    if on <= last:
        term = ApplicationTerm.ON_TIME
    else:
        term = ApplicationTerm.LATE if on <= late_until else ApplicationTerm.EXCEPTIONAL
    said = say(
        "Iesniegums {on} {when} (laikā – līdz {last}, ar nokavējumu – līdz {late}, pēc tam – tikai izņēmuma kārtā)",
        "The application of {on} {when} (on time until {last}, late until {late}, after that only exceptionally)",
        on=on,
        when=_TERM_NAMES[term],
        last=last,
        late=late_until,
    )
    debts = has_earlier_debts and term is ApplicationTerm.EXCEPTIONAL
    return Answer(term, ("12.2",), said, _TO_DECIDE[term], (_DEBTS,) if debts else ())


def _return_due(leave_end: date) -> date:
    return leave_end - timedelta(days=figures.LEAVE_RETURN_DAYS.value)


@rule("12.3")
def leave_return_due(leave_end: date) -> Answer[date]:
    """The last day to apply for resuming or extending (12.3): a week before the leave ends."""
    due = _return_due(leave_end)
    said = say(
        "Iesniegums par studiju atjaunošanu vai atvaļinājuma pagarināšanu jāiesniedz līdz {due} (nedēļu pirms {end})",
        "The application to resume or extend is due by {due} (a week before {end})",
        due=due,
        end=leave_end,
    )
    return Answer(due, ("12.3",), said)


@rule("12.3")
def may_exclude(on: date, leave_end: date, applied_on: date | None = None) -> Answer[bool]:
    """Whether there is ground to exclude after leave (12.3): it is over and nobody applied in time."""
    due = _return_due(leave_end)
    text = _NOT_APPLIED
    if applied_on is not None and applied_on <= due:
        text = _APPLIED_IN_TIME
    elif on <= leave_end:
        text = _STILL_ON_LEAVE
    ground = text is _NOT_APPLIED
    said = say(*text, on=on, end=leave_end, due=due)
    return Answer(ground, ("12.3",), said, (_EXCLUDE,) if ground else ())


@rule("12.4")
def rights_during_leave() -> Answer[LeaveRights]:
    """What a student on leave may use (12.4)."""
    said = say(
        "Pārtraukumā drīkst par maksu kārtot studiju parādus, izmantot bibliotēku un, rakstiski "
        "saskaņojot, klausīties lekcijas; citi studiju maksā ietilpstoši resursi liegti",
        "During the break: study debts for pay, the Library, and lectures as a free listener by "
        "written agreement; other resources covered by tuition are closed",
    )
    return Answer(LeaveRights(), ("12.4",), said)
