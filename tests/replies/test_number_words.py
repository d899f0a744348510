"""Number words against num2words, and as people inflect and misspell them."""

import pytest
from num2words import num2words

from rules.replies.folding import fold
from rules.replies.number_words import NUMBER_WORDS, value_of


def parsed(text: str) -> int | None:
    words = [fold(word) for word in text.replace("-", " ").split() if word != "and"]
    return value_of(words) if all(word in NUMBER_WORDS for word in words) else None


@pytest.mark.parametrize("language", ["lv", "en", "ru"])
def test_every_number_that_a_class_can_have(language: str) -> None:
    read = {number: parsed(num2words(number, lang=language)) for number in range(200)}

    assert read == {number: number for number in range(200)}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("divdesmit trim", 23),
        ("divdesmitpieciem", 25),
        ("astoņpadsmit", 18),
        ("astonjpadsmit", 18),
        ("chetri", 4),
        ("sheshi", 6),
        ("triis", 3),
        ("vienu", 1),
        ("simts divdesmit trīs", 123),
        ("simtu viens", 101),
        ("viens simts", 100),
        ("двадцати трёх", 23),
        ("двое", 2),
        ("twenty-two", 22),
        ("one hundred five", 105),
        ("nulle", 0),
        ("divi trīs", None),
        ("desmit pieci", None),
        ("divdesmitpieci trīs", None),
        ("pieci divdesmit", None),
        ("divdesmit nulle", None),
        ("trijās", None),
        ("ducis", None),
    ],
)
def test_as_people_write_them(text: str, number: int | None) -> None:
    assert parsed(text) == number
