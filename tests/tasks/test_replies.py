"""Replies of lecturers: numbers with provenance, questions where a person must read, nothing twice."""

import asyncio
from datetime import datetime
from email.message import EmailMessage

import aiosmtplib
import pytest
from sqlmodel import select

from models.attendance import AttendanceReport
from models.database import reading
from models.inbound import InboundMessage
from models.study_day import StudyDay
from rules.process import Step
from tasks.answer_question import AnswerRefused, answer_question
from tasks.attendance import source_words
from tasks.brief_team import late_last_time
from tasks.day_plan import DayPlan, load_plan
from tasks.incoming_mail import message_key
from tasks.read_mail import read_mail
from tasks.reply_question import plain_text
from tests.tasks.office import CLEAR, PUBLISH, REMIND, TestOffice, at
from tests.tasks.small_semester import OFFICE

EVENING = at("12-05 19:30")
FORM = "Labdien!\n\nApmeklētāju skaits: {}\n"


def send(
    office: TestOffice, sender: str, text: str, *, answers: str | None = None, **headers: str
) -> None:
    """A mail to the office; `answers` names the person whose letter it replies to."""
    message = EmailMessage()
    message["From"] = f"<{sender}@augstskola.example>"
    message["To"] = OFFICE
    message["Subject"] = "Re: studiju diena"
    message["Date"] = office.now
    message["Message-ID"] = f"<{len(office.sandbox.requests())}.{sender}@augstskola.example>"
    if answers:
        letter = next(one for one in reversed(office.letters()) if one.person == answers)
        message["In-Reply-To"] = letter.message_id
    for name, value in headers.items():
        del message[name.replace("_", "-")]
        message[name.replace("_", "-")] = value
    message.set_content(text)
    env = office.sandbox.env

    async def talk() -> None:
        host, port = env["SAC_SMTP__HOST"], int(env["SAC_SMTP__PORT"])
        await aiosmtplib.send(
            message,
            sender=f"{sender}@augstskola.example",
            recipients=[OFFICE],
            hostname=host,
            port=port,
            start_tls=False,
        )

    asyncio.run(talk())


def told(office: TestOffice, moment: datetime = EVENING) -> TestOffice:
    """Everybody has had their letters; lecturers answer only what the test says."""
    office.sandbox.order_lecturers(answer=False)
    office.run(PUBLISH)
    office.move(moment)
    return office


def numbers(office: TestOffice) -> dict[str, tuple[int, str, bool]]:
    """What counts for each course: number, from whom, whether late."""
    with reading(office.engine) as session:
        rows = session.exec(select(AttendanceReport).order_by(AttendanceReport.id)).all()
    codes = {office.id_of(code): code for code in ("MAT", "FIZ", "BIO", "ENG", "STA", "LAW")}
    return {
        codes[row.class_id]: (row.count, row.reported_by, row.is_late)
        for row in rows
        if not row.is_replaced
    }


def inbound(office: TestOffice) -> list[tuple[str, bool]]:
    """Verdicts of the mails on record, and whether their bytes were kept."""
    with reading(office.engine) as session:
        rows = session.exec(select(InboundMessage))
        return sorted((row.verdict, bool(row.raw)) for row in rows)


def test_mail_of_a_lecturer_who_was_told_nothing_is_not_ours(office: TestOffice) -> None:
    office.sandbox.order_lecturers(answer=False)
    office.move(EVENING)
    send(office, "janis", "Sveiki! 17")

    assert dict(read_mail(office.context())) == {"not_ours": 1}


def test_an_unclear_reply_is_a_question_whose_answer_is_the_number(any_office: TestOffice) -> None:
    office = told(any_office)
    send(office, "janis", "Labdien! Bija ap 25, precīzi nezinu.", answers="janis")

    figures = read_mail(office.context())

    assert (dict(figures), numbers(office)) == ({"review": 1}, {})
    (question,) = office.questions()
    assert question.text.startswith("Mācībspēka Jānis Kalniņš atbilde jāizlasa cilvēkam: ")
    assert question.text.endswith(
        "Norādiet apmeklētāju skaitu (Fizika 09:00) vai “skip”, ja nekas nav jāieraksta."
    )
    assert office.state()["mailbox"]["SAC-jautajumi"] == 1
    for wrong in ("ap 25", "25;3", "-1", "12345"):
        with pytest.raises(AnswerRefused, match="Give 1 whole numbers separated by ';'"):
            office.answer(wrong, "inga")
    office.answer("25", "inga")
    assert numbers(office) == {"FIZ": (25, "Inga Krūmiņa", False)}
    with reading(office.engine) as session:
        (report,) = session.exec(select(AttendanceReport))
    assert source_words(report) == "Inga Krūmiņa (SAC)"


def test_an_answer_may_leave_classes_open_or_skip_all(office: TestOffice) -> None:
    told(office)
    send(office, "anna", "Labdien! Ļoti maz.", answers="anna")
    send(office, "janis", "Labdien! Nezinu.", answers="janis")
    read_mail(office.context())
    anna, janis = office.questions()

    answer_question(office.context(), anna.id or 0, "8; -", "inga")
    answer_question(office.context(), janis.id or 0, "skip", "inga")

    assert numbers(office) == {"MAT": (8, "Inga Krūmiņa", False)}
    assert office.texts() == []


def test_who_is_being_read_by_a_person_is_not_reminded(office: TestOffice) -> None:
    told(office)
    send(office, "janis", "Labdien! Bija ap 25.", answers="janis")
    before = office.counts()

    outcomes = office.run(REMIND)

    assert outcomes[Step.REQUEST_ATTENDANCE].summary == (
        "4 lecturers reminded, 5 missing numbers outstanding"
    )
    assert outcomes[Step.COLLECT_ATTENDANCE].summary == (
        "0 of 6 classes reported, 1 to read by a person, 5 missing"
    )
    more = {name for name, count in office.counts().items() if count > before.get(name, 0)}
    assert more == {"anna", "peteris", "liga", "mary"}


def test_an_unclear_reply_that_was_late_stays_late_when_it_is_answered(office: TestOffice) -> None:
    told(office)
    office.move(at("12-10 10:00"))
    send(office, "janis", "Bija ap 25.", answers="janis")
    read_mail(office.context())

    office.answer("25", "inga", kind="unclear_reply")

    assert numbers(office) == {"FIZ": (25, "Inga Krūmiņa", True)}


def test_a_late_lecturer_is_named_at_the_next_briefing(office: TestOffice) -> None:
    told(office)
    send(office, "janis", FORM.format(2), answers="janis")
    read_mail(office.context())
    with reading(office.engine) as session:
        today = load_plan(session, office.context().day, office.services.settings.zone)
        session.add(StudyDay(day=CLEAR.date()))
        following = DayPlan(CLEAR.date(), 1, today.classes)

        assert late_last_time(session, today) == ()
        assert late_last_time(session, following) == (
            "Anna Bērziņa",
            "Līga Ozoliņa",
            "Mary Sample",
            "Pēteris Ozols",
        )


def test_the_token_of_a_reply_address_is_enough(office: TestOffice) -> None:
    told(office)
    letter = next(one for one in office.letters() if one.person == "janis")
    send(office, "janis", FORM.format(17), Cc=f"sac+{letter.token}@augstskola.example")

    assert dict(read_mail(office.context())) != {"not_ours": 1}


def test_a_mail_by_its_sender_alone_is_looked_at(office: TestOffice) -> None:
    told(office)
    send(office, "JANIS", "Labdien! Jautājums par eksāmenu.")

    assert dict(read_mail(office.context())) == {"review": 1}


def test_mails_without_a_message_id_are_told_apart_by_their_bytes() -> None:
    raw = b"From: a@x.example\r\n\r\nSveiki\r\n"

    assert message_key(raw) != message_key(raw + b"!")


def test_a_letter_without_plain_text_has_none_to_subtract() -> None:
    assert plain_text(b"Content-Type: text/html\r\n\r\n<p>x</p>") == ""


def test_everything_open_is_reported_on_the_last_day(office: TestOffice) -> None:
    told(office)
    for name in ("anna", "janis", "liga", "mary"):
        send(office, name, "Labdien! Nezinu, cik bija.", answers=name)

    outcomes = office.run(CLEAR)

    # Pēteris and Līga share one class, Pēteris has another; only his own is missing.
    assert outcomes[Step.REQUEST_ATTENDANCE].summary == (
        "1 missing number reported to the head of SAC"
    )
    assert "Tiesību pamati" in office.text("dace")


def test_when_all_is_in_review_the_head_gets_no_report(office: TestOffice) -> None:
    told(office)
    for name in ("anna", "janis", "peteris", "mary"):
        send(office, name, "Labdien! Nezinu, cik bija.", answers=name)

    outcomes = office.run(CLEAR)

    assert outcomes[Step.REQUEST_ATTENDANCE].summary == "all in review"
    assert "dace" not in office.subjects()
