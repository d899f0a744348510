"""The replies that lecturers write, with the quotation that their mail programs add."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from babel.dates import format_datetime as spoken

from deployments.sandbox.chance import chance, token
from deployments.sandbox.lecturers.habits import Habit
from deployments.sandbox.lecturers.reading import FORM_LINE, HOME, ClassSeen, LetterRead
from deployments.sandbox.seed import Lecturer


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything that a reply is made of. `counts` follows `classes`."""

    lecturer: Lecturer
    letter: LetterRead
    classes: Sequence[ClassSeen]
    counts: Sequence[int]
    when: datetime

    @property
    def is_english(self) -> bool:
        return self.lecturer.language == "en"


def write(reply: Reply, habit: Habit) -> bytes:
    """The reply as bytes, ready to be sent."""
    message = _envelope(reply, f"Re: {reply.letter.accepted.header('Subject')}")
    if habit is Habit.FORM and reply.letter.sections:
        quoted = _fill_in(reply)
        message.set_content(_greeting(reply) + "\n\n" + _quotation(reply, quoted))
    else:
        words = _unclear(reply) if habit is Habit.UNCLEAR else _plain(reply, habit)
        message.set_content(words + "\n\n" + _quotation(reply, reply.letter.text))
    return message.as_bytes()


def write_absence(lecturer: Lecturer, letter: LetterRead, when: datetime) -> bytes:
    """The automatic reply of somebody who is away (RFC 3834)."""
    reply = Reply(lecturer, letter, (), (), when)
    subject = letter.accepted.header("Subject")
    prefix = "Automatic reply" if reply.is_english else "Automātiska atbilde"
    message = _envelope(reply, f"{prefix}: {subject}")
    message["Auto-Submitted"] = "auto-replied"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(
        "I am out of the office and will answer when I am back.\n"
        if reply.is_english
        else "Esmu prombūtnē, atbildēšu pēc atgriešanās.\n"
    )
    return message.as_bytes()


def recipient(letter: LetterRead) -> str:
    """Where a mail program sends an answer: Reply-To, else From."""
    return (_mailbox(letter, "Reply-To") or _author(letter)).addr_spec


def _author(letter: LetterRead) -> Address:
    return _mailbox(letter, "From") or Address("unknown")


def _mailbox(letter: LetterRead, header: str) -> Address | None:
    """Parsed before it is decoded: an encoded name may hold a comma."""
    found = letter.accepted.message.get(header)
    return found.addresses[0] if isinstance(found, AddressHeader) and found.addresses else None


def _envelope(reply: Reply, subject: str) -> EmailMessage:
    lecturer, accepted = reply.lecturer, reply.letter.accepted
    parent = accepted.header("Message-ID")
    domain = lecturer.email.rpartition("@")[2]
    identity = token(lecturer.email, parent, reply.when, subject, length=24)
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{lecturer.name} <{lecturer.email}>"
    message["To"] = recipient(reply.letter)
    message["Subject"] = subject
    message["Date"] = format_datetime(reply.when.astimezone(HOME))
    message["Message-ID"] = f"<{identity}@{domain}>"
    message["In-Reply-To"] = parent
    message["References"] = " ".join((*accepted.header("References").split(), parent))
    return message


def _greeting(reply: Reply) -> str:
    return "Hello," if reply.is_english else "Labdien!"


def _plain(reply: Reply, habit: Habit) -> str:
    if len(reply.counts) == 1:
        count = reply.counts[0]
        return str(count) if habit is Habit.NUMBER else _sentence(reply, count)
    lines = zip(reply.classes, reply.counts, strict=True)
    return "\n".join((_greeting(reply), *(_line(reply, *pair) for pair in lines)))


def _sentence(reply: Reply, count: int) -> str:
    if reply.is_english:
        return f"Hello, {count} student{'' if count == 1 else 's'} attended."
    return f"Labdien! Piedalījās {count} {_students(count)}."


def _line(reply: Reply, seen: ClassSeen, count: int) -> str:
    start = f"{seen.start.astimezone(HOME):%-H:%M}"
    if reply.is_english:
        return f"At {start} there were {count} student{'' if count == 1 else 's'}."
    return f"Plkst. {start} piedalījās {count} {_students(count)}."


def _students(count: int) -> str:
    return "students" if count % 10 == 1 and count % 100 != 11 else "studenti"


def _unclear(reply: Reply) -> str:
    about = 5 * round(sum(reply.counts) / 5) or 5
    return f"Hello, around {about}, I think." if reply.is_english else f"Labdien! Bija ap {about}."


def _fill_in(reply: Reply) -> str:
    lines = reply.letter.text.split("\n")
    for number, count in _by_line(reply).items():
        lines[number] = FORM_LINE.sub(rf"\g<1>{count}\g<2>", lines[number])
    return "\n".join(lines)


def _by_line(reply: Reply) -> Mapping[int, int]:
    """The count for each line to fill in; by what the section says, else by order."""
    found: dict[int, int] = {}
    pairs = list(zip(reply.classes, reply.counts, strict=True))
    for section in reply.letter.sections:
        pair = next((p for p in pairs if section.tells(p[0])), pairs[0] if pairs else None)
        if pair is not None:
            pairs.remove(pair)
            found[section.line] = pair[1]
    return found


def _quotation(reply: Reply, text: str) -> str:
    """What the lecturer's mail program puts below: Gmail, K-9 or Outlook, always the same one."""
    client = int(3 * chance("client", reply.lecturer.email))
    if client == 2:
        return f"{_outlook_block(reply)}\n\n{text}"
    quoted = "\n".join(f"> {line}".rstrip() for line in text.rstrip().split("\n"))
    attribution = _k9_line(reply) if client else _gmail_line(reply)
    return f"{attribution}\n\n{quoted}\n"


def _gmail_line(reply: Reply) -> str:
    sent, sender = reply.letter.accepted.at.astimezone(HOME), _sender(reply)
    if reply.is_english:
        return f"On {spoken(sent, 'EEE, d MMM y', locale='en_GB')} at {sent:%H:%M}, {sender} wrote:"
    day = spoken(sent, "EEE, y. 'g'. d. MMM", locale="lv")
    author = _author(reply.letter)
    return (
        f"{day}, plkst. {sent:%H:%M} — lietotājs {author.display_name}\n"
        f"(<{author.addr_spec}>) rakstīja:"
    )


def _k9_line(reply: Reply) -> str:
    sent, sender = reply.letter.accepted.at.astimezone(HOME), _sender(reply)
    if reply.is_english:
        return f"On {spoken(sent, 'd MMMM y HH:mm:ss', locale='en_GB')}, {sender} wrote:"
    day = spoken(sent, "y. 'gada' d. MMMM HH:mm:ss", locale="lv")
    return f"Datumā {day}, {sender} rakstīja:"


def _outlook_block(reply: Reply) -> str:
    accepted = reply.letter.accepted
    sent = accepted.at.astimezone(HOME)
    day = spoken(
        sent,
        "EEEE, d MMMM y HH:mm" if reply.is_english else "EEEE, y. 'gada' d. MMMM HH:mm",
        locale="en_GB" if reply.is_english else "lv",
    )
    names = (
        ("From", "Sent", "To", "Subject") if reply.is_english else ("No", "Nosūtīts", "Kam", "Tēma")
    )
    values = (_sender(reply), day, reply.lecturer.email, accepted.header("Subject"))
    return "\n".join(f"{name}: {value}" for name, value in zip(names, values, strict=True))


def _sender(reply: Reply) -> str:
    author = _author(reply.letter)
    return f"{author.display_name} <{author.addr_spec}>".strip()
