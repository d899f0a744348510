"""The real servers do what the tests of outgoing mail and of the mailbox rely on."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.utils import make_msgid
from mailbox import Maildir

import aiosmtplib
import pytest
from imap_tools import AND, BaseMailBox, H, MailBoxUnencrypted, MailMessage

from tests.programs import eventually
from tests.real.mail_servers import Dovecot, Postfix

pytestmark = pytest.mark.real


def letter(*recipients: str) -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"] = make_msgid(domain="augstskola.example")
    message["From"] = Address("Studiju atbalsta centrs", "sac", "augstskola.example")
    message["To"] = ", ".join(recipients)
    message["Subject"] = "Studiju dienas nodarbības – atgādinājums"
    message.set_content("Labdien! Šīs nodarbības notiks tiešsaistē: ģenētika, ķīmija.\n")
    return message


def send(
    server: Postfix, message: EmailMessage, recipients: list[str]
) -> dict[str, aiosmtplib.SMTPResponse]:
    """Sends by submission with login; the answer names the recipients that were refused."""

    async def session() -> dict[str, aiosmtplib.SMTPResponse]:
        async with aiosmtplib.SMTP(hostname=server.host, port=server.port) as client:
            await client.login(server.user, server.password)
            refused, _ = await client.sendmail(server.office, recipients, message.as_bytes())
            return refused

    return asyncio.run(session())


@contextmanager
def inbox(server: Dovecot) -> Iterator[BaseMailBox]:
    with MailBoxUnencrypted(server.host, server.port).login(server.user, server.password) as box:
        yield box


def arrived(server: Dovecot, folder: str, message: EmailMessage) -> MailMessage:
    """The letter with that Message-ID, as soon as the server has it in the folder."""
    wanted = AND(header=H("Message-ID", message["Message-ID"]))
    with inbox(server) as box:

        def look() -> list[MailMessage]:
            box.folder.set(folder)
            return list(box.fetch(wanted))

        (mail,) = eventually(look, f"a letter in {folder}")
        return mail


def told(mail: MailMessage) -> tuple[str, list[str]]:
    return mail.subject, mail.text.splitlines()


def readers_mail(server: Postfix) -> list[Message]:
    """What the readers of the other domain have got, as soon as there is something."""
    return eventually(lambda: list(Maildir(server.readers_maildir)), "a reader's letter")


def test_a_letter_arrives_with_its_copy(dovecot: Dovecot, postfix: Postfix) -> None:
    message = letter(postfix.office)

    refused = send(postfix, message, [postfix.office, postfix.sent])

    in_inbox = arrived(dovecot, "INBOX", message)
    copy = arrived(dovecot, dovecot.sent_folder, message)
    assert refused == {}
    assert told(in_inbox) == (message["Subject"], message.get_content().splitlines())
    assert told(copy) == told(in_inbox)


def test_one_unknown_and_one_busy_address_do_not_stop_the_others(
    dovecot: Dovecot, postfix: Postfix
) -> None:
    reader = f"lasitaja@{postfix.readers_domain}"
    message = letter(reader)

    refused = send(postfix, message, [reader, postfix.unknown, postfix.busy, postfix.sent])

    arrived(dovecot, dovecot.sent_folder, message)
    assert {address: answer.code for address, answer in refused.items()} == {
        postfix.unknown: 550,
        postfix.busy: 450,
    }
    assert [mail["Message-ID"] for mail in readers_mail(postfix)] == [message["Message-ID"]]


def test_a_letter_to_nobody_but_an_unknown_address_is_refused(postfix: Postfix) -> None:
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refusal:
        send(postfix, letter(postfix.unknown), [postfix.unknown])

    (answer,) = refusal.value.recipients
    assert (answer.code, answer.recipient) == (550, postfix.unknown)


def test_a_wrong_password_is_refused(postfix: Postfix) -> None:
    wrong = replace(postfix, password="nepareiza")

    with pytest.raises(aiosmtplib.SMTPAuthenticationError) as refusal:
        send(wrong, letter(postfix.office), [postfix.office])

    assert refusal.value.code == 535


def test_replies_with_a_token_land_in_the_inbox(dovecot: Dovecot, postfix: Postfix) -> None:
    token = postfix.office.replace("@", "+k3x9@")
    message = letter(token)

    send(postfix, message, [token])

    assert arrived(dovecot, "INBOX", message).to == (token,)
