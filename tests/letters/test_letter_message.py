"""The bytes of a letter, read back by the standard library."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from types import SimpleNamespace
from typing import Any

import pytest

from integrations.errors import OurMistake
from integrations.letters import Office, Recipient, Rendered, build_message, lecturer_reminder

TOKEN = "abcdefghij234567"


def _built(rendered: Rendered, to: Recipient, office: Office, **other: Any) -> bytes:
    arguments: dict[str, Any] = {
        "message_id": f"<sac.{TOKEN}@augstskola.example>",
        "reply_to": f"sac+{TOKEN}@augstskola.example",
        "date": datetime(2026, 12, 1, 7, 0, tzinfo=UTC),
        "kind": "lecturer_reminder",
    }
    return build_message(rendered, to=to, office=office, **(arguments | other))


def _read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)  # type: ignore[return-value]


def _decoded(part: Any) -> str:
    content: bytes = part.get_payload(decode=True)
    return content.decode().replace("\r\n", "\n")


@pytest.fixture
def reminder(sample: SimpleNamespace) -> Rendered:
    classes = [sample.literature, sample.upbringing]
    return lecturer_reminder(sample.day, sample.daina, classes, sample.office, 0)


def test_headers(reminder: Rendered, sample: SimpleNamespace) -> None:
    letter = _read(_built(reminder, sample.daina, sample.office))

    assert {name: str(value) for name, value in letter.items() if name != "Content-Type"} == {
        "MIME-Version": "1.0",
        "From": '"Ģertrūde Čākste, SAC vadītāja" <sac@augstskola.example>',
        "To": "Daina Veidemane <daina@augstskola.example>",
        "Reply-To": f"Rīgas Augstskola <sac+{TOKEN}@augstskola.example>",
        "Subject": "Atgādinājums: studiju diena 2026. gada 5. decembrī",
        "Date": "Tue, 01 Dec 2026 09:00:00 +0200",
        "Message-ID": f"<sac.{TOKEN}@augstskola.example>",
        "Content-Language": "lv",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-SAC-Letter": "lecturer_reminder",
    }


def test_structure(reminder: Rendered, sample: SimpleNamespace) -> None:
    letter = _read(_built(reminder, sample.daina, sample.office))

    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "text/calendar",
    ]
    assert [
        (part.get_content_disposition(), part.get_filename(), part.get_param("method"))
        for part in letter.walk()
        if part.get_content_type() == "text/calendar"
    ] == [
        ("attachment", "nodarbiba-0900.ics", "REQUEST"),
        ("attachment", "nodarbiba-1245.ics", "REQUEST"),
    ]
    assert [part.defects for part in letter.walk()] == [[]] * 6


def test_words_arrive_as_they_were_written(letter: Rendered, sample: SimpleNamespace) -> None:
    read = _read(_built(letter, sample.daina, sample.office))

    plain, html = read.get_body(("plain",)), read.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert read["Subject"] == letter.subject
    assert _decoded(plain) == letter.text
    assert _decoded(html) == letter.html
    assert [_decoded(part).encode() for part in read.iter_attachments()] == [
        part.content.replace(b"\r\n", b"\n") for part in letter.calendars
    ]


def test_bytes_fit_every_server(letter: Rendered, sample: SimpleNamespace) -> None:
    content = _built(letter, sample.daina, sample.office)

    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 998


def test_headers_are_short_lines(reminder: Rendered, sample: SimpleNamespace) -> None:
    long = "Ļoti gara nosaukuma " * 20
    content = _built(
        replace(reminder, subject=long),
        replace(sample.daina, name=long),
        replace(sample.office, signer=long, institution="Long plain name " * 10),
    )

    headers = content.partition(b"\r\n\r\n")[0]
    letter = _read(content)
    assert max(len(line) for line in headers.split(b"\r\n")) <= 200
    assert letter["Subject"] == long.strip()
    # Joined as RFC 2047, 6.2 says; the structured parser of Python 3.11 puts spaces between.
    name, address = parseaddr(str(make_header(decode_header(message_from_bytes(content)["To"]))))
    assert (name, address) == (long.strip(), "daina@augstskola.example")
    assert letter["Reply-To"].addresses[0].addr_spec == f"sac+{TOKEN}@augstskola.example"


def test_the_same_letter_is_the_same_bytes(reminder: Rendered, sample: SimpleNamespace) -> None:
    first, second = (_built(reminder, sample.daina, sample.office) for _ in range(2))

    assert first == second


def test_a_letter_without_calendars_is_two_alternatives(
    reminder: Rendered, sample: SimpleNamespace
) -> None:
    letter = _read(_built(replace(reminder, calendars=()), sample.daina, sample.office))

    assert [part.get_content_type() for part in letter.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert letter.get_all("MIME-Version") == ["1.0"]


def test_a_change_is_a_follow_up_of_what_it_changes(
    reminder: Rendered, sample: SimpleNamespace
) -> None:
    first = "<sac.aaaaaaaaaaaaaaaa@augstskola.example>"

    letter = _read(_built(reminder, sample.daina, sample.office, in_reply_to=first))

    assert (letter["In-Reply-To"], letter["References"]) == (first, first)


def test_names_and_subjects_cannot_add_headers(reminder: Rendered, sample: SimpleNamespace) -> None:
    bad = 'x\r\nBcc: visi@augstskola.example\r\n\r\n<a@b.example>, "y'
    letter = _read(
        _built(
            replace(reminder, subject=bad),
            replace(sample.daina, name=bad),
            replace(sample.office, signer=bad, institution=bad),
            kind=bad,
        )
    )

    assert letter["Bcc"] is None
    assert letter["Subject"] == 'x Bcc: visi@augstskola.example <a@b.example>, "y'
    assert [address.addr_spec for address in letter["To"].addresses] == ["daina@augstskola.example"]
    assert [address.addr_spec for address in letter["From"].addresses] == ["sac@augstskola.example"]


@pytest.mark.parametrize(
    "address",
    [
        "daina@augstskola.example\r\nBcc: visi@augstskola.example",
        "daina@augstskola.example, visi@augstskola.example",
        "daina",
        "<daina@augstskola.example>",
        "dāina@augstskola.example",
        "",
    ],
)
def test_an_address_that_is_none_stops_the_letter(
    reminder: Rendered, sample: SimpleNamespace, address: str
) -> None:
    with pytest.raises(OurMistake):
        _built(reminder, replace(sample.daina, email=address), sample.office)


def test_a_forged_message_id_stops_the_letter(reminder: Rendered, sample: SimpleNamespace) -> None:
    with pytest.raises(OurMistake):
        _built(reminder, sample.daina, sample.office, message_id="<a@b>\r\nBcc: <c@d>")
