"""Dates and times as Latvian and English readers write them (babel); no sentences live here."""

from datetime import date, datetime

from babel.dates import format_date

from rules.people import Language


def long_date(day: date, language: Language = Language.LATVIAN) -> str:
    """Weekday and full date.

    >>> long_date(date(2026, 12, 5))
    'sestdiena, 2026. gada 5. decembris'
    >>> long_date(date(2026, 12, 5), Language.ENGLISH)
    'Saturday, 5 December 2026'
    """
    locale = "en_GB" if language is Language.ENGLISH else "lv"
    pattern = "EEEE, d MMMM y" if language is Language.ENGLISH else "full"
    return format_date(day, pattern, locale=locale)


def short_date(day: date, language: Language = Language.LATVIAN) -> str:
    """Day, month and year in figures.

    >>> short_date(date(2026, 12, 5))
    '05.12.2026.'
    >>> short_date(date(2026, 12, 5), Language.ENGLISH)
    '5 Dec 2026'
    """
    if language is Language.ENGLISH:
        return format_date(day, "d MMM y", locale="en_GB")
    return f"{day:%d.%m.%Y}."


def clock(moment: datetime) -> str:
    """Hours and minutes of an aware local moment: `09:00`."""
    return f"{moment:%H:%M}"


def time_span(start: datetime, end: datetime) -> str:
    """From-to of a class: `09:00-12:00` with an en dash."""
    return f"{clock(start)}–{clock(end)}"
