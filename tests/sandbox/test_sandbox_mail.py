"""SMTP, delivery and IMAP, each over its real protocol."""

import asyncio
from collections.abc import Iterator

import aiosmtplib
import pytest
from imap_tools import AND, H, MailBoxUnencrypted

from deployments.sandbox.testing import RunningSandbox

OFFICE = "sac@augstskola.example"


def letter(sender: str = OFFICE, *, identity: str = "a@x.example", extra: str = "") -> bytes:
    return (
        f"From: SAC <{sender}>\r\nTo: b@x.example\r\nSubject: Sveiki\r\n"
        f"Message-ID: <{identity}>\r\n{extra}\r\nTeksts.\r\n.dot\r\n"
    ).encode()


def send(sandbox: RunningSandbox, raw: bytes, *recipients: str, sender: str = OFFICE) -> None:
    async def talk() -> None:
        async with aiosmtplib.SMTP(
            hostname=sandbox.env["SAC_SMTP__HOST"],
            port=int(sandbox.env["SAC_SMTP__PORT"]),
            start_tls=False,
            timeout=10,
        ) as client:
            await client.sendmail(sender, list(recipients), raw)

    asyncio.run(talk())


def looked(mailbox: MailBoxUnencrypted) -> MailBoxUnencrypted:
    """The mailbox as it is now: an open session learns of new mail between commands only."""
    mailbox.client.noop()
    return mailbox


@pytest.fixture
def mailbox(sandbox: RunningSandbox) -> Iterator[MailBoxUnencrypted]:
    box = MailBoxUnencrypted(sandbox.env["SAC_IMAP__HOST"], int(sandbox.env["SAC_IMAP__PORT"]))
    yield box.login(sandbox.env["SAC_IMAP__USERNAME"], sandbox.env["SAC_IMAP__PASSWORD"])
    box.client.shutdown()


def test_letter_is_kept_byte_for_byte_for_each_recipient(sandbox: RunningSandbox) -> None:
    raw = letter()

    send(sandbox, raw, "One@x.example", "two@x.example")

    assert sandbox.letters("one@x.example") == [raw]
    assert sandbox.letters("two@x.example") == [raw]
    assert sandbox.letters("b@x.example") == []  # in To, but not an envelope recipient


def test_state_tells_letters_by_recipient_with_the_headers_machines_read(
    sandbox: RunningSandbox,
) -> None:
    raw = letter(extra="X-Kind: reminder\r\nAuto-Submitted: auto-generated\r\n")

    send(sandbox, raw, "one@x.example")

    assert sandbox.state()["letters"] == {
        "one@x.example": [
            {
                "from": f"SAC <{OFFICE}>",
                "to": "b@x.example",
                "subject": "Sveiki",
                "message_id": "<a@x.example>",
                "at": "2026-11-27T07:00:00Z",
                "size": len(raw),
                "headers": {"x-kind": "reminder", "auto-submitted": "auto-generated"},
            }
        ]
    }


def test_office_mail_lands_in_its_folders(
    sandbox: RunningSandbox, mailbox: MailBoxUnencrypted
) -> None:
    send(sandbox, letter(identity="1@x"), "l@x.example", "sac+sent@augstskola.example")
    send(sandbox, letter(identity="2@x"), "sac+r.token@augstskola.example")
    send(sandbox, letter(identity="3@x"), OFFICE)
    send(sandbox, letter(identity="4@x"), "sacred@augstskola.example", "sac@other.example")

    assert sandbox.state()["mailbox"] == {"INBOX": 2, "Sent": 1}
    assert [m.headers["message-id"][0] for m in looked(mailbox).fetch()] == ["<2@x>", "<3@x>"]
    mailbox.folder.set("Sent")
    assert mailbox.uids(AND(header=H("Message-ID", "<1@x>"))) != []
    assert mailbox.uids(AND(header=H("Message-ID", "<2@x>"))) == []


def test_border_server_says_whether_the_sender_is_genuine(
    sandbox: RunningSandbox, mailbox: MailBoxUnencrypted
) -> None:
    forged = "Authentication-Results: mx.sandbox.example;\r\n\tdmarc=pass header.from=x\r\n"
    foreign = "Authentication-Results: mx.elsewhere.example; dmarc=pass\r\n"
    send(sandbox, letter("l@x.example"), OFFICE, sender="l@x.example")
    send(sandbox, letter("l@x.example", extra=forged + foreign), OFFICE, sender="evil@y.example")

    verdicts = [message.headers["authentication-results"] for message in looked(mailbox).fetch()]

    ours = "mx.sandbox.example; spf=pass smtp.mailfrom="
    assert [[" ".join(v.split()) for v in found] for found in verdicts] == [
        [f"{ours}l@x.example; dmarc=pass header.from=x.example"],
        [
            f"{ours}evil@y.example; dmarc=fail header.from=x.example",
            "mx.elsewhere.example; dmarc=pass",
        ],
    ]


def test_mailbox_can_be_searched_moved_and_extended(
    sandbox: RunningSandbox, mailbox: MailBoxUnencrypted
) -> None:
    for number in range(3):
        send(sandbox, letter(identity=f"{number}@x"), OFFICE)

    mailbox.folder.create("Apstrādāts")
    mailbox.move(looked(mailbox).uids()[:2], "Apstrādāts")

    assert "MOVE" in mailbox.client.capabilities
    assert sandbox.state()["mailbox"] == {"INBOX": 1, "Sent": 0, "Apstrādāts": 2}


def test_idle_tells_of_new_mail(sandbox: RunningSandbox, mailbox: MailBoxUnencrypted) -> None:
    with mailbox.idle as idle:
        send(sandbox, letter(), OFFICE)
        told = idle.poll(timeout=10)

    assert b"1 EXISTS" in b"".join(told)
    assert len(mailbox.uids()) == 1


def test_wrong_password_is_refused(sandbox: RunningSandbox) -> None:
    box = MailBoxUnencrypted(sandbox.env["SAC_IMAP__HOST"], int(sandbox.env["SAC_IMAP__PORT"]))

    with pytest.raises(Exception, match=r"AUTHENTICATIONFAILED|Invalid"):
        box.login("sac", "guess")

    box.client.shutdown()


def test_thousands_of_copies_are_all_found_by_a_session_that_idled(
    sandbox: RunningSandbox, mailbox: MailBoxUnencrypted
) -> None:
    async def burst(count: int) -> None:
        async with aiosmtplib.SMTP(
            hostname="127.0.0.1", port=int(sandbox.env["SAC_SMTP__PORT"]), start_tls=False
        ) as client:
            for number in range(count):
                await client.sendmail(OFFICE, [OFFICE], letter(identity=f"{number}@x"))

    with mailbox.idle:
        asyncio.run(burst(400))

    assert len(mailbox.uids()) == 400


@pytest.mark.parametrize(("kind", "code"), [("smtp_4xx", 451), ("smtp_5xx", 550)])
def test_one_recipient_is_refused(sandbox: RunningSandbox, kind: str, code: int) -> None:
    sandbox.fault("smtp", kind, "bad@")

    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
        send(sandbox, letter(), "bad@x.example")
    send(sandbox, letter(), "good@x.example")
    send(sandbox, letter(), "bad@x.example")  # the fault is spent

    assert [r.code for r in refused.value.recipients] == [code]
    assert [(r["method"], r["path"], r["status"], r["write"]) for r in sandbox.requests()] == [
        ("RCPT", "bad@x.example", code, False),
        ("DATA", "good@x.example", 250, True),
        ("DATA", "bad@x.example", 250, True),
    ]


def test_disconnect_after_data_has_delivered(sandbox: RunningSandbox) -> None:
    sandbox.fault("smtp", "smtp_disconnect_after_data")

    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        send(sandbox, letter(), "one@x.example")

    assert sandbox.letters("one@x.example") == [letter()]
    assert [(r["status"], r["write"], r["fault"]) for r in sandbox.requests()] == [
        (None, True, "smtp_disconnect_after_data")
    ]


def test_disconnect_before_data_has_not(sandbox: RunningSandbox) -> None:
    sandbox.fault("smtp", "smtp_disconnect_before_data")

    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        send(sandbox, letter(), "one@x.example")
    send(sandbox, letter(identity="again@x"), "one@x.example")

    assert sandbox.letters("one@x.example") == [letter(identity="again@x")]


def test_imap_connection_drops_on_demand(
    sandbox: RunningSandbox, mailbox: MailBoxUnencrypted
) -> None:
    sandbox.fault("imap", "imap_drop", "SEARCH")

    with pytest.raises((OSError, mailbox.client.abort)):
        mailbox.uids()

    assert sandbox.requests()[-1]["fault"] == "imap_drop"


def test_letter_that_is_too_large_is_refused(sandbox: RunningSandbox) -> None:
    raw = letter() + b"x" * 70 + b"\r\n"

    with pytest.raises(aiosmtplib.SMTPException, match="size"):
        send(sandbox, raw * 250_000, "one@x.example")

    assert sandbox.letters("one@x.example") == []
