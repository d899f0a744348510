"""docs/process.md says what rules/process.py does: steps, owners, due days and order."""

import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rules.people import Role
from rules.process import STEPS, Calendar, Step, StepRule

PAGE = Path(__file__).resolve().parent.parent / "docs" / "process.md"
# A Friday around which all due days are working days, so that none is moved.
PLAIN_DAY = date(2026, 10, 16)
OWNERS = {
    Role.HEAD_OF_SAC: "head of SAC",
    Role.COORDINATOR: "coordinator",
    Role.E_STUDY_COORDINATOR: "e-study coordinator",
}
# The chart's order where no step needs the other's data.
ORDER = {(3, 7), (4, 7), (5, 7), (6, 7), (7, 8), (8, 9), (9, 10), (8, 11)}


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def due(step: Step) -> str:
    days = (Calendar(ZoneInfo("Europe/Riga")).due_on(step, PLAIN_DAY) - PLAIN_DAY).days
    if days == 0:
        return "on the day"
    unit = "day" if abs(days) == 1 else "days"
    return f"{abs(days)} {unit} {'before' if days < 0 else 'after'}"


def row(rule: StepRule) -> list[str]:
    owner = f"{OWNERS[rule.role]} ({rule.role.latvian})" if rule.role else "lecturers (mācībspēki)"
    return [str(rule.step.value), f"{rule.name} ({rule.name_lv})", owner, due(rule.step)]


def test_the_table_has_every_step_with_its_owner_and_due_day(page: str) -> None:
    lines = [line for line in page.splitlines() if re.match(r"\| \d+ \|", line)]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]

    assert [found[:4] for found in cells] == [row(rule) for rule in STEPS.values()]
    assert all(found[4] and found[5] for found in cells)


def test_solid_arrows_are_the_data_that_steps_need(page: str) -> None:
    solid = {(int(a), int(b)) for a, b in re.findall(r"s(\d+) --> s(\d+)", page)}

    assert solid == {
        (need.value, rule.step.value) for rule in STEPS.values() for need in rule.needs
    }


def test_dotted_arrows_are_the_order_of_the_chart(page: str) -> None:
    dotted = {(int(a), int(b)) for a, b in re.findall(r"s(\d+) -\.-> s(\d+)", page)}

    assert dotted == ORDER


def test_the_diagram_names_every_step(page: str) -> None:
    named = re.findall(r"s(\d+)\[\"(\d+) · ", page)

    assert named == [(str(step.value), str(step.value)) for step in Step]
