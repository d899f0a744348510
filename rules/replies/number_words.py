"""Number words of Latvian, English and Russian from 0 to 199, inflected, and how they add up.

Words come folded (`folding.fold`). Locative plurals (trijās) are left out on purpose: they count
classes and groups, not people ("divās" folds to "divas": a class noun after it gives it away). Idioms (ducis, pusotrs, desmiti) are not numbers here.
"""

from collections.abc import Iterator, Sequence

from rules.replies.folding import fold

_LATVIAN_ENDINGS = ("i", "as", "u", "iem", "am", "us")
_LATVIAN_STEMS = {"četr": 4, "piec": 5, "seš": 6, "septiņ": 7, "astoņ": 8, "deviņ": 9}
_LATVIAN_UNITS = {
    **{f"vien{ending}": 1 for ending in ("s", "a", "u", "am", "ai", "i", "as")},
    **{f"div{ending}": 2 for ending in (*_LATVIAN_ENDINGS, "ējiem", "ēju")},
    **dict.fromkeys(("trīs", "trim", "triju", "trijiem", "trijām", "trejiem"), 3),
    **{stem + end: value for stem, value in _LATVIAN_STEMS.items() for end in _LATVIAN_ENDINGS},
}
_LATVIAN_TENS_STEMS = {"div": 2, "trīs": 3, "četr": 4, "piec": 5} | {
    "seš": 6,
    "septiņ": 7,
    "astoņ": 8,
    "deviņ": 9,
}
_ENGLISH_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_ENGLISH_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_RUSSIAN = {
    1: "один одна одного одной одну одному",
    2: "два две двух двум двое двоих",
    3: "три трёх трём трое троих",
    4: "четыре четырёх четырём четверо четверых",
    5: "пять пяти пятеро пятерых",
    6: "шесть шести шестеро шестерых",
    7: "семь семи семеро семерых",
    8: "восемь восьми восьмеро",
    9: "девять девяти девятеро",
    10: "десять десяти десятеро",
    11: "одиннадцать одиннадцати",
    12: "двенадцать двенадцати",
    13: "тринадцать тринадцати",
    14: "четырнадцать четырнадцати",
    15: "пятнадцать пятнадцати",
    16: "шестнадцать шестнадцати",
    17: "семнадцать семнадцати",
    18: "восемнадцать восемнадцати",
    19: "девятнадцать девятнадцати",
    20: "двадцать двадцати",
    30: "тридцать тридцати",
    40: "сорок сорока",
    50: "пятьдесят пятидесяти",
    60: "шестьдесят шестидесяти",
    70: "семьдесят семидесяти",
    80: "восемьдесят восьмидесяти",
    90: "девяносто девяноста",
    100: "сто ста",
}


def _latvian() -> Iterator[tuple[str, int]]:
    yield from (("nulle", 0), ("nulles", 0), ("nulli", 0), ("desmit", 10), ("desmitiem", 10))
    yield from ((hundred, 100) for hundred in ("simts", "simtu", "simt", "simta"))
    yield from _LATVIAN_UNITS.items()
    yield "vienpadsmit", 11
    for stem, value in _LATVIAN_TENS_STEMS.items():
        yield f"{stem}padsmit", 10 + value
        yield f"{stem}desmit", 10 * value


def _english() -> Iterator[tuple[str, int]]:
    yield from zip(_ENGLISH_UNITS, range(10), strict=True)
    yield from zip(_ENGLISH_TEENS, range(10, 20), strict=True)
    yield from zip(_ENGLISH_TENS, range(20, 100, 10), strict=True)
    yield "hundred", 100


def _russian() -> Iterator[tuple[str, int]]:
    yield from (("ноль", 0), ("нуль", 0))
    for value, forms in _RUSSIAN.items():
        yield from ((form, value) for form in forms.split())


def _table() -> dict[str, int]:
    words = {
        fold(word): value for words in (_latvian(), _english(), _russian()) for word, value in words
    }
    tens = {
        word: value
        for word, value in words.items()
        if 20 <= value < 100 and word.endswith("desmit")
    }
    units = {fold(word): value for word, value in _LATVIAN_UNITS.items()}
    # Latvians also write tens and units as one word: divdesmitpieci.
    joined = {ten + unit: a + b for ten, a in tens.items() for unit, b in units.items()}
    return joined | words


NUMBER_WORDS = _table()


def value_of(words: Sequence[str]) -> int | None:
    """What folded number words say together, or None if they do not make one number.

    >>> value_of(["divdesmit", "septini"]), value_of(["simtu", "viens"]), value_of(["divi", "tris"])
    (27, 101, None)
    """
    values = [NUMBER_WORDS[word] for word in words]
    total, floor = 0, 1000
    if values[:2] == [1, 100]:  # "one hundred", "viens simts"
        values = values[1:]
    for value in values:
        # Each part must be smaller than the smallest place still free: 100, then tens, then units.
        if value >= floor or (value == 0 and len(values) > 1):
            return None
        total += value
        floor = 100 if value == 100 else 10 if value >= 20 and value % 10 == 0 else 0
    return total
