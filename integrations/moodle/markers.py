"""How we find our own posts again: an empty paragraph whose classes carry the key and the hash.

Moodle gives posts no external id and drops comments, data attributes and hidden text when it cleans
HTML; classes survive. So a key becomes a class name and back.
"""

import re
from dataclasses import dataclass

_KEY = "sac-k-"
_HASH = "sac-h-"
_CLASSES = re.compile(r'\bclass="([^"]*\bsac-ref\b[^"]*)"')


@dataclass(frozen=True, slots=True)
class Posted:
    """A post of ours as Moodle has it; `content_hash` is that of the content it was made from."""

    moodle_id: int
    url: str
    content_hash: str


def _as_class(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found[0]):x}_", text)


def _from_class(name: str) -> str:
    return re.sub(r"_([0-9a-f]+)_", lambda found: chr(int(found[1], 16)), name)


def marked(html: str, key: str, content_hash: str) -> str:
    """The content with its marker, which people do not see.

    >>> marked("<p>Zoom</p>", "C 7", "1a2b")
    '<p class="sac-ref sac-k-C_20_7 sac-h-1a2b"></p><p>Zoom</p>'
    """
    classes = f"sac-ref {_KEY}{_as_class(key)} {_HASH}{_as_class(content_hash)}"
    return f'<p class="{classes}"></p>{html}'


def marker_of(html: str) -> tuple[str | None, str]:
    """The key and the content hash of a post; no key in one that is not marked.

    >>> marker_of('<div><p class="sac-h-1a2b sac-k-C_20_7 sac-ref"></p></div>')
    ('C 7', '1a2b')
    >>> marker_of("<p>Cits</p>")
    (None, '')
    """
    found = _CLASSES.search(html)
    names = found[1].split() if found else []
    keys = [name.removeprefix(_KEY) for name in names if name.startswith(_KEY)]
    hashes = [name.removeprefix(_HASH) for name in names if name.startswith(_HASH)]
    return _from_class(keys[0]) if keys else None, _from_class(hashes[0]) if hashes else ""
