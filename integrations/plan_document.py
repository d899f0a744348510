"""The study-day plan as a PDF for the LMS: A4 landscape, tagged, PDF/UA-1 (process, step 4).

The layout is `plan_document.typ`; data reaches it as JSON, so nothing in a course's name can act as
markup. The same document gives the same bytes.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import as_file, files
from itertools import groupby
from typing import Any

import typst

from integrations.presentation import join_data, local, one_line
from rules.facts import ClassFacts
from rules.timetable import Mode
from rules.wording import clock, long_date, short_date, time_span

_MACRON = "\N{COMBINING MACRON}"


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A study-day plan as people read it; `duty` are lines of the SAC work schedule."""

    day: date
    institution: str
    classes: tuple[ClassFacts, ...]
    duty: tuple[str, ...]
    revision: int
    made_at: datetime
    contact: str


def render_plan(document: PlanDocument) -> bytes:
    """The plan as PDF bytes.

    Raises:
        OurMistake: a join link must not be shown.
    """
    content = json.dumps(_content(document), ensure_ascii=False)
    with as_file(files("integrations") / "plan_document.typ") as layout:
        made = typst.compile(
            layout,
            font_paths=_fonts(),
            sys_inputs={"plan": content},
            pdf_standards=["ua-1"],
            timestamp=document.made_at.astimezone(UTC),
        )
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    # Only the fonts that are shipped: the machine's own would change the bytes and the look.
    with as_file(files("integrations") / "fonts") as folder:
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )


def _content(document: PlanDocument) -> dict[str, Any]:
    made_at = local(document.made_at)
    day = long_date(document.day)
    return {
        "title": f"Studiju dienas plāns, {day.partition(', ')[2]}",
        "institution": one_line(document.institution),
        "day": day[:1].upper() + day[1:],
        "blocks": list(_blocks(document)),
        "classes": len(document.classes),
        "cancelled": sum(facts.is_cancelled for facts in document.classes),
        "duty": [one_line(line) for line in document.duty],
        "contact": one_line(document.contact),
        "revision": document.revision,
        "made_at": f"{short_date(made_at.date())} {clock(made_at)}",
    }


def _blocks(document: PlanDocument) -> Iterator[dict[str, Any]]:
    """The classes in the order in which they are held: one block for each time (step 1)."""
    ordered = sorted(document.classes, key=_order)
    for (start, end, slot), classes in groupby(ordered, key=_time):
        span = time_span(local(start), local(end))
        name = f"{slot}. nodarbība, {span}" if slot else span
        yield {"name": name, "rows": [_row(facts) for facts in classes]}


def _time(facts: ClassFacts) -> tuple[datetime, datetime, int]:
    return facts.start, facts.end, facts.slot or 0


def _order(facts: ClassFacts) -> tuple[object, ...]:
    names = (facts.course_lv, facts.course_code, *facts.groups, facts.class_id)
    return _time(facts), [_alphabetical(name) for name in names]


def _alphabetical(name: str) -> tuple[list[tuple[int, str]], str]:
    """A key that sorts as Latvians do: Ā with A, Ģ after G, K2 before K10."""
    letters = unicodedata.normalize("NFD", name.casefold())
    # Decomposed, Ģ and Č sort after G and C by themselves; only long vowels are not letters of
    # their own.
    parts = re.findall(r"\d+|\D+", letters.replace(_MACRON, ""))
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], name


def _row(facts: ClassFacts) -> dict[str, Any]:
    link, meeting_id, passcode = join_data(facts) or ("", "", "")
    return {
        "course": one_line(facts.course_lv),
        "code": one_line(facts.course_code),
        "lecturers": [one_line(name) for name in facts.lecturers],
        "groups": [one_line(group) for group in facts.groups],
        "cancelled": facts.is_cancelled,
        "onsite": facts.mode is Mode.ONSITE,
        "link": link,
        "meeting_id": meeting_id,
        "passcode": passcode,
    }
