"""What a person sees of an HTML part, as lines of text; quotations get the prefix ">".

A scanner of our own: nothing here is rendered, every step is linear, and nodes that nobody sees
(display:none, white or tiny letters) do not exist.
"""

import html as html_entities
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_LINE_TAGS = frozenset(
    [
        "p",
        "div",
        "br",
        "tr",
        "table",
        "tbody",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "hr",
        "pre",
        "section",
        "article",
        "header",
        "footer",
        "dl",
        "dt",
        "dd",
        "address",
        "center",
        "form",
    ]
)
_VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "source"]
)
_UNSEEN = frozenset(["script", "style", "head", "title", "template", "noscript", "object"])
_CLOSED_BY_ITSELF = {"p": {"p"}, "li": {"li"}, "td": {"td", "th"}, "th": {"td", "th"}, "tr": {"tr"}}
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:]{0,30})")
_ATTRIBUTE = re.compile(
    r"([a-zA-Z-]{1,30})[ \t\r\n]{0,9}=[ \t\r\n]{0,9}(?:\"([^\"]{0,4000})\"|'([^']{0,4000})'|([^\s\"'>]{1,4000}))"
)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_SELECTOR = re.compile(r"[.#]([\w-]{1,100})")
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_DEEPEST = 500


class TooDeeplyNested(ValueError):
    """The page is nested as no mail program nests it; nobody knows what a person would see."""


def _number(text: str) -> float | None:
    match = re.match(r"-?[0-9]{0,6}\.?[0-9]{0,6}", text)
    try:
        return float(match.group()) if match else None
    except ValueError:
        return None


def _is_pale(colour: str) -> bool:
    """Whether text of that colour cannot be seen on white."""
    colour = colour.replace("!important", "").strip()
    if colour in {"white", "transparent", "snow", "ivory", "whitesmoke"}:
        return True
    if re.fullmatch(r"#[0-9a-f]{3}", colour):
        colour = "#" + "".join(2 * digit for digit in colour[1:])
    if re.fullmatch(r"#[0-9a-f]{6}", colour):
        return min(int(colour[at : at + 2], 16) for at in (1, 3, 5)) >= 0xE0
    parts = [_number(part.strip()) for part in colour.partition("(")[2].rstrip(")").split(",")]
    if not colour.startswith("rgb") or len(parts) < 3 or None in parts:
        return False
    values = [part or 0.0 for part in parts]
    return min(values[:3]) >= 0xE0 or (len(values) > 3 and values[3] < 0.1)


def hides(style: str) -> bool:
    """Whether a CSS declaration list makes its node invisible.

    >>> hides("color:#333; display: none"), hides("background-color:white"), hides("color: #FFF")
    (True, False, True)
    """
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        if _declaration_hides(name.strip(), value.strip()):
            return True
    return False


def _is_tiny(value: str) -> bool:
    size = _number(value)
    return size is not None and size <= 2 and not value.endswith(("em", "rem", "in", "cm"))


def _is_nothing(value: str) -> bool:
    size = _number(value)
    return size is not None and size < 0.1


def _is_far_off(value: str) -> bool:
    return (_number(value) or 0.0) <= -500


def _is_any(_: str) -> bool:
    return True


_HIDING: Mapping[str, Callable[[str], bool]] = {
    "display": lambda value: value.startswith("none"),
    "visibility": lambda value: value.startswith(("hidden", "collapse")),
    "mso-hide": _is_any,
    "color": _is_pale,
    "font-size": _is_tiny,
    **dict.fromkeys(("opacity", "max-height", "max-width", "line-height"), _is_nothing),
    **dict.fromkeys(("height", "width"), {"0", "0px", "0pt", "1px"}.__contains__),
    **dict.fromkeys(("text-indent", "left", "top", "margin-left"), _is_far_off),
}


def _declaration_hides(name: str, value: str) -> bool:
    hides_by = _HIDING.get(name)
    return hides_by is not None and hides_by(value)


@dataclass(slots=True)
class _Node:
    name: str
    is_hidden: bool
    items: int = 0  # of an ordered list


@dataclass
class _Page:
    """The page while it is read: open nodes, finished lines and the line in work."""

    hidden_names: frozenset[str] = frozenset()
    nodes: list[_Node] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)

    @property
    def is_hidden(self) -> bool:
        return bool(self.nodes) and self.nodes[-1].is_hidden

    def end_line(self, *, force: bool = False) -> None:
        text = " ".join("".join(self.line).split())
        if text or force:
            depth = sum(node.name == "blockquote" for node in self.nodes)
            self.lines.append(">" * min(depth, 9) + " " * bool(depth) + text)
        self.line.clear()

    def say(self, text: str) -> None:
        if not self.is_hidden:
            self.line.append(html_entities.unescape(text))

    def open(self, name: str, attributes: Mapping[str, str]) -> None:
        closes = _CLOSED_BY_ITSELF.get(name, set())
        if self.nodes and self.nodes[-1].name in closes:
            self.nodes.pop()
        if name in _LINE_TAGS:
            self.end_line(force=name == "br")
        elif name in {"td", "th"}:
            self.line.append(" ")
        hidden = self.is_hidden or self._hidden_by(name, attributes)
        if name == "li" and not hidden:
            self._number_item()
        if len(self.nodes) >= _DEEPEST:
            raise TooDeeplyNested
        if name not in _VOID:
            self.nodes.append(_Node(name, hidden))

    def _number_item(self) -> None:
        owner = self.nodes[-1] if self.nodes else None
        if owner is not None and owner.name == "ol":
            owner.items += 1
            self.line.append(f"{owner.items}. ")

    def _hidden_by(self, name: str, attributes: Mapping[str, str]) -> bool:
        names = {*attributes.get("class", "").split(), attributes.get("id", "")}
        return (
            hides(attributes.get("style", ""))
            or "hidden" in attributes
            or (name == "font" and _is_pale(attributes.get("color", "").lower()))
            or not self.hidden_names.isdisjoint(names)
        )

    def close(self, name: str) -> None:
        if name in _LINE_TAGS:
            self.end_line()
        for at in range(len(self.nodes) - 1, max(-1, len(self.nodes) - 60), -1):
            if self.nodes[at].name == name:
                del self.nodes[at:]
                return


def _tag_end(text: str, start: int) -> int:
    """Where the tag that begins there ends, minding ">" inside quoted attributes."""
    end = start
    for _ in range(20):
        end = text.find(">", end)
        if end < 0 or text.count('"', start, end) % 2 == 0:
            break
        end += 1
    return end if end >= 0 else len(text)


def _attributes(tag: str) -> dict[str, str]:
    found = {
        match.group(1).lower(): next(group for group in match.groups()[1:] if group is not None)
        for match in _ATTRIBUTE.finditer(tag[:20_000])
    }
    if re.search(r"\shidden(?:\s|/|$)", tag[:20_000]):
        found["hidden"] = ""
    return {name: html_entities.unescape(value) for name, value in found.items()}


def _hidden_names(text: str) -> frozenset[str]:
    """Classes and ids that the page's style sheets make invisible."""
    lower = text.translate(_LOWER)
    found: set[str] = set()
    at = 0
    while (start := lower.find("<style", at)) >= 0:
        at = lower.find("</style", start)
        at = len(text) if at < 0 else at
        for selectors, body in _RULE.findall(text[start : min(at, start + 100_000)]):
            if hides(body):
                found.update(_SELECTOR.findall(selectors))
    return frozenset(found)


def visible_text(text: str) -> str:
    r"""The page's visible text. Raises `TooDeeplyNested`.

    >>> visible_text('<p>26<span style="display:none">99</span></p><blockquote>x</blockquote>')
    '26\n> x'
    """
    page = _Page(_hidden_names(text))
    lower = text.translate(_LOWER)
    at = 0
    while at < len(text):
        start = text.find("<", at)
        if start < 0:
            page.say(text[at:])
            break
        page.say(text[at:start])
        at = _skip_markup(page, text, lower, start)
    page.end_line()
    return "\n".join(page.lines)


def _skip_markup(page: _Page, text: str, lower: str, start: int) -> int:
    """Handles what begins with "<" and says where to read on."""
    if text.startswith("<!--", start):
        end = text.find("-->", start + 4)
        return len(text) if end < 0 else end + 3
    match = _TAG.match(text, start)
    if match is None:
        if text[start + 1 : start + 2] in {"!", "?"}:
            return _tag_end(text, start) + 1
        page.say("<")
        return start + 1
    end = _tag_end(text, start)
    name = match.group(1).lower()
    if text[start + 1] == "/":
        page.close(name)
    elif name in _UNSEEN:
        closing = lower.find(f"</{name}", end)
        return len(text) if closing < 0 else _tag_end(text, closing) + 1
    else:
        page.open(name, _attributes(text[match.end() : end]))
    return end + 1
