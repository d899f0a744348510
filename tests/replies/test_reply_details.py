"""Corners of the reader that whole mails seldom reach, each through the function that decides it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.people import Language
from rules.replies import ClassQuestion, Outcome, Reason, ReplyContext, Verdict, read_reply
from rules.replies.class_names import ClassNames, same_word
from rules.replies.dates import day_at, day_in_figures
from rules.replies.html_text import hides, visible_text
from rules.replies.lexer import tokens_of
from rules.replies.parts import unflow
from rules.replies.quoting import attribution_length, header_length
from rules.replies.reader import read_text

RIGA = ZoneInfo("Europe/Riga")
DAY = datetime(2026, 12, 5, tzinfo=RIGA)
SENT = DAY.replace(hour=17)
FIRST = ClassQuestion(
    "a", 1, DAY.replace(hour=9), DAY.replace(hour=12), ("Ķīmija", "Chemistry"), ("KM-1",), 40
)
SECOND = ClassQuestion(
    "b", 2, DAY.replace(hour=13), DAY.replace(hour=16), ("Organiskā ķīmija", ""), ("KM-2",), None
)
TWO = ReplyContext(
    "ilze",
    "Ilze Krūmiņa",
    ("ilze@lektori.example",),
    (FIRST, SECOND),
    {},
    ("<letter@augstskola.example>",),
    "",
    "sac@augstskola.example",
)
ONE = replace(TWO, classes=(FIRST,))
HEADERS = (
    "From: Ilze <ilze@lektori.example>\r\nReferences: <letter@augstskola.example>\r\n"
    "Date: Sat, 05 Dec 2026 16:00:00 +0200\r\n"
)


def reading(verdict: Verdict) -> Mapping[str, int] | str:
    return dict(verdict.counts) if verdict.counts else f"{verdict.outcome} {verdict.reason}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vai nākamā studiju diena būs janvārī?", "review question"),
        ("Kopā 24, kopā 25", "review competing"),
        ("Plkst. 9 bija 24", {"a": 24}),
        ("Plkst. 11 bija 24", "review not_understood"),
        ("9 am: 24", {"a": 24}),
        ("13 am: 24", "review not_understood"),
        ("1 pm 24", "review not_understood"),
        ("26:00 24", "review not_understood"),
        ("Pagaidām 24", "review approximate"),
        ("Chemistry 24", {"a": 24}),
        ("Ilze Krūmiņa reacted to your message", "ignore reaction"),
        ("-- \nIlze\n> x\n24 studenti", {"a": 24}),
        ("24\n-- \nIlze\n> x\nap 24", "review approximate"),
        ("Esmu komandējumā, klāt bija 24", "review not_understood"),
        ("Esmu komandējumā, skaitu atsūtīšu vēlāk", "review not_understood"),
        ("Esmu komandējumā, tālrunis 29 111 222", "ignore automatic"),
        ("24. Ar cieņu, Ilze, precizēšu pirmdien", "review approximate"),
        ("2026. gada 5. decembrī bija 24", {"a": 24}),
        ("2025. gada 5. decembrī bija 24", "review not_understood"),
        ("December 5: 24", {"a": 24}),
        ("5 December 2026 - 24", {"a": 24}),
        ("December was long, 24", "review not_understood"),
        ("2026-12-05: 24", {"a": 24}),
        ("24\n-----Original Message-----\n\nFrom: SAC\nSent: today\nTo: me\n\n25", {"a": 24}),
        ("24\n---- Atbildi rakstiet virs šīs līnijas ----\n25 studenti", {"a": 24}),
        ("Nodarbība notika", "review no_number"),
        ("", "review empty"),
        ("ha " * 3000, "review not_understood"),
    ],
)
def test_one_class(text: str, expected: Mapping[str, int] | str) -> None:
    assert reading(read_text(text, ONE, SENT)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ķīmijā 24. Organiskā ķīmija notika.", "review which_class"),
        ("Ķīmijā 24, otrā nodarbība sākās laikā", "review which_class"),
        ("Ķīmijā 24, pirmā nodarbība sākās laikā", {"a": 24}),
        ("Tikai otrā nodarbība pagaidām: 30", {"b": 30}),
        ("KM-1, otrā nodarbība: 30", "review which_class"),
        ("Pirmajā 24, otrajā 3000", "review impossible"),
    ],
)
def test_two_classes(text: str, expected: Mapping[str, int] | str) -> None:
    assert reading(read_text(text, TWO, SENT)) == expected


def test_classes_without_slots_are_counted_by_their_times() -> None:
    names = ClassNames((replace(SECOND, slot=None), replace(FIRST, slot=None)))

    assert [names.slot(number) for number in (1, 2, 3)] == [{"a"}, {"b"}, set()]


def test_groups_are_counted_only_if_each_class_has_its_own() -> None:
    shared = replace(SECOND, groups=("KM-1",))

    assert ClassNames((FIRST, SECOND)).nth_group(2) == {"b"}
    assert ClassNames((FIRST, shared)).nth_group(2) == set()


def test_a_class_without_groups_has_no_codes() -> None:
    context = replace(ONE, classes=(replace(FIRST, groups=()),))
    quoted = "24\n\nOn 1 Dec 2026, SAC <sac@augstskola.example> wrote:\n> 9:00-12:00 Ķīmija\n"

    assert reading(read_text(quoted, context, SENT)) == {"a": 24}


def test_a_piece_of_the_letter_is_ours() -> None:
    letter = "1. nodarbība 9:00-12:00 Ķīmija\nJautājumu gadījumā zvaniet 24 stundas diennaktī\n"
    text = (
        "24\n\nOn 1 Dec 2026, SAC <sac@augstskola.example> wrote:\n"
        "> 1. nodarbība 9:00-12:00 Ķīmija\n> Jautājumu gadījumā\n> zvaniet 24 stundas diennaktī\n"
    )

    assert reading(read_text(text, replace(ONE, letter_texts=(letter,)), SENT)) == {"a": 24}
    assert reading(read_text(text, ONE, SENT)) == "review not_understood"


def test_unknown_date_of_sending() -> None:
    assert reading(read_text("24", ONE, None)) == "review no_date"


def test_too_many_lines() -> None:
    assert reading(read_text("24\n" + "> \n" * 9_000, ONE, SENT)) == "review too_large"


def test_reasons_in_both_languages() -> None:
    verdict = Verdict(Outcome.REVIEW, Reason.IMPOSSIBLE, detail="42 > 32")

    assert verdict.sentence(Language.LATVIAN) == "Neiespējams skaitlis (42 > 32)"
    assert verdict.why == "impossible: An impossible number (42 > 32)"
    assert Verdict(Outcome.COUNTS, Reason.READ).sentence() == "The number was read"


def test_a_subject_that_cannot_be_decoded_is_taken_as_it_stands() -> None:
    raw = HEADERS + "Subject: =?utf-8?b?A?=\r\n\r\n24"

    assert reading(read_reply(raw.encode(), ONE)) == {"a": 24}


@pytest.mark.parametrize(
    ("style", "hidden"),
    [
        ("color: rgb(255, 255, 255)", True),
        ("color: rgba(0, 0, 0, 0.0)", True),
        ("color: rgb(10, 10, 10)", False),
        ("color: rgb(10)", False),
        ("color: #333", False),
        ("color: white !important", True),
        ("font-size: 0", True),
        ("font-size: 1px", True),
        ("font-size: 1em", False),
        ("font-size: small", False),
        ("opacity: 0", True),
        ("opacity: 0.9", False),
        ("opacity: inherit", False),
        ("visibility: hidden", True),
        ("mso-hide: all", True),
        ("height: 0px", True),
        ("height: 10px", False),
        ("text-indent: -9999px", True),
        ("left: 4px", False),
        ("font-weight: bold", False),
    ],
)
def test_what_nobody_sees(style: str, hidden: bool) -> None:  # noqa: FBT001  # an expectation
    assert hides(style) is hidden


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<ol><li>24<li>30</ol>", "1. 24\n2. 30"),
        ("<p>a<p>b", "a\nb"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
        ("a<br><br>b", "a\n\nb"),
        ("<script>24</script>30", "30"),
        ("<script>24", ""),
        ("<!DOCTYPE html>24", "24"),
        ("<!-- 24", ""),
        ("2 < 4", "2 < 4"),
        ('<a title="1 > 2">24</a>', "24"),
        ("24</x>", "24"),
        ("<p hidden>30</p>24", "24"),
        ('<font color="#fff">30</font>24', "24"),
        ('<a title="' + 30 * ">" + '">24</a>', 9 * ">" + '">24'),
        ("<style>.a{color:red} .b{display:none}</style><i class=b>30</i><i class=a>24</i>", "24"),
        ("<style>.b{display:none}", ""),
        ("<blockquote><blockquote>x</blockquote>y</blockquote>", ">> x\n> y"),
        ("<li>24</li>", "24"),
        ("<ul hidden><li>30</ul>24", "24"),
    ],
)
def test_pages(page: str, text: str) -> None:
    assert visible_text(page) == text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("9:00-99:00", ["odd"]),
        ("9:00–12:00", ["time"]),
        ("2,5", ["odd"]),
        ("1.200", ["odd"]),
        ("012", ["odd"]),
        ("12345", ["odd"]),
        ("1-ajā 2nd", ["ordinal", "ordinal"]),
        ("a@b.lv www.x.lv", ["link", "link"]),
        ("24…", ["number", "ellipsis"]),
        ("12 am", ["time"]),
        ("13 pm", ["odd"]),
        ("III", ["roman"]),
        ("x & y", ["word", "word", "word"]),
    ],
)
def test_tokens(text: str, kinds: list[str]) -> None:
    assert [token.kind for token in tokens_of(text)] == kinds


def test_words_of_names() -> None:
    assert [same_word(word, "vide") for word in ("vide", "vides", "vidē", "video")] == [
        True,
        True,
        False,  # not folded
        False,
    ]


def test_dates_in_figures() -> None:
    days = [day_in_figures(text) for text in ("05.12.", "5.12.2026.", "5.12.26", "2026-12-05")]

    assert [day.is_on(date(2026, 12, 5)) for day in days] == [True] * 4
    assert [day.is_on(date(2026, 5, 12)) for day in days] == [False] * 4
    assert day_at(list(tokens_of("24"))) is None


def test_flowed_text_keeps_signatures_and_stuffed_spaces() -> None:
    assert unflow("a \nb\n  c\n> d \n> e\n-- \nf", delete_space=False) == "a b\n c\n> d e\n-- \nf"


@pytest.mark.parametrize(
    ("lines", "length"),
    [
        (["On Tue, 1 Dec 2026 at 09:00, SAC <a@b.lv> wrote:"], 1),
        (["otrd., 2026. g. 1. dec., plkst. 9:00 — lietotājs SAC", "(<a@b.lv>) rakstīja:"], 2),
        (["вт, 1 дек. 2026 г. в 09:00, SAC <a@b.lv>:"], 1),
        (["24", "On 1 Dec 2026, SAC <a@b.lv> wrote:"], 0),
        (["Kolēģe rakstīja: 24"], 0),
        (["On " * 400], 0),
        ([""], 0),
        (["On 1 Dec 2026", "", "wrote:"], 0),
    ],
)
def test_introductions(lines: list[str], length: int) -> None:
    assert attribution_length(lines) == length


@pytest.mark.parametrize(
    ("lines", "length"),
    [
        (["No: SAC <a@b.lv>", "Nosūtīts: otrdiena", "Kam: Ilze", "24"], 3),
        (["-----Original Message-----", "", "From: a", "Sent: b", "24"], 4),
        (["-----Original Message-----", "24"], 1),
        (["No 26 bija 23"], 0),
        (["No: 26"], 0),
        ([], 0),
    ],
)
def test_header_blocks(lines: list[str], length: int) -> None:
    assert header_length(lines) == length
