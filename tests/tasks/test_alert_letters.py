"""The office hears of what needs it: each person once for each cause, whatever happens meanwhile."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest

from models.database import reading, writing
from models.journal import Author, failing_since, write
from models.letter import Letter, LetterKind
from models.question import Question, QuestionKind, ask
from rules.alerts import Silence, SilentPart
from rules.people import Role
from rules.process import Step, StepState
from tasks.alerts import notices, queue_notices
from tasks.context import StepContext
from tasks.done_outside import mark_done_outside
from tasks.send_alerts import send_alerts
from tests.tasks.conftest import OpenOffice
from tests.tasks.office import BRIEF, PLAN, PUBLISH, TELL, TestOffice, at
from tests.tasks.small_semester import DAY

NONE = {"sent": 0, "refused": 0, "later": 0}


def context(office: TestOffice, moment: datetime) -> StepContext:
    office.move(moment)
    return office.context(day=moment.date(), run="deadlines")


def look(
    office: TestOffice, moment: datetime, silences: Sequence[Silence] = ()
) -> Mapping[str, int]:
    """One look of the watch, as the flow and the command do it."""
    looking = context(office, moment)
    queue_notices(looking, notices(looking, silences))
    return dict(send_alerts(looking))


def staff_letters(office: TestOffice) -> dict[str, list[str]]:
    """Subjects of the letters to the office's people."""
    people = {"dace", "inga", "juris", "zane", "admin"}
    return {name: sorted(found) for name, found in office.subjects().items() if name in people}


def ask_for_a_number(office: TestOffice) -> None:
    with writing(office.engine) as session:
        ask(
            session,
            Question(
                key="reply/1",
                kind=QuestionKind.REFUSED_ADDRESS,
                day=DAY,
                role=Role.COORDINATOR,
                text="Kura ir pareizā adrese?",
                choices=["skip"],
                opened_at=office.now,
            ),
        )


def test_nothing_is_written_while_all_is_well(office: TestOffice) -> None:
    assert look(office, at("11-26 12:00")) == NONE
    assert staff_letters(office) == {}


def test_an_endangered_step_is_told_to_its_role_then_to_the_head(any_office: TestOffice) -> None:
    office = any_office
    office.run_until(PLAN)

    before = look(office, at("12-01 07:30"))
    role = look(office, at("12-01 16:05"))
    again = look(office, at("12-01 16:20"))
    head = look(office, at("12-01 20:05"))

    # In the morning nothing has happened yet; at 16:00 steps 3 (the head's) and 6 are open.
    assert (before["sent"], role["sent"], again["sent"], head["sent"]) == (0, 6, 0, 1)
    near = "Tuvojas termiņš: {}. solis, studiju diena 05.12.2026."
    assert staff_letters(office) == {
        "dace": [
            "Rīta pārskats 01.12.2026.: šodien jāizpilda 2, nav kārtībā 0, jautājumi 0",
            near.format(3),
            near.format(6),
        ],
        "inga": [
            "Rīta pārskats 01.12.2026.: šodien jāizpilda 1, nav kārtībā 0, jautājumi 0",
            near.format(6),
        ],
        "juris": [
            "Rīta pārskats 01.12.2026.: šodien jāizpilda 1, nav kārtībā 0, jautājumi 0",
            near.format(6),
        ],
    }


def test_a_failed_step_is_one_letter_until_it_has_been_mended(office: TestOffice) -> None:
    office.run_until(TELL)
    office.sandbox.fault("moodle", "5xx", times=None)
    office.run(PUBLISH, [Step.PUBLISH_PLAN])

    first = look(office, at("12-02 09:10"))
    office.run(at("12-02 09:20"), [Step.PUBLISH_PLAN])
    still = look(office, at("12-02 09:25"))
    office.sandbox.forget_faults()
    office.run(at("12-02 09:30"), [Step.PUBLISH_PLAN])
    well = look(office, at("12-02 09:40"))

    assert [found["sent"] for found in (first, still, well)] == [3, 0, 0]
    assert staff_letters(office)["zane"] == [
        "Kļūda: 4. solis, studiju diena 05.12.2026.",
        "Rīta pārskats 02.12.2026.: šodien jāizpilda 1, nav kārtībā 1, jautājumi 0",
    ]
    (failure,) = [one for one in office.letters() if one.subject.startswith("Kļūda")]
    assert b"Retry" in failure.content


def test_a_question_is_reminded_to_its_role_then_to_the_head(office: TestOffice) -> None:
    office.move(at("11-14 10:00"))  # a Saturday: no digest
    ask_for_a_number(office)

    figures = [
        look(office, moment)["sent"]
        for moment in (
            at("11-15 09:59"),
            at("11-15 10:00"),
            at("11-15 10:15"),
            at("11-16 07:00"),
            at("11-16 07:59"),
        )
    ]

    assert figures == [0, 2, 0, 0, 0]
    assert staff_letters(office) == {
        "inga": ["Gaida atbildi: 1. jautājums, studiju diena 05.12.2026."],
        "juris": ["Gaida atbildi: 1. jautājums, studiju diena 05.12.2026."],
    }
    assert "Kura ir pareizā adrese?" in office.text("inga")
    look(office, at("11-16 10:00"))
    assert staff_letters(office)["dace"] == [
        "Gaida atbildi: 1. jautājums, studiju diena 05.12.2026.",
        "Rīta pārskats 16.11.2026.: šodien jāizpilda 0, nav kārtībā 0, jautājumi 1",
    ]


def test_several_causes_at_once_are_one_letter(office: TestOffice) -> None:
    look(office, at("12-02 07:00"))

    assert staff_letters(office)["dace"] == ["Studiju dienas: jārīkojas, ziņojumu skaits 4"]
    told = [len(letter.facts) for letter in office.letters() if letter.person == "dace"]
    assert told == [4]


def test_what_a_person_did_outside_is_no_alert(office: TestOffice) -> None:
    office.run_until(TELL)
    office.move(at("12-02 09:00"))
    for step in (Step.PUBLISH_PLAN, Step.PUBLISH_LINKS):
        mark_done_outside(office.context(reason="LMS nedarbojās"), step, "ekrānattēls", "zane")

    assert look(office, at("12-02 23:30"))["sent"] == 0
    assert [one.state for one in office.run(at("12-02 23:40"), [Step.BRIEF_TEAM]).values()][
        3:5
    ] == [
        StepState.DONE,
        StepState.DONE,
    ]


def test_the_digest_comes_on_working_days_once_and_not_to_those_without_news(
    office: TestOffice,
) -> None:
    office.run_until(TELL)
    moments = (at("12-02 07:59"), at("12-02 08:00"), at("12-02 09:30"), at("12-06 08:00"))

    figures = [look(office, moment) for moment in moments]

    # Sunday, 6 December, has a missed step 7 to tell of: an alert, no digest.
    assert [found["sent"] for found in figures[:3]] == [0, 2, 0]
    digests = [
        (letter.person, letter.subject)
        for letter in office.letters()
        if letter.kind is LetterKind.DAILY_DIGEST
    ]
    subject = "Rīta pārskats 02.12.2026.: šodien jāizpilda 2, nav kārtībā 0, jautājumi 0"
    assert digests == [("dace", subject), ("zane", subject)]


def test_silence_is_told_to_the_administrator_once_per_episode(open_office: OpenOffice) -> None:
    office = open_office(alerts={"admin_email": "admin@augstskola.example"})
    office.move(at("11-14 10:00"))
    silence = Silence(SilentPart.WORKER, at("11-14 09:30"))
    later = Silence(SilentPart.WORKER, at("11-14 12:00"))

    for moment, found in (
        ("11-14 10:00", silence),
        ("11-14 10:15", silence),
        ("11-14 12:20", later),
    ):
        look(office, at(moment), [found])

    assert staff_letters(office) == {"admin": ["Nestrādā neviens izpildītājs (worker)"] * 2}


def test_a_mail_server_that_is_away_delays_the_letters_and_doubles_none(office: TestOffice) -> None:
    office.sandbox.fault("smtp", "smtp_4xx", times=None)
    waiting = look(office, at("12-01 07:59"))
    office.sandbox.forget_faults()
    later = look(office, at("12-02 07:45"))

    assert waiting["later"] > 0
    assert (waiting["sent"], later["later"]) == (0, 0)
    assert all(letter.state == "sent" for letter in office.letters())


def test_a_refused_alert_is_on_record_and_asks_nothing(office: TestOffice) -> None:
    office.sandbox.fault("smtp", "smtp_5xx", "^dace@", times=None)

    figures = look(office, at("12-01 07:59"))

    assert (figures["refused"], office.questions()) == (1, [])
    assert [letter.state.value for letter in office.letters() if letter.person == "dace"] == [
        "refused"
    ]
    assert look(office, at("12-01 07:59"))["refused"] == 0


def test_an_alert_whose_fate_is_unknown_is_not_written_again(office: TestOffice) -> None:
    office.sandbox.fault("smtp", "smtp_disconnect_after_data", "^dace@")
    look(office, at("12-01 07:30"))

    figures = look(office, at("12-01 07:45"))

    (letter,) = [found for found in office.letters() if found.person == "dace"]
    assert (figures, letter.state.value) == (NONE, "superseded")
    assert letter.detail == "outcome unknown, not repeated: the digest says what is open"


def test_two_looks_at_one_moment_write_one_letter(any_office: TestOffice) -> None:
    looking = context(any_office, at("12-01 07:30"))
    first, second = notices(looking), notices(looking)

    queued = [queue_notices(looking, found) for found in (first, second)]

    assert queued[0] > 0
    assert queued[1] == 0


def test_days_of_before_the_product_came_are_not_its_business(office: TestOffice) -> None:
    found = notices(context(office, at("12-07 12:00")))

    assert (found.found, found.wanted) == ([], {})


def test_a_step_fails_since_its_first_failure_after_a_success(office: TestOffice) -> None:
    moments = [at("12-01 09:00") + timedelta(hours=hours) for hours in range(4)]
    with writing(office.engine) as session:
        for moment, action in zip(
            moments, ("step failed", "step done", "step failed", "step failed"), strict=True
        ):
            write(session, Author("sac", "", moment), action, "", day=DAY, step=4)
            write(session, Author("sac", "", moment), "letter sent", "", day=DAY, step=4)

    with reading(office.engine) as session:
        assert failing_since(session, DAY) == {4: moments[2]}


@pytest.mark.parametrize("moment", [BRIEF])
def test_a_dry_look_writes_nothing(office: TestOffice, moment: datetime) -> None:
    known = office.rows()

    noticed = notices(context(office, moment))

    assert noticed.wanted
    assert office.rows() == known
    assert all(isinstance(letter, Letter) for letter in office.letters())
