"""Simulated lecturers, from the letter that they get to the reply in the office's mailbox."""

import asyncio
import email
import email.policy
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import aiosmtplib
import pytest

from deployments.sandbox.lecturers.habits import Habit, habits
from deployments.sandbox.lecturers.reading import read
from deployments.sandbox.mail.border import Accepted
from deployments.sandbox.seed import Lecturer
from deployments.sandbox.testing import RunningSandbox

OFFICE = "sac@augstskola.example"
REPLY_TO = "sac+r.tok3n@augstskola.example"
ANNA = "anna@augstskola.example"
MARY = "mary@augstskola.example"
SENT = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
FIRST = datetime(2026, 12, 5, 7, 0, tzinfo=UTC)  # 09:00 in Riga
SECOND = datetime(2026, 12, 5, 10, 45, tzinfo=UTC)
EVENING = datetime(2026, 12, 5, 20, 0, tzinfo=UTC)
MONDAY = datetime(2026, 12, 7, 7, 0, tzinfo=UTC)
GROUPS = {"DT-1": 30, "DT-2": 20}
LECTURERS = [
    {"email": ANNA, "name": "Anna Bērziņa", "language": "lv"},
    {"email": MARY, "name": "Mary Sample", "language": "en"},
]
Starter = Callable[..., RunningSandbox]

LATVIAN = """Labdien, Anna Bērziņa!

Atgādinām par studiju dienu.

1. nodarbība 09:00–12:00
Ievads studijās
Grupas: DT-1
Meeting ID: 810 0000 0001
Apmeklētāju skaits: ____

2. nodarbība 12:45–15:45
Statistika
Grupas: DT-2
Meeting ID: 810 0000 0002
Apmeklētāju skaits: ____

Ar cieņu
SAC
"""
ENGLISH = """Dear Mary Sample,

1st class 09:00–12:00
Statistics
Groups: DT-2
Meeting ID: 810 0000 0002
Number of attendees: ____
"""


def calendar(starts: Sequence[datetime], method: str = "REQUEST") -> str:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:class-{start:%H%M}@x\r\nDTSTAMP:20261201T070000Z\r\n"
        f"DTSTART:{start:%Y%m%dT%H%M%SZ}\r\n"
        f"DTEND:{start + timedelta(hours=3):%Y%m%dT%H%M%SZ}\r\nSUMMARY:Nodarbība\r\n"
        f"LOCATION:https://us06web.zoom.us/j/8100000000{number}?pwd=x\r\nEND:VEVENT\r\n"
        for number, start in enumerate(starts, start=1)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:{method}\r\n{events}END:VCALENDAR\r\n"


def letter(
    to: str = ANNA, text: str = LATVIAN, ics: str | None = None, identity: str = "rem@x"
) -> EmailMessage:
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"] = f"Studiju atbalsta centrs <{OFFICE}>"
    message["To"] = to
    message["Reply-To"] = REPLY_TO
    message["Subject"] = "Atgādinājums: studiju diena 05.12.2026."
    message["Message-ID"] = f"<{identity}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    if ics is not None:
        message.add_attachment(ics.encode(), maintype="text", subtype="calendar", filename="a.ics")
    return message


def send(sandbox: RunningSandbox, *messages: EmailMessage) -> None:
    async def talk() -> None:
        async with aiosmtplib.SMTP(
            hostname="127.0.0.1", port=int(sandbox.env["SAC_SMTP__PORT"]), start_tls=False
        ) as client:
            for message in messages:
                await client.sendmail(OFFICE, [str(message["To"])], message.as_bytes())

    asyncio.run(talk())


def replies(sandbox: RunningSandbox, to: str = REPLY_TO) -> list[EmailMessage]:
    return [
        email.message_from_bytes(raw, policy=email.policy.default) for raw in sandbox.letters(to)
    ]


def words(message: EmailMessage) -> str:
    return "\n".join(str(message.get_content()).splitlines())


@pytest.fixture
def start(start_sandbox: Starter) -> Starter:
    def begin(**seed: object) -> RunningSandbox:
        return start_sandbox(
            **{
                "clock": SENT.isoformat(),
                "lecturers": LECTURERS,
                "groups": GROUPS,
                "office": OFFICE,
                **seed,
            }
        )

    return begin


def with_habit(start: Starter, habit: str) -> RunningSandbox:
    return start(lecturers=[{**lecturer, "habit": habit} for lecturer in LECTURERS])


def test_form_is_filled_in_inside_the_quoted_letter(start: Starter) -> None:
    sandbox = with_habit(start, "form")
    send(sandbox, letter(ics=calendar([FIRST, SECOND])))

    sandbox.move_clock(FIRST + timedelta(hours=3, minutes=30))
    in_between = replies(sandbox)
    answered = sandbox.move_clock(EVENING)
    [reply] = replies(sandbox)

    assert (in_between, answered) == ([], 1)
    filled = [line.rpartition(": ")[2] for line in words(reply).splitlines() if "skaits" in line]
    numbers = [int(number) for number in filled]
    assert (18 <= numbers[0] <= 30, 12 <= numbers[1] <= 20) == (True, True)
    assert "____" not in words(reply)


def test_reply_is_one_of_a_mail_program(start: Starter) -> None:
    sandbox = with_habit(start, "number")
    send(sandbox, letter(ics=calendar([FIRST])))
    sandbox.move_clock(EVENING)

    [reply] = replies(sandbox)

    assert {
        name: reply[name] for name in ("From", "To", "Subject", "In-Reply-To", "References")
    } == {
        "From": f"Anna Bērziņa <{ANNA}>",
        "To": REPLY_TO,
        "Subject": "Re: Atgādinājums: studiju diena 05.12.2026.",
        "In-Reply-To": "<rem@x>",
        "References": "<rem@x>",
    }
    sent = datetime.strptime(reply["Date"], "%a, %d %b %Y %H:%M:%S %z")
    assert FIRST + timedelta(hours=3) < sent < FIRST + timedelta(hours=6, minutes=1)
    assert sandbox.state()["mailbox"]["INBOX"] == 1


def test_one_plain_number(start: Starter) -> None:
    sandbox = with_habit(start, "number")
    send(sandbox, letter(to=MARY, text=ENGLISH, ics=calendar([FIRST])))
    sandbox.move_clock(EVENING)

    [reply] = replies(sandbox)

    assert words(reply).splitlines()[0].isdecimal()


@pytest.mark.parametrize(
    ("to", "text", "line"),
    [
        (ANNA, LATVIAN, r"Labdien! Piedalījās \d+ student(i|s)\."),
        (MARY, ENGLISH, r"Hello, \d+ students attended\."),
    ],
)
def test_one_sentence(start: Starter, to: str, text: str, line: str) -> None:
    sandbox = with_habit(start, "sentence")
    send(sandbox, letter(to=to, text=text, ics=calendar([FIRST])))
    sandbox.move_clock(EVENING)

    [reply] = replies(sandbox)

    assert re.fullmatch(line, words(reply).splitlines()[0])


def test_several_classes_are_named_by_their_start(start: Starter) -> None:
    sandbox = with_habit(start, "number")
    send(sandbox, letter(ics=calendar([FIRST, SECOND])))
    sandbox.move_clock(EVENING)

    [reply] = replies(sandbox)

    starts = [line.split(" piedalījās ")[0] for line in words(reply).splitlines()[1:3]]
    assert starts == ["Plkst. 9:00", "Plkst. 12:45"]


def test_class_without_a_line_to_fill_is_not_counted(start: Starter) -> None:
    sandbox = with_habit(start, "number")
    third = SECOND + timedelta(hours=5, minutes=15)
    on_site = "3. nodarbība 18:00–21:00\nNorise: klātienē\n\n2. nodarbība 12:45"
    text = LATVIAN.replace("2. nodarbība 12:45", on_site)
    send(sandbox, letter(text=text, ics=calendar([FIRST, SECOND, third])))
    before = sandbox.move_clock(third + timedelta(hours=3))
    sandbox.move_clock(MONDAY)

    [reply] = replies(sandbox)

    answered = [line.split(" piedalījās ")[0] for line in words(reply).splitlines()[1:4]]
    assert (before, answered) == (0, ["Plkst. 9:00", "Plkst. 12:45", ""])


def test_sender_whose_name_holds_a_comma_gets_the_answer(start: Starter) -> None:
    sandbox = with_habit(start, "number")
    message = letter(ics=calendar([FIRST]))
    del message["Reply-To"]
    message.replace_header("From", f'"Ģertrūde Čākste, SAC vadītāja" <{OFFICE}>')
    send(sandbox, message)
    sandbox.move_clock(EVENING)

    [reply] = replies(sandbox, OFFICE)

    assert reply["To"] == OFFICE


def test_unclear_at_first_and_precise_when_asked(start: Starter) -> None:
    sandbox = with_habit(start, "unclear")
    send(sandbox, letter(ics=calendar([FIRST])))
    sandbox.move_clock(EVENING)
    [unclear] = replies(sandbox)
    sandbox.move_clock(MONDAY)
    send(sandbox, letter(identity="req@x"))

    sandbox.move_clock(MONDAY + timedelta(hours=4))
    [_, precise] = replies(sandbox)

    assert words(unclear).startswith("Labdien! Bija ap ")
    assert precise["In-Reply-To"] == "<req@x>"
    assert "Apmeklētāju skaits: _" not in words(precise)


def test_letter_that_repeats_a_class_in_words_does_not_double_it(start: Starter) -> None:
    sandbox = with_habit(start, "number")
    only_first = LATVIAN.partition("2. nodarbība")[0]
    send(sandbox, letter(text=only_first, ics=calendar([FIRST])))
    send(sandbox, letter(text=only_first, identity="change@x"))
    sandbox.move_clock(EVENING)

    [reply] = replies(sandbox)

    assert words(reply).splitlines()[0].isdecimal()  # one number, so one class


def test_silent_until_reminded(start: Starter) -> None:
    sandbox = with_habit(start, "when_reminded")
    send(sandbox, letter(ics=calendar([FIRST])))
    sandbox.move_clock(MONDAY)
    silent = replies(sandbox)
    send(sandbox, letter(identity="req@x"))

    sandbox.move_clock(MONDAY + timedelta(hours=4))

    assert silent == []
    assert [reply["In-Reply-To"] for reply in replies(sandbox)] == ["<req@x>"]


def test_out_of_office_answers_at_once_and_never_with_a_number(start: Starter) -> None:
    sandbox = with_habit(start, "out_of_office")
    send(sandbox, letter(ics=calendar([FIRST])), letter(identity="again@x"))
    [reply] = replies(sandbox)

    assert sandbox.move_clock(EVENING) == 0
    assert (reply["Auto-Submitted"], reply["In-Reply-To"]) == ("auto-replied", "<rem@x>")
    assert not any(sign.isdecimal() for sign in words(reply))


def test_cancelled_class_is_not_counted(start: Starter) -> None:
    sandbox = with_habit(start, "number")
    send(
        sandbox,
        letter(ics=calendar([FIRST, SECOND])),
        letter(text="Atcelta.", ics=calendar([FIRST, SECOND][:1], "CANCEL"), identity="can@x"),
    )
    sandbox.move_clock(EVENING)

    [reply] = replies(sandbox)

    assert words(reply).splitlines()[0].isdecimal()  # one class is left, so one number
    assert reply["In-Reply-To"] == "<rem@x>"


def test_cancelled_day_is_not_answered(start: Starter) -> None:
    sandbox = with_habit(start, "form")
    send(
        sandbox,
        letter(ics=calendar([FIRST])),
        letter(text="Atcelta.", ics=calendar([FIRST], "CANCEL"), identity="can@x"),
    )

    assert sandbox.move_clock(EVENING) == 0


def test_letter_without_a_calendar_is_understood_from_its_text(start: Starter) -> None:
    sandbox = with_habit(start, "form")
    send(sandbox, letter())

    assert [sandbox.move_clock(SECOND), sandbox.move_clock(EVENING)] == [0, 1]


def test_broken_calendar_spoils_nothing(start: Starter) -> None:
    sandbox = with_habit(start, "form")
    send(sandbox, letter(ics="BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"))

    assert sandbox.move_clock(EVENING) == 1


def test_nobody_answers_twice_or_for_others(start: Starter) -> None:
    sandbox = with_habit(start, "form")
    send(sandbox, letter(ics=calendar([FIRST])), letter(to="student@x.example"))

    answered = [sandbox.move_clock(EVENING), sandbox.move_clock(MONDAY)]
    send(sandbox, letter(identity="req@x"))

    assert [*answered, sandbox.move_clock(MONDAY + timedelta(hours=9))] == [1, 0, 0]


def test_lecturers_can_be_silenced(start: Starter) -> None:
    sandbox = with_habit(start, "form")
    sandbox.order_lecturers(answer=False)
    send(sandbox, letter(ics=calendar([FIRST])))
    silent = sandbox.move_clock(EVENING)
    sandbox.order_lecturers(habits={MARY: "silent"})

    assert (silent, sandbox.move_clock(MONDAY)) == (0, 1)
    assert sandbox.state()["lecturers"] == {ANNA: "form", MARY: "silent"}


def test_faults_meant_for_the_office_spare_the_replies(start: Starter) -> None:
    sandbox = with_habit(start, "form")
    send(sandbox, letter(ics=calendar([FIRST])))
    sandbox.fault("smtp", "smtp_5xx", times=None)

    assert sandbox.move_clock(EVENING) == 1
    assert [r["method"] for r in sandbox.requests()] == ["DATA"]  # only the office's own letter


def test_lecturers_count_the_people_that_zoom_reports(start: Starter) -> None:
    sandbox = with_habit(start, "number")
    http, env = sandbox.http, sandbox.env
    token = http.post(
        env["SAC_ZOOM__OAUTH_URL"],
        data={"grant_type": "account_credentials", "account_id": env["SAC_ZOOM__ACCOUNT_ID"]},
        auth=(env["SAC_ZOOM__CLIENT_ID"], env["SAC_ZOOM__CLIENT_SECRET"]),
        timeout=10,
    ).json()["access_token"]
    made = http.post(
        f"{env['SAC_ZOOM__BASE_URL']}/users/zoom01@augstskola.example/meetings",
        json={"topic": "Ievads", "start_time": f"{FIRST:%Y-%m-%dT%H:%M:%SZ}", "duration": 180},
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    ).json()
    ics = calendar([FIRST]).replace("81000000001", str(made["id"]))
    send(sandbox, letter(text=LATVIAN.partition("2. nodarbība")[0], ics=ics))
    sandbox.move_clock(EVENING)

    [reply] = replies(sandbox)
    [meeting] = sandbox.state()["zoom"]["meetings"]

    assert words(reply).splitlines()[0] == str(meeting["people"])
    assert 18 <= meeting["people"] <= 30


def test_habits_are_spread_and_one_is_away() -> None:
    people = [Lecturer(f"l{number}@x.example", "X") for number in range(200)]

    found = list(habits(people, random=1).values())
    counts = {habit: found.count(habit) for habit in Habit}

    assert counts[Habit.OUT_OF_OFFICE] == 1
    assert counts[Habit.SILENT] == 0
    assert counts[Habit.FORM] > counts[Habit.NUMBER] > counts[Habit.UNCLEAR] > 0
    assert counts[Habit.WHEN_REMINDED] > 0
    assert list(habits(people, random=1).values()) == found


@pytest.mark.parametrize("language", ["lv", "en"])
def test_mail_programs_quote_in_their_own_ways(start: Starter, language: str) -> None:
    people = [f"l{number}@x.example" for number in range(12)]
    sandbox = start(
        lecturers=[
            {"email": address, "name": "X", "language": language, "habit": "number"}
            for address in people
        ]
    )
    send(sandbox, *(letter(to=address, ics=calendar([FIRST])) for address in people))
    sandbox.move_clock(EVENING)

    quotations = {words(reply).split("\n\n")[1] for reply in replies(sandbox)}

    assert {quotation.split()[0] for quotation in quotations} == (
        {"otrd.,", "Datumā", "No:"} if language == "lv" else {"On", "From:"}
    )


def test_reading_a_letter() -> None:
    raw = letter(ics=calendar([FIRST, SECOND])).as_bytes()

    found = read(Accepted(OFFICE, (ANNA,), raw, SENT))

    assert [(c.key, c.start, c.end, c.cancelled) for c in found.classes] == [
        ("81000000001", FIRST, FIRST + timedelta(hours=3), False),
        ("81000000002", SECOND, SECOND + timedelta(hours=3), False),
    ]
    assert [[s.tells(c) for c in found.classes] for s in found.sections] == [
        [True, False],
        [False, True],
    ]


@pytest.mark.parametrize(
    "day",
    [
        "2026-12-05",
        "05.12.2026.",
        "2026. gada 5. decembrī",
        "Saturday, 5 December 2026",
        "5 Dec 2026",
    ],
)
def test_reading_dates(day: str) -> None:
    message = letter(text=f"{day}\n\n9:00–12:00\nNumber of attendees: ____\n")
    message.replace_header("Subject", "Reminder")

    found = read(Accepted(OFFICE, (ANNA,), message.as_bytes(), SENT))

    assert [c.start for c in found.classes] == [FIRST]
