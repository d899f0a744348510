"""How the facts of a class are shown to people, alike in letters and in the plan's PDF.

Only values that are safe to print: one line each, local time, links that are https. Sentences live
in `letters/words.py` and the templates.
"""

import unicodedata
from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from babel.dates import format_date

from integrations.errors import OurMistake
from rules.facts import ClassFacts
from rules.people import Language

RIGA = ZoneInfo("Europe/Riga")

_BREAKS = {"Cc", "Zl", "Zp"}  # line ends and control characters: would forge lines or headers
_INVISIBLE = {"Cf", "Cs"}  # direction overrides and surrogates: would show something else


def one_line(text: str) -> str:
    r"""The text as a single visible line, fit for a header, a heading and a table cell.

    >>> one_line("Ievads\r\nBcc: visi@augstskola.example")
    'Ievads Bcc: visi@augstskola.example'
    """
    if text.isprintable():  # nearly always; what is sorted out below never is
        return " ".join(text.split())
    shown = (
        " " if unicodedata.category(character) in _BREAKS else character
        for character in text
        if unicodedata.category(character) not in _INVISIBLE
    )
    return " ".join("".join(shown).split())


def local(moment: datetime) -> datetime:
    """An aware moment on the clock that everybody here reads (Europe/Riga)."""
    return moment.astimezone(RIGA)


def spaced_meeting_id(meeting_id: str) -> str:
    """A Meeting ID in the groups in which Zoom shows it.

    >>> spaced_meeting_id("86650951128"), spaced_meeting_id("9014984653")
    ('866 5095 1128', '901 498 4653')
    """
    digits = "".join(meeting_id.split())
    if not (digits.isdigit() and 9 <= len(digits) <= 11):
        return one_line(meeting_id)
    middle = 4 if len(digits) == 11 else 3
    return f"{digits[:3]} {digits[3 : 3 + middle]} {digits[3 + middle :]}"


def safe_link(url: str) -> str:
    """A join link that may be printed.

    Raises:
        OurMistake: it is not plain https, or it is a host's start link, which is a secret.
    """
    parts = urlsplit(url)
    broken = parts.scheme != "https" or not parts.hostname or url != one_line(url) or " " in url
    if broken or {"zak", "tk"} & parse_qs(parts.query).keys():
        raise OurMistake(
            "letters",
            "print a join link",
            f"the link to {parts.hostname or 'nowhere'} must not be shown",
            advice="Only https join links belong into letters and plans, never start links.",
        )
    return url


def join_data(facts: ClassFacts) -> tuple[str, str, str] | None:
    """Link, Meeting ID and Passcode, or None where there is nothing to join (yet)."""
    if facts.is_cancelled or facts.join_url is None:
        return None
    return (
        safe_link(facts.join_url),
        spaced_meeting_id(facts.meeting_id or ""),
        one_line(facts.passcode or ""),
    )


def on_date(day: date, language: Language, *, weekday: bool = False) -> str:
    """The date as it stands in a sentence that says when: in Latvian the locative.

    >>> on_date(date(2026, 12, 5), Language.LATVIAN, weekday=True)
    'sestdien, 2026. gada 5. decembrī'
    >>> on_date(date(2026, 12, 5), Language.ENGLISH)
    '5 December 2026'
    """
    if language is Language.ENGLISH:
        return format_date(day, "EEEE, d MMMM y" if weekday else "d MMMM y", locale="en_GB")
    month = format_date(day, "MMMM", locale="lv")
    # Latvian months are masculine: -is becomes -ī in the locative, -s becomes -ā.
    month = f"{month[:-2]}ī" if month.endswith("is") else f"{month[:-1]}ā"
    written = f"{day.year}. gada {day.day}. {month}"
    name = format_date(day, "EEEE", locale="lv").removesuffix("a")
    return f"{name}, {written}" if weekday else written
