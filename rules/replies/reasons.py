"""Why a reply was read as it was: a code for programs, a sentence in two languages for people."""

from collections.abc import Mapping
from enum import StrEnum

from rules.people import Language


class Reason(StrEnum):
    """Codes in the order in which they are looked for; the first that applies is given."""

    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    RECEIPT = "receipt"
    CALENDAR = "calendar"
    MAILING_LIST = "mailing_list"
    SPAM = "spam"
    OWN_LETTER = "own_letter"
    REACTION = "reaction"
    UNKNOWN_SENDER = "unknown_sender"
    NOT_AUTHENTIC = "not_authentic"
    OTHER_THREAD = "other_thread"
    NO_DATE = "no_date"
    EMPTY = "empty"
    PARTS_DISAGREE = "parts_disagree"
    NOT_HELD = "not_held"
    APPROXIMATE = "approximate"
    QUESTION = "question"
    NOT_UNDERSTOOD = "not_understood"
    WHICH_CLASS = "which_class"
    COMPETING = "competing"
    SUM_DISAGREES = "sum_disagrees"
    TOTAL_ONLY = "total_only"
    IMPOSSIBLE = "impossible"
    TOO_EARLY = "too_early"
    DIFFERS = "differs"
    NO_NUMBER = "no_number"
    THANKS = "thanks"
    READ = "read"


_LV_EN: Mapping[Reason, tuple[str, str]] = {
    Reason.TOO_LARGE: ("Vēstule ir pārāk liela", "The message is too large"),
    Reason.UNREADABLE: ("Vēstules saturs nav nolasāms", "The message cannot be read"),
    Reason.BOUNCE: ("Vēstule nav piegādāta", "A letter was not delivered"),
    Reason.AUTOMATIC: ("Automātiska atbilde", "An automatic reply"),
    Reason.RECEIPT: ("Lasīšanas apstiprinājums", "A read receipt"),
    Reason.CALENDAR: ("Kalendāra atbilde", "A calendar's answer"),
    Reason.MAILING_LIST: ("Vēstkopas ziņa", "A mailing list's message"),
    Reason.SPAM: ("Mēstule", "Spam"),
    Reason.OWN_LETTER: ("Mūsu pašu vēstule", "A letter of our own"),
    Reason.REACTION: ("Tikai reakcija uz vēstuli", "Only a reaction to the letter"),
    Reason.UNKNOWN_SENDER: ("Sūtītāja adrese nav zināma", "The sender's address is not known"),
    Reason.NOT_AUTHENTIC: (
        "Sūtītāja īstums nav apstiprināts",
        "The sender could not be authenticated",
    ),
    Reason.OTHER_THREAD: (
        "Nav atbilde uz šī mācībspēka atgādinājumu",
        "Not a reply to this lecturer's reminder",
    ),
    Reason.NO_DATE: ("Nav zināms, kad vēstule sūtīta", "It is not known when it was sent"),
    Reason.EMPTY: ("Atbildē nav teksta", "The reply has no text"),
    Reason.PARTS_DISAGREE: (
        "Vēstules teksta un HTML daļa atšķiras",
        "The plain text and the HTML part disagree",
    ),
    Reason.NOT_HELD: (
        "Nodarbība, iespējams, nenotika, kā plānots",
        "A class may not have been held as planned",
    ),
    Reason.APPROXIMATE: ("Skaitlis nav precīzs", "The number is not exact"),
    Reason.QUESTION: ("Jautājums vai lūgums", "A question or a call for help"),
    Reason.NOT_UNDERSTOOD: ("Ne viss ir saprotams", "Not everything is understood"),
    Reason.WHICH_CLASS: (
        "Nav skaidrs, uz kuru nodarbību skaitlis attiecas",
        "It is not clear which class the number is of",
    ),
    Reason.COMPETING: ("Vairāki atšķirīgi skaitļi", "Several different numbers"),
    Reason.SUM_DISAGREES: ("Summa nesakrīt", "The sum does not agree"),
    Reason.TOTAL_ONLY: ("Tikai kopskaits vairākām nodarbībām", "Only a total of several classes"),
    Reason.IMPOSSIBLE: ("Neiespējams skaitlis", "An impossible number"),
    Reason.TOO_EARLY: ("Sūtīts pirms nodarbības", "Sent before the class"),
    Reason.DIFFERS: (
        "Atšķiras no agrākās atbildes, bet nav teikts, ka tas ir labojums",
        "Differs from the earlier answer without a word of correction",
    ),
    Reason.NO_NUMBER: ("Atbildē nav skaitļa", "There is no number in the answer"),
    Reason.THANKS: ("Pateicība vai apstiprinājums", "Thanks or a confirmation"),
    Reason.READ: ("Skaitlis nolasīts", "The number was read"),
}

SENTENCES: Mapping[Reason, Mapping[Language, str]] = {
    reason: {Language.LATVIAN: latvian, Language.ENGLISH: english}
    for reason, (latvian, english) in _LV_EN.items()
}
