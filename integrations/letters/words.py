"""The labels of letters in both languages; whole sentences stand in the templates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rules.facts import ChangeKind
from rules.people import Language


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """What to call a change: above its class, and in a subject about one or several of them."""

    label: str
    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a letter says besides its sentences."""

    centre: str
    reply_above: str
    slot: Callable[[int], str]
    at: str
    cancelled: str
    not_held: str
    course_code: str
    time: str
    course: str
    groups: str
    lecturer: str
    lecturers: str
    mode: str
    onsite: str
    online: str
    link: str
    join: str
    link_follows: str
    attendees: str
    before: str
    now: str
    refined: str
    removed: str
    phone: str
    and_other: str
    file_held: str
    file_cancelled: str
    changes: Mapping[ChangeKind, ChangeWords]


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number in {11, 12, 13} else endings.get(number % 10, 'th')}"


_LATVIAN = Words(
    centre="Studiju atbalsta centrs",
    reply_above="Atbildi rakstiet virs šīs līnijas",
    slot=lambda number: f"{number}. nodarbība",
    at="pl. ",
    cancelled="ATCELTA",
    not_held="Šī nodarbība nenotiks.",
    course_code="Kursa kods",
    time="Laiks",
    course="Studiju kurss",
    groups="Grupas",
    lecturer="Mācībspēks",
    lecturers="Mācībspēki",
    mode="Norise",
    onsite="klātienē",
    online="tiešsaistē",
    link="Zoom saite",
    join="Pievienoties nodarbībai",
    link_follows="Pieslēgšanās informāciju nosūtīsim atsevišķi.",
    attendees="Apmeklētāju skaits",
    before="Līdz šim",
    now="Tagad",
    refined="Precizēta informācija par nodarbību.",
    removed="Šī nodarbība uz Jums vairs neattiecas; citiem tā var notikt.",
    phone="tālr.",
    and_other="{} un citas izmaiņas",
    file_held="nodarbiba",
    file_cancelled="atcelta-nodarbiba",
    changes={
        ChangeKind.ADDED: ChangeWords("JAUNA", "Jauna nodarbība", "Jaunas nodarbības"),
        ChangeKind.CANCELLED: ChangeWords("ATCELTA", "ATCELTA nodarbība", "ATCELTAS nodarbības"),
        ChangeKind.REINSTATED: ChangeWords(
            "TOMĒR NOTIKS", "Nodarbība tomēr notiks", "Nodarbības tomēr notiks"
        ),
        ChangeKind.WITHDRAWN: ChangeWords(
            "VAIRS NAV JŪSU SARAKSTĀ",
            "Nodarbība vairs nav Jūsu sarakstā",
            "Nodarbības vairs nav Jūsu sarakstā",
        ),
        ChangeKind.MOVED: ChangeWords(
            "MAINĪTS LAIKS", "Mainīts nodarbības laiks", "Mainīts nodarbību laiks"
        ),
        ChangeKind.CHANGED: ChangeWords("IZMAIŅAS", "Izmaiņas nodarbībā", "Izmaiņas nodarbībās"),
    },
)

_ENGLISH = Words(
    centre="Study Support Centre",
    reply_above="Please write your reply above this line",
    slot=lambda number: f"{_ordinal(number)} class",
    at="",
    cancelled="CANCELLED",
    not_held="This class will not be held.",
    course_code="Course code",
    time="Time",
    course="Course",
    groups="Groups",
    lecturer="Lecturer",
    lecturers="Lecturers",
    mode="Held",
    onsite="on site",
    online="online",
    link="Zoom link",
    join="Join the class",
    link_follows="The connection information will follow separately.",
    attendees="Number of attendees",
    before="Before",
    now="Now",
    refined="Details of the class have been corrected.",
    removed="This class no longer concerns you; it may be held for others.",
    phone="phone",
    and_other="{} and other changes",
    file_held="class",
    file_cancelled="cancelled-class",
    changes={
        ChangeKind.ADDED: ChangeWords("NEW", "New class", "New classes"),
        ChangeKind.CANCELLED: ChangeWords("CANCELLED", "CANCELLED class", "CANCELLED classes"),
        ChangeKind.REINSTATED: ChangeWords(
            "WILL BE HELD AFTER ALL",
            "Class will be held after all",
            "Classes will be held after all",
        ),
        ChangeKind.WITHDRAWN: ChangeWords(
            "NO LONGER ON YOUR LIST",
            "Class no longer on your list",
            "Classes no longer on your list",
        ),
        ChangeKind.MOVED: ChangeWords("NEW TIME", "New time of a class", "New times of classes"),
        ChangeKind.CHANGED: ChangeWords("CHANGED", "Change to a class", "Changes to classes"),
    },
)

WORDS: Mapping[Language, Words] = {Language.LATVIAN: _LATVIAN, Language.ENGLISH: _ENGLISH}
