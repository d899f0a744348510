"""`sac rule` as scripts and people use it: one JSON document, exit codes, no traceback."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from deployments.cli import app
from rules.regulations.registry import RULES

LATE = {"tuition": "1200.00", "due_date": "2026-09-10", "payments": [], "as_of": "2026-09-25"}


def sac(*arguments: str, given: object = None) -> Result:
    text = given if isinstance(given, str) else json.dumps(given)
    return CliRunner().invoke(app, ["rule", *arguments], input=text, env={"COLUMNS": "200"})


def document(result: Result) -> Any:
    return json.loads(result.stdout)


def test_run_answers_with_one_json_document() -> None:
    result = sac("run", "late_fee", "-", "--json", given=LATE)

    assert result.exit_code == 0
    assert document(result) == {
        "value": "18.00",
        "clauses": ["2.16.4"],
        "explanation": {
            "lv": "15 dienas x 0,1 % no 1200,00 EUR = 18,00 EUR (Studiju nolikums, 2.16.4. p.).",
            "en": "15 days x 0.1% of EUR 1,200.00 = EUR 18.00 (study regulations, 2.16.4).",
        },
        "needs_decision": [],
        "reasons": [],
        "points": [],
    }


def test_run_reads_a_file_and_prints_for_people(tmp_path: Path) -> None:
    file = tmp_path / "late.json"
    file.write_text(json.dumps(LATE), "utf-8")

    result = sac("run", "late_fee", str(file))

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "18.00",
        "15 dienas x 0,1 % no 1200,00 EUR = 18,00 EUR (Studiju nolikums, 2.16.4. p.).",
    ]


def test_run_answers_in_english_when_asked() -> None:
    single = sac("run", "late_fee", "-", "--language", "en", given=LATE)
    many = sac("run", "is_pass", "-", "--language", "en", given=[{"g": 4}])

    assert single.stdout.splitlines()[1] == (
        "15 days x 0.1% of EUR 1,200.00 = EUR 18.00 (study regulations, 2.16.4)."
    )
    assert "Grade 4 passes" in many.stdout


def test_run_prints_structured_values_as_json() -> None:
    result = sac("run", "dunning_calendar", "-", given={"semester": "autumn", "year": 2026})

    assert result.stdout.splitlines()[0] == '{"first": "2026-09-30", "second": "2026-12-20"}'


def test_run_answers_a_list_of_cases() -> None:
    result = sac("run", "is_pass", "-", "--json", given=[{"g": 4}, {"g": 3}])

    assert [answer["value"] for answer in document(result)] == [True, False]


@pytest.mark.parametrize("separator", [",", ";"])
def test_run_answers_a_table(tmp_path: Path, separator: str) -> None:
    file = tmp_path / "semesters.csv"
    rows = ["semester,calendar_year", "autumn,2026", "spring,2027"]
    file.write_text("\n".join(rows).replace(",", separator), "utf-8-sig")

    answers = document(sac("run", "tuition_due_date", str(file), "--json"))
    table = sac("run", "tuition_due_date", str(file))

    assert [answer["value"] for answer in answers] == ["2026-09-10", "2027-02-15"]
    assert table.exit_code == 0
    assert "2027-02-15" in table.stdout


def test_one_bad_case_refuses_all() -> None:
    result = sac("run", "is_pass", "-", "--json", given=[{"g": 4}, {"g": 11}, {}])

    assert result.exit_code == 2
    assert document(result) == {
        "error": {
            "code": "invalid_input",
            "message": "case 2: g: expected a grade, a whole number from 1 to 10, got 11",
            "details": [
                {
                    "case": 2,
                    "argument": "g",
                    "code": "invalid_input",
                    "message": "g: expected a grade, a whole number from 1 to 10, got 11",
                },
                {
                    "case": 3,
                    "argument": "g",
                    "code": "missing_input",
                    "message": "g: missing; expected a grade, a whole number from 1 to 10",
                },
            ],
        }
    }


@pytest.mark.parametrize(
    ("name", "given", "code"),
    [
        ("late_fees", LATE, "unknown_rule"),
        ("late_fee", LATE | {"tuition": 1200.5}, "invalid_input"),
        ("late_fee", LATE | {"tuition": True}, "invalid_input"),
        ("late_fee", LATE | {"tution": "1"}, "unknown_input"),
        ("late_fee", {"\ud800": 1}, "unknown_input"),
        ("late_fee", {"x" * 10_000: 1}, "unknown_input"),
        ("late_fee", {}, "missing_input"),
        ("late_fee", "5", "invalid_input"),
        ("late_fee", "{", "invalid_input"),
        ("late_fee", "", "invalid_input"),
        ("late_fee", "[" * 100_000, "invalid_input"),
        ("is_pass", '{"g": ' + "9" * 6000 + "}", "invalid_input"),
        ("is_pass", '{"g": NaN}', "invalid_input"),
        ("is_pass", '{"g": 4, "g": 5}', "invalid_input"),
        (
            "refund",
            {
                "paid_for_semester": "1.00",
                "semester_start": "2026-09-02",
                "classes_start": "2026-09-01",
                "application_received": "2026-08-01",
            },
            "dates_out_of_order",
        ),
    ],
)
def test_bad_input_is_one_refusal(name: str, given: object, code: str) -> None:
    result = sac("run", name, "-", "--json", given=given)

    assert (result.exit_code, document(result)["error"]["code"]) == (2, code)


def test_bad_input_for_people_is_a_sentence() -> None:
    result = sac("run", "is_pass", "-", given={"g": 7.5})

    assert result.exit_code == 2
    assert result.stderr == "g: expected a grade, a whole number from 1 to 10, got 7.5\n"
    assert result.stdout == ""


def test_all_that_is_wrong_is_said_to_people_in_sentences(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("g\n4\n11\n;\n\nx\n", "utf-8")

    one = sac("run", "is_pass", "-", given={"g": 7.5, "h": 1})
    many = sac("run", "is_pass", str(file))

    assert one.stderr.splitlines() == [
        "h: not known; known: g",
        "  g: expected a grade, a whole number from 1 to 10, got 7.5",
    ]
    assert many.stderr.splitlines() == [
        "case 2: g: expected a grade, a whole number from 1 to 10, got 11",
        "  case 3: g: expected a grade, a whole number from 1 to 10, got ';'",
        "  case 4: g: expected a grade, a whole number from 1 to 10, got 'x'",
    ]


def test_a_table_from_a_spreadsheet_may_have_empty_rows_and_columns(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("g;;\r\n4;;\r\n;;\r\n", "utf-8-sig")

    assert [one["value"] for one in document(sac("run", "is_pass", str(file), "--json"))] == [True]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("rows.csv", "", "invalid_input"),
        ("rows.csv", "\n\n", "invalid_input"),
        ("rows.csv", "g\n" + "[" * 100_000 + "\n", "invalid_input"),
        ("rows.csv", "g\n" + "4" * 200_000 + "\n", "invalid_input"),
        ("rows.csv", "g,h\n4\n", "invalid_input"),
        ("rows.csv", "g\n4,5\n", "invalid_input"),
        ("rows.csv", "g,g\n4,5\n", "invalid_input"),
        ("rows.csv", 'g\n"4', "invalid_input"),
        ("rows.csv", "g\n[4\n", "invalid_input"),
        ("rows.csv", "g\n11\n", "invalid_input"),
        ("case.json", "\udce4", "invalid_input"),
    ],
)
def test_bad_file_is_refused(tmp_path: Path, name: str, content: str, code: str) -> None:
    file = tmp_path / name
    file.write_bytes(content.encode("utf-8", "surrogateescape"))

    result = sac("run", "is_pass", str(file), "--json")

    assert (result.exit_code, document(result)["error"]["code"]) == (2, code)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    result = sac("run", "is_pass", str(tmp_path / "none.json"), "--json")

    assert (result.exit_code, document(result)["error"]["code"]) == (2, "invalid_input")


def test_list_names_every_rule_and_clause() -> None:
    listed = document(sac("list", "--json"))
    table = sac("list")

    assert [rule["name"] for rule in listed["rules"]] == list(RULES)
    assert len(listed["clauses"]) == 167
    assert table.exit_code == 0
    assert "late_fee" in table.stdout


def test_show_tells_meaning_words_arguments_and_readings() -> None:
    (clause,) = document(sac("show", "2.16.4", "--json"))["clauses"]

    assert clause["class"] == ["DEADLINE", "RULE"]
    assert [rule["name"] for rule in clause["functions"]] == ["late_fee"]
    assert clause["functions"][0]["arguments"]["cap_base"] == (
        "one of largest_unpaid, semester_tuition (default largest_unpaid)"
    )
    assert "soda nauda 0,1% apmērā" in clause["source"]
    assert [reading["setting"] for reading in clause["ambiguities"]] == [
        "due_date",
        None,
        None,
        None,
        "cap_base",
    ]


def test_show_takes_a_rule_too_and_prints_for_people() -> None:
    clauses = document(sac("show", "permission_dates", "--json"))["clauses"]
    shown = sac("show", "7.5")

    assert [clause["clause"] for clause in clauses] == ["11.3.5", "11.5"]
    assert shown.exit_code == 0
    assert "[ ] 2. Programme director: Prepares the transfer form" in shown.stdout


@pytest.mark.parametrize(
    ("command", "number", "code"),
    [
        ("show", "99", "unknown_clause"),
        ("checklist", "99", "unknown_clause"),
        ("checklist", "2.16.4", "no_process"),
    ],
)
def test_unknown_clause(command: str, number: str, code: str) -> None:
    result = sac(command, number, "--json")

    assert (result.exit_code, document(result)["error"]["code"]) == (2, code)


def test_checklist_is_latvian_unless_asked_otherwise() -> None:
    latvian = sac("checklist", "9.3").stdout.splitlines()
    english = sac("checklist", "9.3", "--language", "en").stdout.splitlines()
    (plain,) = document(sac("checklist", "9.3", "--json"))

    assert latvian[0] == "Eksmatrikulācija"
    assert english[1:] == [
        "[ ] 1. Head of the Study Department: Proposes exmatriculation (or the branch head) (9.3)",
        "[ ] 2. Rector: Issues the order (9.3)",
    ]
    assert [step["by"] for step in plain["steps"]] == ["head_of_study_department", "rector"]


def test_the_sources_are_the_documentation() -> None:
    root = Path(__file__).resolve().parents[2]

    assert sac("sources").stdout == (root / "docs/sources/regulations.md").read_text("utf-8")


@pytest.mark.parametrize("command", ["list", "show", "run", "checklist", "sources"])
def test_help_has_an_example(command: str) -> None:
    result = sac(command, "--help")

    assert (result.exit_code, "Example: " in result.stdout) == (0, True)
