"""`sac import`: the contract's document, with and without problems; nothing half done."""

from pathlib import Path

from deployments.sample import SAMPLE
from tests.deployments.conftest import Sac
from tests.tasks.office import TestOffice

BAD_INPUT = 2
NOTHING = {"runs": [], "commands": []}


def test_a_dry_run_changes_nothing(office: TestOffice, sac: Sac) -> None:
    before = office.rows()

    answer = sac("import", SAMPLE, "--dry-run", "--json", "--as-of", "2026-09-01T10:00")

    document = answer.document
    assert (answer.exit_code, document["days"], document["classes"]) == (0, 12, 144)
    assert (document["problems"], document["carried_out"]) == ([], NOTHING)
    assert office.rows() == before


def test_the_same_timetable_again_changes_nothing(office: TestOffice, sac: Sac) -> None:
    as_of = ("--json", "--as-of", "2026-09-01T10:00")
    first = sac("import", SAMPLE, "--accept-removals", 7, *as_of)
    rows = office.rows()

    second = sac("import", SAMPLE, *as_of)

    assert (first.exit_code, first.document["added"]) == (0, 144)
    counts = {key: second.document[key] for key in ("added", "changed", "removed")}
    assert counts == {"added": 0, "changed": 0, "removed": 0}
    assert {**office.rows(), "journal_entry": 0} == {**rows, "journal_entry": 0}


def test_a_file_that_is_no_workbook_is_refused(
    office: TestOffice, sac: Sac, tmp_path: Path
) -> None:
    before = office.rows()
    broken = tmp_path / "semestris.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")

    as_json, in_words = sac("import", broken, "--json"), sac("import", broken)

    problems = as_json.document["problems"]
    assert (as_json.exit_code, in_words.exit_code) == (BAD_INPUT, BAD_INPUT)
    assert [set(problem) for problem in problems] == [{"sheet", "row", "column", "message"}]
    assert "Nothing was changed. Mend these and import again." in in_words.words
    assert office.rows() == before


def test_every_problem_of_a_folder_is_listed_with_its_place(
    office: TestOffice, sac: Sac, tmp_path: Path
) -> None:
    before = office.rows()
    for file in SAMPLE.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    students = tmp_path / "students.csv"
    lines = students.read_text(encoding="utf-8").splitlines()
    students.write_text("\n".join([lines[0], lines[1], lines[1], *lines[2:]]), encoding="utf-8")

    answer = sac("import", tmp_path, "--json")

    places = [(problem["sheet"], problem["row"]) for problem in answer.document["problems"]]
    assert answer.exit_code == BAD_INPUT
    assert ("students", 3) in places
    assert office.rows() == before
