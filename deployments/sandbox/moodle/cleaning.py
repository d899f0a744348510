"""HTML as Moodle gives it back: stored raw, cleaned on every output."""

from html import escape
from html.parser import HTMLParser


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KEPT = _names(
    "p div span h1 h2 h3 h4 h5 h6 b strong i em u s del ins sub sup code pre blockquote ul ol li "
    "table thead tbody tr th td a img br hr small abbr video audio"
)
_DROPPED_WITH_CONTENT = frozenset(("script", "style", "iframe", "object", "svg"))
_EMPTY = frozenset(("br", "hr", "img"))
_ATTRIBUTES = _names(
    "class id title lang dir style href src alt colspan rowspan target width height"
)
_STYLES = _names(
    "color background background-color padding margin border font-size font-weight text-align width"
)
_LINKS = ("http://", "https://", "mailto:", "#", "/")


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED_WITH_CONTENT:
            self._hidden += 1
        elif tag in _KEPT and not self._hidden:
            end = " />" if tag in _EMPTY else ">"
            self.parts.append(f"<{tag}{''.join(map(_attribute, _clean(attrs)))}{end}")

    def handle_endtag(self, tag: str) -> None:
        if tag in _DROPPED_WITH_CONTENT:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _KEPT and tag not in _EMPTY and not self._hidden:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(escape(data, quote=False))


def clean_html(raw: str) -> str:
    """What a reader of Moodle gets; comments, scripts, data-* and unsafe links are gone."""
    cleaner = _Cleaner()
    cleaner.feed(raw)
    cleaner.close()
    return "".join(cleaner.parts)


def _clean(attrs: list[tuple[str, str | None]]) -> list[tuple[str, str]]:
    kept = [(name, value or "") for name, value in attrs if name in _ATTRIBUTES]
    kept = [(name, _style(value) if name == "style" else value) for name, value in kept]
    kept = [(n, v) for n, v in kept if n != "style" or v]
    kept = [(n, v) for n, v in kept if n not in ("href", "src") or v.lower().startswith(_LINKS)]
    if ("target", "_blank") in kept:
        kept.append(("rel", "noreferrer noopener"))
    return kept


def _style(value: str) -> str:
    rules = (rule.strip() for rule in value.split(";"))
    return "; ".join(rule for rule in rules if rule.partition(":")[0].strip().lower() in _STYLES)


def _attribute(attribute: tuple[str, str]) -> str:
    name, value = attribute
    return f' {name}="{escape(value)}"'
