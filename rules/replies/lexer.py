"""Cuts an answer into tokens: words, numbers, times, dates, group codes and punctuation.

What a token means beside others is the business of `items.py`. Every pattern is linear: no
repetition stands inside an unbounded one, and every look-ahead is bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rules.replies.folding import fold
from rules.replies.vocabulary import VOCABULARY

LONGEST_ANSWER = 6_000  # characters; no answer to "how many" is longer


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the answer. `word` is folded; `value` a number, an ordinal or minutes of the day.

    `until` is the end of a range of times. `spaced` says that white space stands before it.
    """

    kind: str
    text: str
    word: str = ""
    value: int = -1
    until: int | None = None
    spaced: bool = True

    @property
    def kinds(self) -> frozenset[str]:
        return VOCABULARY.kinds(self.word) if self.word else frozenset()


# Smiles, hands, hearts, seasons, books: pictures that say nothing of a number. A shrug, a question
# mark or a cross does, and is not understood.
_HARMLESS_PICTURES = (
    "\U0001f600-\U0001f60e\U0001f617-\U0001f61e\U0001f622\U0001f62d\U0001f641\U0001f642\U0001f917"
    "\U0001f929\U0001f970\U0001f973\U0001f44b-\U0001f44d\U0001f44f\U0001f450\U0001f64b\U0001f64c"
    "\U0001f64f\U0001f4aa\U0001f91d\U0001f91e\U0001f3fb-\U0001f3ff\u2639-\u263b\u270a-\u270c"
    "\U0001f490\U0001f493-\U0001f49f\u2763\u2764\U0001f5a4\U0001f90d\U0001f90e\U0001f9e1"
    "\u2600-\u2603\u2614\u2615\u2728\u2744\u26c4\U0001f300-\U0001f344\U0001f381-\U0001f386\U0001f389"
    "\U0001f38a\u2705\u2714\U0001f393\U0001f4bb\U0001f4c8\U0001f4ca\U0001f4da\U0001f4dd\U0001f31e\U0001f31f"
)
# Ordinals with an ending: 1-ajā, 2-ā, 1-я, 2nd. Full-width digits are plain ones by now; digits of
# other scripts fall through to "odd", because a person would have to puzzle over them.
_PATTERNS = {
    "link": r"(?:https?://|www\.)[^\s<>]{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,63}){1,4}",
    # Zoom's number of a meeting, which people copy from the letter: 845 1122 3344.
    "meeting": r"(?i:(?:meeting )?id ?:? ?)?[0-9]{3} [0-9]{3,4} [0-9]{4}(?!\w)",
    "line": r"\n",
    "space": r" +",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}\b\.?|[0-9]{2}\b\.?)?(?![0-9])",
    "time": r"[0-9]{1,2}[:.][0-9]{2}(?: ?[-–—] ?[0-9]{1,2}[:.][0-9]{2})?(?![\w%])(?![.,:][0-9])",
    "clock": r"[0-9]{1,2} ?[aApP]\.?[mM]\b",
    "percent": r"[0-9]{1,3}(?:[.,][0-9]{1,2})? ?%",
    "ordinal": r"[1-9](?:-?(?:ajā|ajai|jā|ā|ais|ajam|aja|ja)|-?(?:ая|ой|ое|ом|я|й|е|ю|м)"
    r"|st|nd|rd|th)(?!\w)",
    "odd": r"[0-9]+[.,][0-9][0-9.,]*|[0-9]+[-–][^\W\d_]+",
    "number": r"[0-9]+(?!\w)",
    "smile": r"[:;]-?[)(DPp]+(?!\w)|\){2,}|\^\^"
    f"|[{_HARMLESS_PICTURES}]+",
    "word": r"[^\W\d_]++(?:['’`´-][^\W\d_]++){0,6}(?!\w)",
    "mixed": r"\w+",
    "ellipsis": r"\.{2,}|…",
    "stop": r"[.!]+(?!\?)",
    "query": r"[!?.]*\?[!?]*",
    "comma": r"[,|]",
    "semicolon": r";",
    "colon": r"[:=]",
    "dash": r"[-–—−]+>?",
    "slash": r"[/\\]",
    "open": r"[(\[{]",
    "close": r"[)\]}]",
    "and": r"&",
    "quote": r"[\"'«»“”„‘’‚`´*•·▪●◦‣]+",
    "other": r".",
}
_SIMPLE = frozenset({
    "line", "ellipsis", "stop", "query", "comma", "semicolon", "colon", "dash", "slash", "open",
    "close", "smile", "percent", "link", "meeting",
})  # fmt: skip
_ROMAN = re.compile("I{1,3}")


@lru_cache(maxsize=256)
def _scanner(group_pattern: str | None) -> re.Pattern[str]:
    patterns = ({"group": group_pattern} if group_pattern else {}) | _PATTERNS
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in patterns.items()))


def _minutes(text: str) -> int | None:
    hours, _, rest = text.replace(".", ":").partition(":")
    minute = int(rest or 0)
    return int(hours) * 60 + minute if int(hours) < 24 and minute < 60 else None


def _time(text: str, *, spaced: bool) -> Token:
    first, *rest = re.split(r" ?[-–—] ?", text)
    start, end = _minutes(first), _minutes(rest[0]) if rest else None
    if start is None or (rest and end is None):
        return Token("odd", text, spaced=spaced)
    return Token("time", text, value=start, until=end, spaced=spaced)


def _clock(text: str, *, spaced: bool) -> Token:
    hour = int(re.match("[0-9]+", text).group())  # type: ignore[union-attr]  # the pattern has digits
    afternoon = "p" in text.lower()
    if not 1 <= hour <= 12:
        return Token("odd", text, spaced=spaced)
    return Token("time", text, value=(hour % 12 + 12 * afternoon) * 60, spaced=spaced)


def _word(text: str, *, spaced: bool) -> Token:
    if _ROMAN.fullmatch(text):
        return Token("roman", text, fold(text) if text == "I" else "", len(text), spaced=spaced)
    return Token("word", text, fold(text.replace("’", "'")), spaced=spaced)


def _token(kind: str, text: str, *, spaced: bool) -> Token:
    match kind:
        case "time":
            token = _time(text, spaced=spaced)
        case "clock":
            token = _clock(text, spaced=spaced)
        case "number" if len(text) < 5 and (text == "0" or not text.startswith("0")):
            token = Token("number", text, value=int(text), spaced=spaced)
        case "ordinal":
            token = Token("ordinal", text, value=int(text[0]), spaced=spaced)
        case "word":
            token = _word(text, spaced=spaced)
        case "and":
            token = Token("word", text, "un", spaced=spaced)
        case "group" | "date":
            token = Token(kind, text, spaced=spaced)
        case _:
            token = Token(kind if kind in _SIMPLE else "odd", text, spaced=spaced)
    return token


def tokens_of(text: str, group_pattern: str | None = None) -> Iterator[Token]:
    """The tokens of an answer whose characters were made `folding.visible` before.

    >>> [(token.kind, token.value) for token in tokens_of("1. 26; 12:45")]
    [('number', 1), ('stop', -1), ('number', 26), ('semicolon', -1), ('time', 765)]
    """
    spaced = True
    for match in _scanner(group_pattern).finditer(text.replace("_", " ")):
        kind = match.lastgroup or "odd"
        if kind == "space":
            spaced = True
        elif kind != "quote":
            yield _token(kind, match.group(), spaced=spaced)
            spaced = kind == "line"
