"""Mail that does not get through: each letter is sent once, or a person is asked; nothing is lost."""

from email import message_from_bytes
from email.policy import default

import pytest

from models.database import writing
from models.letter import Letter, LetterKind, LetterState, finish
from models.question import QuestionState
from rules.process import Step, StepState
from rules.timetable import Lecturer
from tasks.answer_question import AnswerRefused, answer_question
from tasks.change_class import cancel_class, reinstate_class
from tests.tasks.conftest import OpenOffice
from tests.tasks.office import FIRST_LOOK, PUBLISH, REMIND, TELL, TestOffice, at
from tests.tasks.small_semester import LECTURERS, semester

SOON = at("12-01 09:05")
LATER = at("12-01 10:00")
NEW = "anna.jauna@augstskola.example"
REFUSED_ANNA = (
    "Pasta serveris nepieņēma vēstuli adresātam anna@augstskola.example (“Atgādinājums: studiju "
    "diena 2026. gada 5. decembrī”): RCPT TO: 550 5.1.1 Recipient address rejected: User unknown. "
    "Norādiet pareizo adresi, “send_again” vai “skip”."
)


def letters_of(office: TestOffice, person: str) -> list[tuple[str, str, str]]:
    return [
        (letter.variant, letter.state.value, letter.email.partition("@")[0])
        for letter in office.letters()
        if letter.person == person
    ]


def test_a_refused_address_is_one_question_and_stops_nobody_else(any_office: TestOffice) -> None:
    any_office.sandbox.fault("smtp", "smtp_5xx", "^anna@", times=None)

    outcomes = any_office.run(TELL)
    any_office.run(SOON)

    reminder = outcomes[Step.REMIND_LECTURERS]
    assert (reminder.state, reminder.summary) == (
        StepState.NEEDS_PERSON,
        "4 letters sent; 1 refused; 1 question to answer",
    )
    assert any_office.texts() == [REFUSED_ANNA]
    assert "anna" not in any_office.subjects()
    assert letters_of(any_office, "anna") == [("first", "refused", "anna")]


def test_a_new_address_gets_the_letter_once_and_all_later_ones(any_office: TestOffice) -> None:
    office = any_office
    office.sandbox.fault("smtp", "smtp_5xx", "^anna@", times=None)
    office.run(TELL)

    with pytest.raises(
        AnswerRefused, match=r"Give another address, 'send_again' if it is right, or 'skip'\."
    ):
        office.answer("anna at home")
    with pytest.raises(AnswerRefused, match="Give another address"):
        office.answer("anna@augstskola.example")
    office.answer(NEW)
    outcomes = office.run(LATER)
    office.run(PUBLISH)

    assert outcomes[Step.REMIND_LECTURERS].summary == "5 letters sent"
    (letter,) = office.sandbox.letters(NEW)
    assert message_from_bytes(letter, policy=default)["To"] == f"Anna Bērziņa <{NEW}>"
    cancel_class(office.context(), office.id_of("STA"))
    office.import_()  # with the old address still in the sheet
    office.run(at("12-02 10:00"))
    assert len(office.sandbox.letters(NEW)) == 2
    assert office.texts() == []


def test_an_address_mended_in_the_semester_withdraws_the_question(office: TestOffice) -> None:
    office.sandbox.fault("smtp", "smtp_5xx", "^anna@", times=None)
    office.run(TELL)
    people = [Lecturer("anna", "Anna Bērziņa", NEW), *LECTURERS[1:]]

    office.import_(semester(lecturers=people))
    outcomes = office.run(LATER)

    assert outcomes[Step.REMIND_LECTURERS].summary == "5 letters sent"
    assert len(office.sandbox.letters(NEW)) == 1
    assert [q.text for q in office.questions(QuestionState.WITHDRAWN)] == [REFUSED_ANNA]


def test_a_refused_address_may_be_skipped(office: TestOffice) -> None:
    office.sandbox.fault("smtp", "smtp_5xx", "^anna@", times=None)
    office.run(TELL)

    office.answer("skip")
    outcomes = office.run(LATER)

    reminder = outcomes[Step.REMIND_LECTURERS]
    assert (reminder.state, reminder.summary) == (StepState.DONE, "4 letters sent; 1 refused")
    assert "anna" not in office.subjects()


def test_a_refusal_that_was_the_servers_mistake_is_sent_again(any_office: TestOffice) -> None:
    office = any_office
    office.sandbox.fault("smtp", "smtp_5xx", "^anna@", times=2)
    office.run(TELL)

    office.answer("send_again")
    refused_again = office.run(SOON)[Step.REMIND_LECTURERS]
    office.answer("send_again")
    sent = office.run(LATER)[Step.REMIND_LECTURERS]

    assert refused_again.summary == "4 letters sent; 1 refused; 1 question to answer"
    assert (sent.state, sent.summary) == (StepState.DONE, "5 letters sent")
    assert letters_of(office, "anna") == [("first", "sent", "anna")]
    assert (office.counts()["anna"], office.texts()) == (1, [])


def test_a_refused_letter_is_not_sent_again_after_a_newer_one(office: TestOffice) -> None:
    office.sandbox.fault("smtp", "smtp_5xx", "^anna@", times=1)
    office.run(TELL)
    (question,) = office.questions()
    cancel_class(office.context(), office.id_of("STA"))
    office.step(Step.REMIND_LECTURERS)

    with pytest.raises(AnswerRefused, match="needs no answer any more"):
        answer_question(office.context(), question.id or 0, "send_again", "dace")


def test_letters_put_off_stay_in_the_outbox_and_go_once(any_office: TestOffice) -> None:
    office = any_office
    office.sandbox.fault("smtp", "smtp_4xx", "^(anna|mary)@", times=2)

    outcomes = office.run(TELL)

    assert (outcomes[Step.REMIND_LECTURERS].state, outcomes[Step.REMIND_LECTURERS].summary) == (
        StepState.FAILED,
        (
            "mail server: send letters: 2 letters could not be sent yet: RCPT TO: 451 4.7.1 "
            "Greylisted, please try again later. They stay in the outbox; the next run sends them, each "
            "once. Done before: sent 3. Running the step again is safe."
        ),
    )
    assert office.run(SOON)[Step.REMIND_LECTURERS].summary == "5 letters sent"
    assert {name: office.counts()[name] for name in ("anna", "janis", "mary")} == {
        "anna": 1,
        "janis": 1,
        "mary": 1,
    }


def test_a_mail_server_that_is_away_fails_the_step_in_words(office: TestOffice) -> None:
    away = office.with_env({"SAC_SMTP__PORT": "9"})

    outcomes = office.run(TELL, services=away)

    assert outcomes[Step.REMIND_LECTURERS].summary.startswith(
        "mail server: send letters: 5 letters could not be sent yet: no connection: "
    )
    assert office.outbox() == {("lecturer", "queued"): 5, ("student", "queued"): 12}
    assert office.run(SOON)[Step.NOTIFY_STUDENTS].summary == "12 letters sent"
    assert set(office.counts().values()) == {1}


def test_a_connection_lost_before_the_letter_is_tried_again(office: TestOffice) -> None:
    """At once over a connection that has served others, by the next run otherwise."""
    office.sandbox.fault("smtp", "smtp_disconnect_before_data", "^anna@")
    office.run(TELL)

    assert office.run(SOON)[Step.REMIND_LECTURERS].summary == "5 letters sent"
    assert office.counts()["anna"] == 1


def test_a_letter_of_unknown_outcome_is_found_among_the_copies(any_office: TestOffice) -> None:
    office = any_office
    office.sandbox.fault("smtp", "smtp_disconnect_after_data", "^anna@")

    first = office.run(TELL)[Step.REMIND_LECTURERS]
    second = office.run(SOON)[Step.REMIND_LECTURERS]
    third = office.run(LATER)[Step.REMIND_LECTURERS]

    assert first.summary.startswith(
        "mail server: send letters: 1 letter may or may not have gone out: lost after the letter"
    )
    assert "looks among the office's own copies before it sends any again" in first.summary
    assert (second.state, second.summary) == (StepState.DUE, "4 letters sent; 1 waiting")
    assert (third.state, third.summary) == (StepState.DONE, "5 letters sent")
    assert office.counts()["anna"] == 1


def lose(office: TestOffice, person: str, state: LetterState = LetterState.SENT) -> None:
    """As after a crash: the letter was claimed, and nobody knows more; no copy is to be found."""
    with writing(office.engine) as session:
        letter = next(one for one in office.letters() if one.person == person)
        assert letter.state is state
        row = session.get_one(Letter, letter.id)
        row.state, row.sent_at, row.message_id = LetterState.SENDING, None, "<lost@x.example>"
        session.add(row)


def test_a_letter_without_proof_is_asked_about(any_office: TestOffice) -> None:
    office = any_office
    office.run(TELL)
    lose(office, "anna")

    outcomes = office.run(LATER)

    assert office.texts() == [
        (
            "Nav zināms, vai vēstule adresātam anna@augstskola.example (“Atgādinājums: studiju diena "
            "2026. gada 5. decembrī”) ir aizgājusi. Kopija pastkastē nav atrasta. Sūtīt vēlreiz?"
        )
    ]
    assert outcomes[Step.REMIND_LECTURERS].state is StepState.NEEDS_PERSON
    with pytest.raises(AnswerRefused, match="Answer with one of: send_again, skip"):
        office.answer("perhaps")
    office.answer("send_again")
    assert office.run(at("12-01 11:00"))[Step.REMIND_LECTURERS].summary == "5 letters sent"
    assert (office.counts()["anna"], office.texts()) == (2, [])


def test_a_letter_that_comes_into_doubt_again_is_asked_about_again(office: TestOffice) -> None:
    office.run(TELL)
    lose(office, "anna")
    office.run(LATER)
    office.answer("send_again")
    # Claimed, and lost once more before its outcome is known.
    lose(office, "anna", LetterState.QUEUED)

    outcomes = office.run(at("12-01 12:00"))

    assert outcomes[Step.REMIND_LECTURERS].state is StepState.NEEDS_PERSON
    office.answer("send_again")
    assert office.run(at("12-01 13:00"))[Step.REMIND_LECTURERS].summary == "5 letters sent"
    assert office.texts() == []


def test_a_letter_without_proof_may_be_left(office: TestOffice) -> None:
    office.run(TELL)
    lose(office, "anna")
    office.run(LATER)

    office.answer("skip")

    assert office.run(at("12-01 11:00"))[Step.REMIND_LECTURERS].summary == "5 letters sent"
    assert office.counts()["anna"] == 1


def test_a_cancellation_without_proof_is_sent_again(office: TestOffice) -> None:
    office.run(TELL)
    cancel_class(office.context(), office.id_of("STA"))
    office.run(SOON)
    (last,) = (one for one in office.letters() if one.person == "anna" and one.sequence == 1)
    with writing(office.engine) as session:
        row = session.get_one(Letter, last.id)
        row.state, row.message_id = LetterState.SENDING, "<lost@x.example>"
        session.add(row)

    office.run(LATER)

    assert office.counts()["anna"] == 3  # better told twice than never
    assert office.texts() == []


def test_a_doubtful_cancellation_is_not_sent_after_the_class_was_reinstated(
    office: TestOffice,
) -> None:
    office.run(TELL)
    cancel_class(office.context(), office.id_of("STA"))
    office.run(SOON)
    (last,) = (one for one in office.letters() if one.person == "anna" and one.sequence == 1)
    with writing(office.engine) as session:
        row = session.get_one(Letter, last.id)
        row.state, row.message_id = LetterState.SENDING, "<lost@x.example>"
        session.add(row)

    reinstate_class(office.context(), office.id_of("STA"))
    office.run(LATER)

    assert letters_of(office, "anna") == [
        ("first", "sent", "anna"),
        ("cancellation", "superseded", "anna"),
        ("change", "sent", "anna"),
    ]
    assert office.counts()["anna"] == 3


def test_a_doubt_that_a_newer_letter_settles_needs_no_answer(office: TestOffice) -> None:
    office.run(TELL)
    lose(office, "anna")
    office.run(LATER)
    assert len(office.texts()) == 1

    cancel_class(office.context(), office.id_of("STA"))
    office.run(at("12-01 11:00"))

    assert office.texts() == []
    assert office.counts()["anna"] == 2


def test_a_mailbox_that_is_away_does_not_stop_other_letters(office: TestOffice) -> None:
    office.run(TELL)
    lose(office, "anna")
    cancel_class(office.context(), office.id_of("LAW"))
    before = office.counts()

    outcomes = office.run(LATER, services=office.with_env({"SAC_IMAP__PORT": "9"}))

    reminder = outcomes[Step.REMIND_LECTURERS]
    assert reminder.state is StepState.FAILED
    assert reminder.summary.startswith(
        "mailbox: connect: the server is not answering as it should. It is tried again by itself"
    )
    assert office.counts()["peteris"] == before["peteris"] + 1


def test_a_mailbox_that_is_away_reminds_nobody_wrongly(office: TestOffice) -> None:
    office.run(PUBLISH)
    before = office.counts()
    away = office.with_env({"SAC_IMAP__PORT": "9"})

    outcomes = office.run(REMIND, services=away)

    for step in (Step.REQUEST_ATTENDANCE, Step.COLLECT_ATTENDANCE):
        assert (outcomes[step].state, outcomes[step].summary.partition(" Answer")[0]) == (
            StepState.FAILED,
            (
                "mailbox: connect: the server is not answering as it should. It is tried again by "
                "itself; if it stays, check SAC_IMAP__…."
            ),
        )
    assert office.counts() == before
    assert office.run(at("12-07 10:00"))[Step.COLLECT_ATTENDANCE].summary == (
        "6 of 6 classes reported"
    )


def test_a_wrong_mailbox_password_says_which_setting(office: TestOffice) -> None:
    office.run(PUBLISH)
    wrong = office.with_env({"SAC_IMAP__PASSWORD": "guess"})

    outcomes = office.run(REMIND, services=wrong)

    assert outcomes[Step.COLLECT_ATTENDANCE].summary == (
        "mailbox: log in: the server does not accept our login. Correct SAC_IMAP__USERNAME and "
        "SAC_IMAP__PASSWORD."
    )


@pytest.mark.parametrize(
    ("fault", "state"),
    [("smtp_4xx", LetterState.SUPERSEDED), ("smtp_disconnect_after_data", LetterState.SENT)],
)
def test_a_reminder_is_taken_back_or_settled_though_the_number_comes_meanwhile(
    office: TestOffice, fault: str, state: LetterState
) -> None:
    office.sandbox.order_lecturers(answer=False)
    office.run(PUBLISH)
    office.sandbox.fault("smtp", fault, "^janis@", times=1)
    first = office.run(REMIND)[Step.REQUEST_ATTENDANCE]
    before = office.counts()["janis"]
    office.sandbox.order_lecturers(answer=True)

    outcomes = office.run(at("12-07 14:00"))

    assert first.state is StepState.FAILED
    assert outcomes[Step.REQUEST_ATTENDANCE].summary == "every lecturer has reported"
    assert office.counts()["janis"] == before
    assert [one.state for one in office.letters() if one.person == "janis"][-1] is state


@pytest.mark.parametrize(
    ("fault", "state"),
    [("smtp_4xx", LetterState.SUPERSEDED), ("smtp_disconnect_after_data", LetterState.SENT)],
)
def test_an_alert_is_taken_back_or_settled_though_the_class_begins_meanwhile(
    office: TestOffice, fault: str, state: LetterState
) -> None:
    office.run(PUBLISH)
    office.move(at("12-05 08:59"))
    office.sandbox.order_meeting(office.meeting_id("MAT") or "", started=False)
    office.sandbox.fault("smtp", fault, "^inga@", times=1)
    first = office.run(FIRST_LOOK)[Step.WATCH_CLASSES]
    office.move(at("12-05 09:20"))
    office.sandbox.order_meeting(office.meeting_id("MAT") or "", started=True)

    second = office.run(at("12-05 09:35"))[Step.WATCH_CLASSES]

    assert first.state is StepState.FAILED
    assert second.summary == "3 of 6 classes have begun, 3 still to come"
    assert [one.state for one in office.letters() if one.kind is LetterKind.CLASS_NOT_STARTED] == [
        state
    ]


def test_no_letter_secret_is_said_before_anything_is_sent(open_office: OpenOffice) -> None:
    office = open_office()

    outcomes = office.run(TELL, services=office.with_env({"SAC_LETTER_SECRET": ""}))

    assert outcomes[Step.REMIND_LECTURERS].summary == (
        "letters: make a letter's token: no letter secret is set. Set SAC_LETTER_SECRET to 32 or "
        "more random characters."
    )
    assert office.subjects() == {}


def test_a_settled_letter_is_never_moved_again(any_office: TestOffice) -> None:
    any_office.run(TELL)
    letter = any_office.letters()[0]

    with writing(any_office.engine) as session:
        finish(session, letter.id, LetterState.QUEUED, LATER, "again")

    assert any_office.letters()[0].state is LetterState.SENT
