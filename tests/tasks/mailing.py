"""Mail for the office's mailbox as people and servers write it, and what became of it."""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from imap_tools import BaseMailBox, MailBoxUnencrypted

from models.attendance import AttendanceReport, counts
from models.database import reading
from models.letter import Letter, LetterKind
from tasks.day_plan import read_plan
from tasks.read_mail import FOLDERS, read_mail
from tests.tasks.office import TestOffice, at
from tests.tasks.small_semester import DAY, OFFICE

OUR_SERVER = "mx.sandbox.example"
EVENING = at("12-05 19:00")
PASS = f"{OUR_SERVER}; spf=pass; dmarc=pass header.from=augstskola.example"


def letter_to(office: TestOffice, person: str, kind: str = LetterKind.LECTURER) -> Letter:
    """The newest letter of that kind to a person."""
    found = [
        letter for letter in office.letters() if (letter.person, letter.kind) == (person, kind)
    ]
    return found[-1]


def mail(
    text: str,
    answers: Letter | str = "",
    when: datetime = EVENING,
    **headers: str,
) -> bytes:
    """A mail as our server delivers it; by default from the letter's reader, in answer to it."""
    message = EmailMessage(policy=SMTP)
    letter = answers if isinstance(answers, Letter) else None
    values = {
        "Return_Path": "<x@augstskola.example>",
        "Received": f"from x by {OUR_SERVER}; {format_datetime(when)}",
        "Authentication_Results": PASS,
        "From": letter.email if letter else "",
        "To": OFFICE,
        "Subject": "Re: Atgādinājums",
        "Date": format_datetime(when),
        "Message_ID": f"<{abs(hash((text, when, *headers.values())))}@augstskola.example>",
        "In_Reply_To": letter.message_id if letter else str(answers),
        **headers,
    }
    for name, value in values.items():
        if value:
            message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def report(
    letter: Letter, action: str = "failed", *, recipient: str = "", original: str | None = None
) -> bytes:
    """A server's delivery report (RFC 3464); by default it quotes the letter's headers."""
    quoted = letter.message_id if original is None else original
    code = "450 4.4.1 no answer" if action == "delayed" else "550 5.1.1 User unknown"
    headers = f"Content-Type: text/rfc822-headers\n\nMessage-ID: {quoted}\nSubject: 23\n\n--b\n"
    return f"""\
Return-Path: <>
Received: from x by {OUR_SERVER}; {format_datetime(EVENING)}
Authentication-Results: {PASS}
From: MAILER-DAEMON@mx.augstskola.example
To: {OFFICE}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{abs(hash((letter.key, action, recipient, original)))}@mx.augstskola.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

24 students. The letter to {recipient or letter.email} came back: {code}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.augstskola.example

Final-Recipient: rfc822; {recipient or letter.email}
Action: {action}
Status: {code.split()[1]}
Diagnostic-Code: smtp; {code}

--b
{headers if quoted else ""}""".replace("\n", "\r\n").encode()


def inbox(office: TestOffice) -> BaseMailBox:
    """A connection of the office's own mail program."""
    imap = office.services.settings.imap
    box = MailBoxUnencrypted(imap.host, imap.port)
    return box.login(imap.username, imap.password.get_secret_value())


def post(office: TestOffice, *raws: bytes) -> None:
    """Puts mails into the office's INBOX."""
    with inbox(office) as box:
        for raw in raws:
            box.append(raw, "INBOX")


def read(office: TestOffice, when: datetime = EVENING) -> Mapping[str, int]:
    """One reading of the mailbox; counts by verdict, those of nothing left out."""
    office.now = when
    return {name: count for name, count in read_mail(office.context()).items() if count}


def filed(office: TestOffice) -> dict[str, int]:
    """How many mails lie in each folder that we read from or file into."""
    with inbox(office) as box:
        names = ["INBOX", *(name for name in FOLDERS.values() if box.folder.exists(name))]
        found = {name: box.folder.status(name, ["MESSAGES"])["MESSAGES"] for name in names}
    return {name: count for name, count in found.items() if count}


def reports(office: TestOffice) -> dict[str, AttendanceReport]:
    """The number that counts, by course."""
    plan = read_plan(office.services, DAY)
    codes = {planned.id: planned.facts.course_code for planned in plan.classes}
    with reading(office.engine) as session:
        return {codes[key]: row for key, row in counts(session, codes).items()}


def numbers(office: TestOffice) -> dict[str, int]:
    return {code: row.count for code, row in reports(office).items()}
