"""What a step says of itself, in a sentence, in Latvian and English: all these words in one place.

Operators read the Latvian in the Prefect pages; commands, journal and JSON keep the English. What
is counted is decided by the steps (`tasks/`), and tables and pages are there too; how steps stand
in their day is `day_sentences.py`.
"""

from collections.abc import Mapping

from rules.conversation import Variant
from rules.wording import NO_TEXT, Noun, Text, agreeing, counted_text, joined, semicolons

_CLASS = Noun("nodarbība", "nodarbības", "class", "classes")
_OF_CLASS = Noun("nodarbības", "nodarbībām", "class", "classes")
_TO_CLASS = Noun("nodarbībai", "nodarbībām", "class", "classes")
_CANCELLED = Noun("atcelta", "atceltas", "cancelled", "cancelled")
_LECTURER = Noun("mācībspēks", "mācībspēki", "lecturer", "lecturers")
_TO_LECTURER = Noun("mācībspēkam", "mācībspēkiem", "lecturer", "lecturers")
_TO_COLLEAGUE = Noun("kolēģim", "kolēģiem", "colleague", "colleagues")
_GROUP = Noun("grupa", "grupas", "group", "groups")
_MEETING = Noun("sapulce", "sapulces", "meeting", "meetings")
_ON_ACCOUNT = Noun("Zoom kontā", "Zoom kontos", "account", "accounts")
_CONNECTION = Noun("pieslēgšanās ieraksts", "pieslēgšanās ieraksti", "connection", "connections")
_IN_COURSE = Noun("kursā", "kursos", "course", "courses")
_PLAN = Noun("plāns", "plāni", "plan", "plans")
_TIME = Noun("reizi", "reizes", "time", "times")
_LETTER = Noun("vēstule", "vēstules", "letter", "letters")
_NOTICE = Noun("paziņojums", "paziņojumi", "notice", "notices")
_NOT_DELIVERED = Noun("nav piegādāta", "nav piegādātas", "refused", "refused")
_UNDECIDED = Noun("neizlemta problēma", "neizlemtas problēmas", "problem", "problems")
_NUMBER_LACKING = Noun("skaitļa", "skaitļu", "missing number", "missing numbers")
_PRESSING = Noun("steidzama vēstule", "steidzamas vēstules", "letter", "letters")
_LETTERS: Mapping[str, Noun] = {
    Variant.FIRST: _LETTER,
    Variant.CHANGE: Noun("izmaiņu paziņojums", "izmaiņu paziņojumi", "change", "changes"),
    Variant.CANCELLATION: Noun(
        "atcelšanas paziņojums", "atcelšanas paziņojumi", "cancellation", "cancellations"
    ),
}
_BEGUN = ("sākusies", "sākušās")
# What happened later to meetings (feminine in Latvian) and to entries of the LMS (masculine).
_MEETING_VERBS: Mapping[str, Noun] = {
    "changed": Noun("mainīta", "mainītas", "changed", "changed"),
    "replaced": Noun("aizstāta", "aizstātas", "replaced", "replaced"),
    "removed": Noun("dzēsta", "dzēstas", "removed", "removed"),
}
_ENTRY_VERBS: Mapping[str, Noun] = {
    "replaced": Noun("aizstāts", "aizstāti", "replaced", "replaced"),
    "removed": Noun("dzēsts", "dzēsti", "removed", "removed"),
}


def plan_prepared(held: int, cancelled: int, lecturers: int, groups: int) -> Text:
    """Step 1.

    >>> plan_prepared(6, 1, 5, 21).lv
    '6 nodarbības, 1 atcelta, 5 mācībspēki, 21 grupa'
    """
    classes, off = counted_text(held, _CLASS), counted_text(cancelled, _CANCELLED)
    if cancelled:
        classes = Text(f"{classes.lv}, {off.lv}", f"{classes.en} and {off.en}")
    parts = (classes, counted_text(lecturers, _LECTURER), counted_text(groups, _GROUP))
    return Text(", ".join(one.lv for one in parts), ", ".join(one.en for one in parts))


NO_CLASSES = Text("tajā dienā nav tiešsaistes nodarbību", "no online classes that day")


def meetings_planned(meetings: int, accounts: int, without: int, later: Mapping[str, int]) -> Text:
    """Step 2; `later`: how many were changed, replaced, removed.

    >>> meetings_planned(6, 3, 1, {"changed": 0, "replaced": 2}).lv
    '6 sapulces 3 Zoom kontos; 1 nodarbībai nav sapulces; 2 aizstātas'
    >>> meetings_planned(6, 3, 1, {"changed": 0, "replaced": 2}).en
    '6 meetings on 3 accounts; 1 class without a meeting; replaced 2'
    """
    made, on = counted_text(meetings, _MEETING), counted_text(accounts, _ON_ACCOUNT)
    lacking = counted_text(without, _TO_CLASS)
    return semicolons(
        Text(f"{made.lv} {on.lv}", f"{made.en} on {on.en}"),
        Text(f"{lacking.lv} nav sapulces", f"{lacking.en} without a meeting")
        if without
        else NO_TEXT,
        _later(later, _MEETING_VERBS),
    )


def _later(figures: Mapping[str, int], verbs: Mapping[str, Noun]) -> Text:
    """What happened afterwards; empty when nothing did."""
    happened = [
        (counted_text(count, verbs[verb]).lv, f"{verb} {count}")
        for verb, count in figures.items()
        if count
    ]
    return Text(", ".join(lv for lv, _ in happened), ", ".join(en for _, en in happened))


def letters_sent(sent: Mapping[str, int], refused: int, waiting: int) -> Text:
    """Steps 3 and 6, over all runs.

    >>> letters_sent({"first": 21, "change": 2}, 1, 0).lv
    'nosūtīta 21 vēstule un 2 izmaiņu paziņojumi; 1 nav piegādāta'
    >>> letters_sent({}, 0, 3).lv
    'nav nosūtīta neviena vēstule; 3 gaida'
    """
    kinds = [counted_text(sent[kind], noun) for kind, noun in _LETTERS.items() if sent.get(kind)]
    told, verb = joined(kinds), _sent(sent)
    lost = counted_text(refused, _NOT_DELIVERED)
    return semicolons(
        Text(f"{verb} {told.lv}", f"{told.en} sent")
        if kinds
        else Text("nav nosūtīta neviena vēstule", "no letters sent"),
        lost if refused else NO_TEXT,
        Text(f"{waiting} gaida", f"{waiting} waiting") if waiting else NO_TEXT,
    )


def _sent(sent: Mapping[str, int]) -> str:
    """“Sent” in Latvian, as it goes with the first that is named."""
    if count := sent.get(Variant.FIRST):
        return agreeing(count, "nosūtīta", "nosūtītas")
    count = sent.get(Variant.CHANGE) or sent.get(Variant.CANCELLATION) or 0
    return agreeing(count, "nosūtīts", "nosūtīti")


def to_follow(said: Text, notices: int) -> Text:
    """Steps 3 and 6 while a plan is still being changed."""
    later = counted_text(notices, _NOTICE)
    return semicolons(
        said,
        Text(
            f"kad izmaiņas būs pabeigtas, vēl jānosūta {later.lv}",
            f"{later.en} to follow when the plan has settled",
        ),
    )


def letters_held(why: Text, pressing: int) -> Text:
    """Steps 3 and 6 when their letters wait, but for those that could not."""
    went = counted_text(pressing, _PRESSING)
    verb = agreeing(pressing, "nosūtīta", "nosūtītas")
    told = Text(f"{verb} {went.lv}", f"{went.en} that could not wait sent")
    return semicolons(why, told if pressing else NO_TEXT)


def undecided_problems(number: int) -> Text:
    """Why letters wait: the plan is not in order."""
    what = counted_text(number, _UNDECIDED)
    return Text(
        f"vēstules gaida: plānā ir {what.lv} (sk. jautājumus)",
        f"letters wait: the plan has {what.en} to decide (see the questions)",
    )


NOT_RELEASED = Text(
    "vēstules gaida SAC vadītāja atļauju", "letters wait for the head of SAC to release them"
)


def plan_published(*, stands: bool, replaced: int) -> Text:
    """Step 4.

    >>> plan_published(stands=True, replaced=2).lv
    'plāns ir LMS; aizstāts 2 reizes'
    """
    if not stands:
        return Text("plāna nav LMS", "the plan is not in the LMS")
    times = counted_text(replaced, _TIME)
    again = Text(f"aizstāts {times.lv}", f"replaced {times.en}")
    return semicolons(
        Text("plāns ir LMS", "the plan is in the LMS"), again if replaced else NO_TEXT
    )


def links_published(connections: int, courses: int, later: Mapping[str, int]) -> Text:
    """Step 5."""
    entries, where = counted_text(connections, _CONNECTION), counted_text(courses, _IN_COURSE)
    placed = Text(f"{entries.lv} {where.lv}", f"{entries.en} in {where.en}")
    return semicolons(placed, _later(later, _ENTRY_VERBS))


def team_briefed(colleagues: int) -> Text:
    """Step 7 until somebody says whether the meeting was held."""
    told = counted_text(colleagues, _TO_COLLEAGUE)
    return Text(
        f"ziņa nosūtīta {told.lv}; gaida SAC vadītāja atbildi, vai sapulce ir notikusi",
        f"{told.en} briefed; waits for the head of SAC: was the meeting held?",
    )


def meeting_word(*, held: bool, by: str) -> Text:
    """Step 7 when somebody has said it."""
    if held:
        return Text(f"sapulce notika, apstiprina {by}", f"held, confirmed by {by}")
    return Text(f"sapulce nenotika, saka {by}", f"not held, says {by}")


def classes_watched(begun: int, held: int, silent: int, to_come: int) -> Text:
    """Step 8.

    >>> classes_watched(3, 21, 1, 2).lv
    'sākušās 3 no 21 nodarbības, apskatot nebija sākusies 1 (dežurants informēts), vēl gaidāmas 2'
    """
    lv = [f"{agreeing(begun, *_BEGUN)} {begun} no {counted_text(held, _OF_CLASS).lv}"]
    en = [f"{begun} of {held} classes have begun"]
    if silent:
        lv.append(f"apskatot nebija {agreeing(silent, *_BEGUN)} {silent} (dežurants informēts)")
        en.append(f"{silent} had not begun when looked at, duty told")
    if to_come:
        lv.append(f"vēl {agreeing(to_come, 'gaidāma', 'gaidāmas')} {to_come}")
        en.append(f"{to_come} still to come")
    return Text(", ".join(lv), ", ".join(en))


ALL_REPORTED = Text("visi mācībspēki ir atbildējuši", "every lecturer has reported")
ALL_IN_REVIEW = Text("visas atbildes tiek precizētas", "all in review")


def lecturers_reminded(reminded: int, missing: int) -> Text:
    """Step 9 before the last call."""
    whom, what = counted_text(reminded, _TO_LECTURER), counted_text(missing, _NUMBER_LACKING)
    return Text(
        f"atgādināts {whom.lv}, vēl trūkst {what.lv}",
        f"{whom.en} reminded, {what.en} outstanding",
    )


def missing_reported(missing: int) -> Text:
    """Step 9 at the last call."""
    what = counted_text(missing, _NUMBER_LACKING)
    return Text(
        f"SAC vadītājam paziņots, ka trūkst {what.lv}", f"{what.en} reported to the head of SAC"
    )


def attendance_collected(figures: Mapping[str, int], differing: int, fault: str) -> Text:
    """Step 10; `figures`: classes, reported, review, missing. `fault`: why Zoom's are not read.

    >>> attendance_collected({"classes": 6, "reported": 4, "review": 1, "missing": 1}, 0, "").lv
    'skaits saņemts par 4 no 6 nodarbībām, 1 jāizlasa cilvēkam, 1 trūkst'
    """
    classes = counted_text(figures["classes"], _OF_CLASS)
    lv = [f"skaits saņemts par {figures['reported']} no {classes.lv}"]
    en = [f"{figures['reported']} of {classes.en} reported"]
    if figures["review"]:
        lv.append(f"{figures['review']} jāizlasa cilvēkam")
        en.append(f"{figures['review']} to read by a person")
    if figures["missing"]:
        lv.append(f"{figures['missing']} trūkst")
        en.append(f"{figures['missing']} missing")
    if differing:
        lv.append(f"{differing} atšķiras no Zoom")
        en.append(f"{differing} {'differs' if differing == 1 else 'differ'} from Zoom")
    if fault:
        lv.append(f"Zoom pārskati vēl nav nolasīti ({fault})")
        en.append(f"Zoom's reports are not read yet ({fault})")
    return Text(", ".join(lv), ", ".join(en))


def lms_cleared(plans: int, connections: int, left: int) -> Text:
    """Step 11.

    >>> lms_cleared(1, 6, 0).lv
    'dzēsts 1 plāns un 6 pieslēgšanās ieraksti; nekas no mūsu ievietotā nav palicis'
    """
    gone = [counted_text(n, noun) for n, noun in ((plans, _PLAN), (connections, _CONNECTION)) if n]
    what = joined(gone)
    return semicolons(
        Text(
            f"{agreeing(plans or connections, 'dzēsts', 'dzēsti')} {what.lv}", f"removed {what.en}"
        )
        if gone
        else Text("nebija, ko dzēst", "nothing of ours was removed"),
        Text(f"vēl jādzēš: {left}", f"{left} still to remove")
        if left
        else Text("nekas no mūsu ievietotā nav palicis", "nothing of ours is left"),
    )
