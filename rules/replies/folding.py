"""Writing reduced to what is compared: case, diacritics, spacing and invisible characters.

A person sees "2\u200b5" with a zero-width space as 25, and full-width digits as digits; what a person
would have to puzzle over (other scripts' digits, direction overrides) is left in the text, where no
rule explains it.
"""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\ufe0f\ufe0e\u034f\u061c\u180e")
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2007\u202f\u2002\u2003\u2009\u3000\u2008\u2005\u2006\u2004\u200a\t\x0b\x0c"),
    " ",
)
_VISIBLE = _INVISIBLE | _FULL_WIDTH | _SPACES | {0x2028: "\n", 0x2029: "\n", 0x85: "\n"}
# Latvian typed without diacritics: doubled vowels for macrons, digraphs for softened consonants.
_SQUEEZED = re.compile(r"aa|ee|ii|oo|uu|sh|ch|zh|gj|kj|lj|nj")


def visible(text: str) -> str:
    """The text as a person sees it: invisible characters gone, every kind of space a space."""
    return text.translate(_VISIBLE).replace("\r\n", "\n").replace("\r", "\n")


@lru_cache(maxsize=8192)
def plain(word: str) -> str:
    """A word without case and diacritics.

    >>> plain("Nodarbībās"), plain("Ещё")
    ('nodarbibas', 'еще')
    """
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """A word without case, diacritics and the spellings that stand for them.

    >>> fold("Septiņi"), fold("septinji"), fold("SESHI"), fold("trīs"), fold("triis")
    ('septini', 'septini', 'sesi', 'tris', 'tris')
    """
    bare = plain(word)
    # Short words lose too much: "ish" is no "is", "II" no "I".
    return bare if len(bare) < 4 else _SQUEEZED.sub(lambda match: match.group()[0], bare)


def plain_line(line: str) -> str:
    """A line without case and diacritics, spaces single."""
    return " ".join(plain(word) for word in line.split())
