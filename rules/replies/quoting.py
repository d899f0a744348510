"""Parts a reply's text into the lecturer's own words and what is quoted below, between or above.

Knows the marks of mail programs in three languages; our own letter is `letter.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rules.replies.folding import plain_line
from rules.replies.letter import LetterReader, Passage

_MOST_LINES = 8_000
_QUOTED = re.compile(r"(?: {0,2}>){1,30}")
_WROTE = re.compile(
    r"(?:rakstija|wrote|writes|написал|написала|написал\(а\)|писал|писала|писал\(а\)|пишет|schrieb)"
    r"(?: \S{1,60}){0,6} ?:"
)
_ATTRIBUTION_START = re.compile(
    r"(?:on |datuma |citejot |quoting |pirmdien|otrdien|tresdien|ceturtdien|piektdien|sestdien|svetdien"
    r"|(?:pirmd|otrd|tresd|ceturtd|piektd|sestd|svetd|p|o|t|c|pk|s|sv)\., |пн|вт|ср|чт|пт|сб|вс|понед|вторн|сред|четв|пятн|суб|воскр"
    r"|[0-9]{1,2}[./ -]|[0-9]{4}[.-]|\S{1,40}(?: \S{1,40}){0,5} ?(?:@ [0-9]{4}|<))"
)
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_ADDRESS = re.compile(r"<?\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,100}>?")
_RULE = re.compile(
    r"[-—_=* ]{2,60}(?:sakotnejais zinojums|sakotneja zina|sakotneja vestule|original message|исходное сообщение"
    r"|пересылаемое сообщение|пересылаемое письмо|parsutits zinojums|parsutita zina|forwarded message|begin forwarded message"
    r"|originalvestule|atbilde uz)[-—_=* :]{0,60}"
)
# The line that our letters begin with, for mail programs that introduce a quotation with nothing.
_ABOVE = re.compile(r"atbildi rakstiet virs sis linijas|write your reply above this line")
_FROM = re.compile(r"\*?(?:no|kas|from|от|von|sutitajs) ?:\*? ?\S.{0,300}")
_HEADER = re.compile(
    r"\*?(?:nosutits|datums|sent|date|отправлено|дата|kam|to|кому|tema|temats|subject|тема|cc|kopija|копия|importance|svarigums|priority) ?:\*?.{0,600}"
)


def split_mark(line: str) -> tuple[int, str]:
    """The depth of a quoted line and the line without its marks."""
    match = _QUOTED.match(line)
    if match is None:
        return 0, line
    rest = line[match.end() :]
    return match.group().count(">"), rest.removeprefix(" ")


def attribution_length(lines: Sequence[str]) -> int:
    """How many of the lines introduce a quotation ("... rakstīja:"), possibly wrapped; else 0."""
    joined = ""
    for length, line in enumerate(lines[:3], 1):
        folded = plain_line(line)
        if not folded or len(line) > 500:
            return 0
        if length > 1 and (not _looks_begun(joined) or _looks_begun(folded)):
            return 0  # what stands above an introduction is the answer
        joined = f"{joined} {folded}".strip()
        if joined.endswith(":") and _introduces(joined):
            return length
    return 0


def _looks_begun(line: str) -> bool:
    """Whether an introduction may begin with this line."""
    dated = _YEAR.search(line) is not None
    return dated and _ATTRIBUTION_START.match(line) is not None


def _introduces(line: str) -> bool:
    dated = _YEAR.search(line) is not None
    addressed = _ADDRESS.search(line) is not None
    if _WROTE.search(line) and line.endswith(":"):
        return dated or addressed
    return dated and addressed and _ATTRIBUTION_START.match(line) is not None


def header_length(lines: Sequence[str]) -> int:
    """How many of the lines are the header block of an earlier message; 0 if they are none."""
    length = 0
    if lines and _RULE.fullmatch(plain_line(lines[0])[:200]):
        length = 1
        while length < len(lines) and not lines[length].strip():
            length += 1
    if length < len(lines) and _FROM.fullmatch(plain_line(lines[length])[:400]):
        end = length + 1
        while end < min(len(lines), length + 9) and _HEADER.fullmatch(plain_line(lines[end])[:700]):
            end += 1
        if end - length >= 2:
            return end
    return length


@dataclass
class _Walk:
    """Where the walk through the lines stands."""

    letter: LetterReader
    fresh: list[Passage] = field(default_factory=list)
    is_below: bool = False  # an introduction or a quoted line was passed
    has_marks: bool = False  # the quotation is marked line by line
    is_older: bool = False  # below a second introduction: earlier mail, already dealt with
    introductions: int = 0
    is_apart: bool = True  # something quoted stands between the last own words and the next

    def add(self, passage: Passage) -> None:
        """Adds own words; lines that stand together stay together."""
        last = self.fresh[-1] if self.fresh else None
        alone = passage.fills_in or passage.is_unsure
        if last is None or self.is_apart or last.block is not passage.block or alone:
            self.fresh.append(passage)
        else:
            self.fresh[-1] = Passage(f"{last.text}\n{passage.text}", last.block)
        self.is_apart = alone


def passages(text: str, letter: LetterReader) -> list[Passage] | None:
    """The lecturer's own words in order, each with the class beside which it stands.

    None if there are more lines than any reply has.
    """
    lines = text.split("\n", _MOST_LINES + 1)
    if len(lines) > _MOST_LINES:
        return None
    walk = _Walk(letter)
    marked = [split_mark(line) for line in lines]
    bare = [content for _, content in marked]
    at = 0
    while at < len(lines):
        length = _introduction(marked, bare, at, walk)
        if not length:
            _take(*marked[at], walk)
            length = 1
        at += length
    return [passage for passage in walk.fresh if passage.text.strip()]


def _introduction(
    marked: Sequence[tuple[int, str]], bare: Sequence[str], at: int, walk: _Walk
) -> int:
    """Passes an introduction that begins there; returns its length."""
    depth = marked[at][0]
    if depth > 1 or walk.is_older:
        return 0
    window = bare[at : at + 12]
    length = attribution_length(window) or header_length(window)
    if not length and not walk.is_below and _ABOVE.search(plain_line(bare[at])[:200]):
        length = 1
    if not length:
        return 0
    if walk.introductions and (depth or not walk.has_marks):
        walk.is_older = True
    following = next(
        (mark for mark, line in marked[at + length : at + length + 6] if line.strip() or mark), 0
    )
    walk.introductions += 1
    walk.is_apart = True
    walk.is_below = True
    walk.has_marks = walk.has_marks or depth > 0 or following > 0
    return length


def _take(depth: int, line: str, walk: _Walk) -> None:
    walk.is_below = walk.is_below or depth > 0
    walk.has_marks = walk.has_marks or depth > 0
    own = depth == 0 and (not walk.is_below or walk.has_marks)
    if own:
        walk.add(Passage(line, walk.letter.block))
        return
    passage = walk.letter.feed(line) if depth <= 1 and not walk.is_older else None
    if passage is None:
        walk.is_apart = True
    else:
        walk.add(passage)
