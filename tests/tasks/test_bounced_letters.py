"""Letters that come back: tied to the letter, asked about once, written again once."""

import pytest

from models.letter import LetterKind, LetterState
from rules.process import Step
from tests.tasks.mailing import EVENING, filed, letter_to, mail, numbers, post, read, report
from tests.tasks.office import TELL, TestOffice, at

LATER = at("12-01 12:00")
NEXT = at("12-02 09:00")


@pytest.fixture
def told(office: TestOffice) -> TestOffice:
    """Lecturers and students have their letters; the day is to come."""
    office.run_until(TELL)
    return office


def states(office: TestOffice, person: str) -> list[tuple[str, str]]:
    return [
        (letter.email.partition("@")[0], letter.state.value)
        for letter in office.letters()
        if letter.person == person
    ]


def test_a_bounce_asks_for_the_address_and_the_letter_goes_there_once(told: TestOffice) -> None:
    janis = letter_to(told, "janis")
    post(told, report(janis))

    assert read(told, LATER) == {"bounce": 1}

    letter = letter_to(told, "janis")
    assert (letter.state, letter.detail) == (
        LetterState.BOUNCED,
        "bounced: 550 5.1.1 User unknown",
    )
    (question,) = told.questions()
    assert question.role == "head_of_sac"
    assert question.text == (
        "Vēstule adresātam janis@augstskola.example "
        f"(“{janis.subject}”) nav piegādāta: 550 5.1.1 User unknown. "
        "Norādiet pareizo adresi, “send_again” vai “skip”."
    )
    assert filed(told) == {"SAC-nepiegadatas": 1}
    told.answer("j.kalnins@augstskola.example")
    for moment in (LATER, NEXT, at("12-02 12:00")):
        told.run(moment)
    assert states(told, "janis") == [("janis", "bounced"), ("j.kalnins", "sent")]
    assert told.questions() == []


def test_a_skipped_bounce_writes_nothing(told: TestOffice) -> None:
    post(told, report(letter_to(told, "janis")))
    read(told, LATER)
    told.answer("skip")

    told.run(NEXT)

    assert states(told, "janis") == [("janis", "bounced")]
    assert told.summaries()[3] == ("done", "4 letters sent; 1 refused")


def test_a_students_bounce_is_for_the_coordinator(told: TestOffice) -> None:
    post(told, report(letter_to(told, "s01", LetterKind.STUDENT)))

    assert read(told, LATER) == {"bounce": 1}

    assert [question.role for question in told.questions()] == ["coordinator"]
    assert told.run(NEXT)[Step.NOTIFY_STUDENTS].state.value == "needs_person"


def test_two_reports_of_one_letter_ask_once(told: TestOffice) -> None:
    janis = letter_to(told, "janis")
    post(told, report(janis), report(janis, recipient="janisk@mail.example"))

    assert read(told, LATER) == {"bounce": 2}
    assert len(told.questions()) == 1
    told.answer("skip")

    post(told, report(janis, recipient="janis.k@mail.example"))
    assert (read(told, LATER), told.questions()) == ({"bounce": 1}, [])


def test_a_bounce_of_an_address_that_was_corrected_meanwhile_asks_nothing(
    told: TestOffice,
) -> None:
    first, mary = letter_to(told, "janis"), letter_to(told, "mary")
    post(told, report(first))
    read(told, LATER)
    told.answer("j.kalnins@augstskola.example")

    post(told, report(first, recipient="janisk@mail.example"), report(mary))
    read(told, LATER)

    assert [question.facts["letter"] for question in told.questions()] == [mary.key]


def test_what_is_no_failure_changes_nothing(told: TestOffice) -> None:
    janis = letter_to(told, "janis")
    post(
        told,
        report(janis, "delayed"),
        report(janis, "delivered"),
        report(janis, recipient="sac+sent@augstskola.example"),
    )

    assert read(told, LATER) == {"ignore": 3}

    assert (states(told, "janis"), told.questions()) == ([("janis", "sent")], [])
    assert filed(told) == {"SAC-automatiskas": 3}


def test_a_report_of_somebody_elses_letter_is_not_ours(told: TestOffice) -> None:
    janis = letter_to(told, "janis")
    forged = "<sac.aaaaaaaaaaaaaaaa@augstskola.example>"
    post(told, report(janis, original="<hand@augstskola.example>"), report(janis, original=forged))

    assert read(told, LATER) == {"not_ours": 2}
    assert (states(told, "janis"), filed(told)) == ([("janis", "sent")], {"INBOX": 2})


@pytest.mark.parametrize("form", ["no headers", "exchange", "words", "mark", "address"])
def test_reports_without_the_letters_headers(told: TestOffice, form: str) -> None:
    janis, machine = letter_to(told, "janis"), "MAILER-DAEMON@mx.augstskola.example"
    told.sandbox.move_clock(LATER)
    words = "550 5.1.10 RESOLVER.ADR.RecipientNotFound"
    own = "sac@augstskola.example"
    office = f"sac+{janis.token}@augstskola.example"
    raw = {
        "no headers": report(janis, original=""),
        "exchange": mail(
            f"Delivery has failed to these recipients:\nJanis@augstskola.example\n{words}",
            From="postmaster@augstskola.example",
            Return_Path="<>",
        ),
        "words": mail(
            f"To janis@augstskola.example, from {own}. Help: mary@augstskola.example\n{words}\n"
            f"Message-ID: {janis.message_id}",
            From=machine,
        ),
        "mark": mail("550 gone", From=machine, To=office),
        "address": mail("550 gone", From=machine, X_Failed_Recipients="janis@augstskola.example"),
    }[form]
    post(told, raw)

    assert read(told, LATER) == {"bounce": 1}
    assert states(told, "janis") == [("janis", "bounced")]


def test_a_report_that_may_be_about_two_people_is_left_to_the_office(told: TestOffice) -> None:
    text = "550 to janis@augstskola.example; ask mary@augstskola.example"
    post(told, mail(text, From="MAILER-DAEMON@mx.augstskola.example"))

    assert read(told, LATER) == {"not_ours": 1}
    assert states(told, "janis") + states(told, "mary") == [("janis", "sent"), ("mary", "sent")]


def test_a_report_is_never_read_as_an_answer(told: TestOffice) -> None:
    """It comes from the lecturer, refers to the letter, and says a number that would count."""
    told.sandbox.order_lecturers(answer=False)
    told.run_until(at("12-05 12:50"))
    janis = letter_to(told, "janis")
    headers = {"Return_Path": "<>", "X_Failed_Recipients": janis.email}
    post(told, mail("Bija 2 studenti.", janis, **headers), report(janis))

    assert read(told, EVENING) == {"bounce": 2}
    assert numbers(told) == {}


def test_a_reminder_that_bounced_goes_to_the_new_address(told: TestOffice) -> None:
    told.sandbox.order_lecturers(answer=False)
    told.run_until(at("12-07 09:00"))
    reminder = letter_to(told, "mary", LetterKind.ATTENDANCE_REMINDER)
    post(told, report(reminder))
    read(told, at("12-07 12:00"))
    (question,) = [one for one in told.questions() if one.kind == "refused_address"]
    assert question.role == "coordinator"
    told.answer("m.sample@augstskola.example", by="inga", kind="refused_address")

    told.run(at("12-07 13:00"), [Step.REQUEST_ATTENDANCE])

    mine = [letter for letter in told.letters() if letter.person == "mary"]
    assert [(letter.kind.value, letter.email[:8], letter.state.value) for letter in mine] == [
        ("lecturer", "mary@aug", "sent"),
        ("attendance_reminder", "mary@aug", "bounced"),
        ("attendance_reminder", "m.sample", "sent"),
    ]
