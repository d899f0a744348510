"""Delivery reports of several servers, and what only looks like one."""

from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from rules.bounces import Bounce, Fate, read_bounce

OURS = "<sac.abcdefghij234567@augstskola.example>"


def report(action: str, status: str, diagnostic: str, original: str = "") -> bytes:
    """A report as Postfix makes them (RFC 3464)."""
    headers = f"Content-Type: text/rfc822-headers\n\nMessage-ID: {original}\nSubject: 23\n\n--b\n"
    return f"""\
From: MAILER-DAEMON@mx.lektori.example (Mail Delivery System)
To: sac@augstskola.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

This is the mail system.
<daina@lektori.example>: {diagnostic}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.lektori.example

Original-Recipient: rfc822;Daina@lektori.example
Final-Recipient: rfc822; dainav@mail.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--b
{headers if original else ""}""".encode()


def plain(text: str, **headers: str) -> bytes:
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def read(raw: bytes) -> Bounce:
    bounce = read_bounce(raw)
    assert bounce is not None
    return bounce


def test_a_report_with_the_letters_headers() -> None:
    bounce = read(report("failed", "5.1.1", "550 5.1.1 User unknown", OURS))

    assert (bounce.fate, bounce.recipients, bounce.message_ids, bounce.diagnostic) == (
        Fate.FAILED,
        ("daina@lektori.example", "dainav@mail.example"),
        (OURS,),
        "550 5.1.1 User unknown",
    )


@pytest.mark.parametrize(
    ("action", "status", "fate"),
    [
        ("delayed", "4.4.1", Fate.DELAYED),
        ("failed", "4.2.2", Fate.FAILED),  # given up: the code is that of the last attempt
        ("delivered", "2.0.0", Fate.DELIVERED),
        ("relayed", "2.0.0", Fate.DELIVERED),
    ],
)
def test_the_action_decides(action: str, status: str, fate: Fate) -> None:
    assert read(report(action, status, "said the server")).fate is fate


def test_the_whole_letter_attached() -> None:
    letter = EmailMessage()
    letter["Message-ID"] = OURS
    letter.set_content("Labdien!")
    message = EmailMessage()
    message["From"] = "postmaster@lektori.example"
    message["Return-Path"] = "<>"
    message["X-Failed-Recipients"] = "daina@lektori.example"
    message.set_content("550 No such user")
    message.add_attachment(letter)

    bounce = read(message.as_bytes())

    assert (bounce.fate, bounce.recipients, bounce.message_ids) == (
        Fate.FAILED,
        ("daina@lektori.example",),
        (OURS,),
    )


def test_exchanges_plain_words() -> None:
    text = (
        "Delivery has failed to these recipients or groups:\n\nDaina Veide (Daina@lektori.example)\n"
        "The e-mail address you entered couldn't be found.\n\n"
        "Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'\n"
        "Subject: Atgādinājums\n"
    )
    bounce = read(plain(text, From="postmaster@lektori.example", Return_Path="<>"))

    assert bounce == Bounce(
        fate=Fate.FAILED,
        recipients=(),
        mentioned=("daina@lektori.example",),
        message_ids=(),
        diagnostic="Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'",
        text=bounce.text,
    )


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("451 4.4.1 no answer yet; will keep trying until Friday", Fate.DELAYED),
        ("Delivery is delayed.", Fate.DELAYED),
        ("Piegāde aizkavēta", Fate.DELAYED),
        ("4.4.1, then 550 5.4.1", Fate.FAILED),
        ("Sorry, it did not work out.", Fate.FAILED),
    ],
)
def test_codes_and_words_of_a_report_without_fields(text: str, fate: Fate) -> None:
    assert read(plain(text, From="MAILER-DAEMON@lektori.example")).fate is fate


@pytest.mark.parametrize(
    "headers",
    [
        {
            "Subject": "Undeliverable: Atgādinājums",
            "Return_Path": "<>",
            "From": "x@lektori.example",
        },
        {"Subject": "Nepiegādāta vēstule", "Return_Path": "<>", "From": "x@lektori.example"},
        {"X_Failed_Recipients": "a@b.example", "From": "x@lektori.example"},
    ],
)
def test_told_by_its_headers(headers: dict[str, str]) -> None:
    assert read(plain("550 24", **headers)).fate is Fate.FAILED


@pytest.mark.parametrize(
    "headers",
    [
        # An absence notice has an empty return path as well, and a lecturer may write of bounces.
        {"Subject": "Automātiska atbilde", "Return_Path": "<>", "Auto_Submitted": "auto-replied"},
        {"Subject": "Undeliverable: Atgādinājums", "Return_Path": "<daina@lektori.example>"},
        {"Subject": "Re: Atgādinājums"},
    ],
)
def test_no_report(headers: dict[str, str]) -> None:
    raw = plain("550 5.1.1 un 24 studenti", **{"From": "daina@lektori.example", **headers})

    assert read_bounce(raw) is None


def test_a_read_receipt_is_no_report() -> None:
    message = MIMEMultipart("report", report_type="disposition-notification")
    message["From"] = "postmaster@lektori.example"
    message.attach(MIMEText("550 was read"))

    assert read_bounce(message.as_bytes()) is None


def test_hostile_reports_end_soon() -> None:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(200)
    )
    long = plain("a@" * 200_000 + "5.1.1", From="mailer-daemon@x.example")

    assert read_bounce(b"From: mailer-daemon@x.example\r\n" + deep) is None
    assert read(long).message_ids == ()


def test_an_encoded_or_broken_subject() -> None:
    encoded = plain("550", Subject="Nepiegādāta: vēstule", Return_Path="<>", From="x@a.example")
    broken = b"From: x@a.example\r\nReturn-Path: <>\r\nSubject: =?nix?q?Undeliver?=\r\n\r\n550"

    assert b"=?utf-8?" in encoded
    assert (read(encoded).fate, read_bounce(broken)) == (Fate.FAILED, None)
