"""The mailbox: what is recorded, what a person is asked, what stays; each mail once."""

from collections.abc import Callable

import pytest
from sqlmodel import select

import tasks.read_mail
import tasks.record_reply
from models.attendance import AttendanceReport, AttendanceSource
from models.database import reading
from models.inbound import InboundMessage, MailVerdict
from models.question import QuestionState
from rules.replies import ReplyContext, Verdict, read_reply
from tests.tasks.mailing import (
    EVENING,
    OUR_SERVER,
    filed,
    letter_to,
    mail,
    numbers,
    post,
    read,
    report,
    reports,
)
from tests.tasks.office import BRIEF, COLLECT, SECOND_LOOK, TELL, TestOffice, at, plain, utc

NOBODY = "<sac.aaaaaaaaaaaaaaaa@augstskola.example>"


@pytest.fixture
def told(office: TestOffice) -> TestOffice:
    """The day has been held, lecturers have their letters, and nobody has answered."""
    office.sandbox.order_lecturers(answer=False)
    office.run_until(BRIEF)
    office.answer("yes", kind="meeting_held")
    office.run_until(SECOND_LOOK)
    office.now = COLLECT
    return office


def kept(office: TestOffice) -> dict[str, InboundMessage]:
    with reading(office.engine) as session:
        return {row.key: row for row in session.exec(select(InboundMessage))}


def test_a_clear_answer_is_recorded_with_where_it_comes_from(told: TestOffice) -> None:
    raw = mail("Labdien! Bija 2 studenti.", letter_to(told, "janis"), Message_ID="<1@a.example>")
    post(told, raw)

    assert read(told, at("12-05 21:00")) == {"counts": 1}

    row = reports(told)["FIZ"]
    assert plain(row, "count", "source", "reported_by", "message_key", "is_late") == (
        2,
        AttendanceSource.REPLY,
        "janis",
        "<1@a.example>",
        False,
    )
    assert "2 studenti" in row.words
    # It came when our server took it, not when we looked.
    assert row.received_at == utc(EVENING)
    assert kept(told)["<1@a.example>"].raw == raw
    assert filed(told) == {"SAC-skaits": 1}
    assert ("reply: counts", "Jānis Kalniņš") in told.journal()


def test_a_second_reading_finds_nothing_to_do(told: TestOffice) -> None:
    post(told, mail("2", letter_to(told, "janis")), mail("Paldies!", letter_to(told, "mary")))
    read(told)
    before = (told.rows(), filed(told))

    assert read(told) == {}
    assert (told.rows(), filed(told)) == before


def test_killed_between_recording_and_filing_a_mail_counts_once(
    told: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    post(told, mail("2", letter_to(told, "janis")), mail("Kaut kas", letter_to(told, "mary")))
    with monkeypatch.context() as patched:
        patched.setattr(tasks.read_mail, "_file", killed)
        with pytest.raises(KeyboardInterrupt):
            read(told)
    assert filed(told) == {"INBOX": 2}

    assert read(told) == {"review": 1}

    assert filed(told) == {"SAC-skaits": 1, "SAC-jautajumi": 1}
    assert (numbers(told), told.rows()["attendance_report"]) == ({"FIZ": 2}, 1)


def test_reading_is_the_same_on_postgresql(any_office: TestOffice) -> None:
    office = any_office
    office.sandbox.order_lecturers(answer=False)
    office.run_until(TELL)
    janis, mary = letter_to(office, "janis"), letter_to(office, "mary")
    post(
        office,
        mail("Reklāma", From="kads@cits.example"),
        mail("2", janis),
        mail("Ap 3", mary),
        mail("Paldies!", mary),
        report(letter_to(office, "anna")),
    )

    assert read(office) == {"not_ours": 1, "counts": 1, "review": 1, "ignore": 1, "bounce": 1}
    assert read(office) == {}
    assert numbers(office) == {"FIZ": 2}
    assert sorted(question.kind.value for question in office.questions()) == [
        "refused_address",
        "unclear_reply",
    ]


def test_what_is_not_certainly_an_answer_goes_to_a_person(told: TestOffice) -> None:
    """Each mail says a number that would be recorded if the check were not there."""
    anna, janis, mary = (letter_to(told, name) for name in ("anna", "janis", "mary"))
    foreign = "mx.elsewhere.example; dmarc=pass header.from=augstskola.example"
    failed = f"{OUR_SERVER}; dmarc=fail header.from=augstskola.example"
    forged_address = "sac+aaaaaaaaaaaaaaaa@augstskola.example"
    post(
        told,
        mail("2", janis, Message_ID="<forged>", In_Reply_To=NOBODY),
        mail("2", janis, Message_ID="<plus>", In_Reply_To="", To=forged_address),
        mail("2", janis, Message_ID="<both>", References=f"{NOBODY} {janis.message_id}"),
        mail("2", janis, Message_ID="<colleague>", From="liga@augstskola.example"),
        mail("2", janis, Message_ID="<private>", From="janis.kalnins@mail.example"),
        mail("2", janis, Message_ID="<fresh>", In_Reply_To=""),
        mail("2", janis, Message_ID="<failed>", Authentication_Results=failed),
        mail("2", janis, Message_ID="<foreign>", Authentication_Results=foreign),
        mail("2", janis, Message_ID="<none>", Authentication_Results=""),
        mail("2", janis, Message_ID="<two>", References=f"{janis.message_id} {mary.message_id}"),
        mail("2 un 3", anna, Message_ID="<sure>"),
    )

    assert read(told) == {"review": 10, "counts": 1}

    assert numbers(told) == {"MAT": 2, "STA": 3}
    why = {key: row.why for key, row in kept(told).items() if row.verdict is MailVerdict.REVIEW}
    other = "other_thread: Not a reply to this lecturer's reminder"
    stranger = "unknown_sender: The sender's address is not known"
    unproven = "not_authentic: The sender could not be authenticated"
    assert why == {
        "<forged>": f"{other}; forged_mark",
        "<plus>": f"{other}; forged_mark",
        "<both>": f"{other}; forged_mark",
        "<colleague>": stranger,
        "<private>": stranger,
        "<fresh>": other,
        "<failed>": unproven,
        "<foreign>": unproven,
        "<none>": unproven,
        "<two>": f"{other}; several_letters",
    }
    assert {(question.guess, question.role) for question in told.questions()} == {
        ("2", "coordinator")
    }
    assert filed(told) == {"SAC-skaits": 1, "SAC-jautajumi": 10}


def test_the_question_shows_the_mail_and_how_to_answer(told: TestOffice) -> None:
    anna = letter_to(told, "anna")
    quoted = "\n".join(f"> {line}" for line in told.text("anna").splitlines())
    post(told, mail(f"Pirmajā 3, otrajā laikam kādi 2?\n\n{quoted}", anna, Message_ID="<question>"))

    assert read(told) == {"review": 1}

    (question,) = told.questions()
    assert question.text == (
        "Mācībspēka Anna Bērziņa atbilde jāizlasa cilvēkam: "
        + question.text.partition("cilvēkam: ")[2].partition("\n")[0]
        + "\nVēstule: “Pirmajā 3, otrajā laikam kādi 2?”\n"
        "Norādiet apmeklētāju skaitu šādā secībā: Matemātika 09:00; Statistika 12:45. "
        "Piemēram, “12;-”: “-” nodarbību atstāj bez skaita, “skip” neieraksta neko."
    )
    assert question.facts["classes"] == [told.id_of("MAT"), told.id_of("STA")]
    told.answer("3;-", by="inga")
    assert numbers(told) == {"MAT": 3}
    assert plain(reports(told)["MAT"], "source", "reported_by", "message_key") == (
        AttendanceSource.STAFF,
        "Inga Krūmiņa",
        "<question>",
    )


def test_mail_of_others_stays_where_it_is_and_is_not_kept(told: TestOffice) -> None:
    post(
        told,
        mail("24 studenti", From="kads@cits.example", Message_ID="<stranger>"),
        # Before the day comes, what a known lecturer writes afresh is for the office.
        mail("Es nevarēšu", From="mary@augstskola.example", Message_ID="<early>"),
    )

    assert read(told, at("12-04 12:00")) == {"not_ours": 2}

    assert filed(told) == {"INBOX": 2}
    assert [kept(told)[key].raw for key in ("<stranger>", "<early>")] == [b"", b""]
    post(told, mail("3", letter_to(told, "mary")))
    assert (read(told), filed(told)["INBOX"]) == ({"counts": 1}, 2)


def test_a_flood_of_other_mail_blocks_nothing(
    told: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks.read_mail, "_MOST", 4)
    post(told, *(mail(f"Reklāma {n}", From="kads@cits.example") for n in range(9)))
    post(told, mail("2", letter_to(told, "janis")))

    assert [read(told) for _ in range(4)] == [
        {"not_ours": 4},
        {"not_ours": 4},
        {"not_ours": 1, "counts": 1},
        {},
    ]
    assert numbers(told) == {"FIZ": 2}


def failing_on(word: bytes) -> Callable[[bytes, ReplyContext], Verdict]:
    """The reader with a mistake in it."""

    def read_or_fail(raw: bytes, known: ReplyContext) -> Verdict:
        if word in raw:
            raise ZeroDivisionError
        return read_reply(raw, known)

    return read_or_fail


def test_a_mail_that_makes_the_reader_fail_is_for_a_person(
    told: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks.record_reply, "read_reply", failing_on(b"liga@"))
    post(
        told,
        mail("2", letter_to(told, "liga"), Message_ID="<bad>"),
        mail("2", letter_to(told, "janis"), Message_ID="<good>"),
    )

    assert (read(told), read(told)) == ({"review": 1, "counts": 1}, {})

    assert kept(told)["<bad>"].why == "unreadable: The message cannot be read (ZeroDivisionError)"
    assert (numbers(told), len(told.questions())) == ({"FIZ": 2}, 1)


def test_a_mail_that_cannot_be_opened_is_for_a_person(
    told: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_raw: bytes) -> None:
        raise RecursionError

    monkeypatch.setattr("tasks.incoming_mail.read_bounce", fails)
    post(told, mail("2", letter_to(told, "janis"), Message_ID="<bad>"))

    assert (read(told), read(told)) == ({"review": 1}, {})

    (question,) = told.questions()
    assert (question.day, question.choices) == (None, ["skip"])
    assert "nevar atvērt (RecursionError)" in question.text
    assert filed(told) == {"SAC-jautajumi": 1}
    told.answer("skip", by="inga")
    assert numbers(told) == {}


def test_one_mail_that_comes_twice_counts_once_and_another_of_its_name_counts_too(
    told: TestOffice,
) -> None:
    janis, mary = letter_to(told, "janis"), letter_to(told, "mary")
    first = mail("2", janis, Message_ID="<same>")
    post(told, first, b"Delivered-To: sac+x@augstskola.example\r\n" + first)
    post(told, mail("3", mary, Message_ID="<same>"))

    assert read(told) == {"counts": 2}

    assert numbers(told) == {"FIZ": 2, "ENG": 3}
    assert filed(told) == {"SAC-skaits": 3}
    post(told, mail("3", mary, Message_ID="<same>"), mail("2", janis, Message_ID=""))
    assert (read(told), len(kept(told))) == ({"counts": 1}, 3)


def test_a_colleagues_different_number_is_a_question(told: TestOffice) -> None:
    peteris, liga = letter_to(told, "peteris"), letter_to(told, "liga")
    post(told, mail("Bioloģija 3, tiesību pamati 2", peteris))
    assert read(told) == {"counts": 1}
    post(told, mail("Kļūda, labojums: bija 1 students", liga, Message_ID="<other>"))

    assert read(told) == {"review": 1}

    assert numbers(told) == {"BIO": 3, "LAW": 2}
    assert kept(told)["<other>"].why.endswith("; other_colleague")
    (question,) = told.questions()
    assert (question.guess, question.facts["labels"]) == ("1", ["Bioloģija 09:00"])


def test_a_corrected_number_replaces_the_writers_own(told: TestOffice) -> None:
    janis = letter_to(told, "janis")
    post(told, mail("2", janis), mail("Labojums: bija 3 studenti", janis))

    assert read(told) == {"counts": 2}

    assert numbers(told) == {"FIZ": 3}
    with reading(told.engine) as session:
        rows = session.exec(select(AttendanceReport).order_by(AttendanceReport.id)).all()
    assert [(row.count, row.is_replaced) for row in rows] == [(2, True), (3, False)]


def test_a_clear_answer_settles_the_unclear_one_before_it(told: TestOffice) -> None:
    anna = letter_to(told, "anna")
    post(
        told, mail("Pirmajā ap 3, otro neatceros", anna), mail("Kaut kas", letter_to(told, "mary"))
    )
    read(told)
    assert len(told.questions()) == 2

    post(told, mail("3 un 2", anna))
    assert read(told) == {"counts": 1}

    (left,) = told.questions()
    (settled,) = told.questions(QuestionState.WITHDRAWN)
    assert (left.facts["lecturer"], settled.facts["lecturer"]) == ("mary", "anna")
