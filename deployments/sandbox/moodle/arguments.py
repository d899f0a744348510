"""Arguments as PHP reads them: `events[0][name]=…` becomes nested dictionaries."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from deployments.sandbox.moodle.errors import invalid_parameter

_KEY = re.compile(r"\[([^\]]*)\]")


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The nested form of flat pairs; list positions stay keys."""
    root: dict[str, Any] = {}
    for name, value in pairs:
        first = name.partition("[")[0]
        path = [first, *_KEY.findall(name)]
        place = root
        for key in path[:-1]:
            place = place.setdefault(key, {})
        place[path[-1]] = value
    return root


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one call or one structure; a wrong type is Moodle's invalidparameter."""

    values: dict[str, Any]

    def only(self, *names: str) -> "Arguments":
        """Refuses names that the function does not know."""
        if self.values.keys() - set(names):
            raise invalid_parameter()
        return self

    def text(self, name: str, default: str | None = None) -> str:
        value = self.values.get(name, default)
        if not isinstance(value, str):
            raise invalid_parameter()
        return value

    def plain_text(self, name: str) -> str:
        """PARAM_TEXT: no markup that Moodle would have to strip."""
        text = self.text(name)
        if re.search(r"</?[a-zA-Z]", text):
            raise invalid_parameter()
        return text

    def number(self, name: str, default: int | None = None) -> int:
        value = self.values.get(name, default)
        try:
            return int(value)  # type: ignore[arg-type]  # None raises and is refused below
        except (TypeError, ValueError) as error:
            raise invalid_parameter() from error

    def flag(self, name: str, *, default: bool) -> bool:
        number = self.number(name, int(default))
        if number not in (0, 1):
            raise invalid_parameter()
        return bool(number)

    def inner(self, name: str) -> "Arguments":
        return Arguments(_structure(self.values.get(name, {})))

    def structures(self, name: str) -> list["Arguments"]:
        """A list of structures; required."""
        if name not in self.values:
            raise invalid_parameter()
        items = _structure(self.values[name]).values()
        return [Arguments(_structure(item)) for item in items]

    def numbers(self, name: str) -> list[int]:
        """A list of numbers, empty when absent."""
        items = Arguments(_structure(self.values.get(name, {})))
        return [items.number(key) for key in items.values]

    def options(self, *known: str) -> dict[str, str]:
        """`options[n][name]` and `[value]`; a name that the function does not know is refused."""
        found = {
            item.text("name"): item.text("value") for item in map(_option, self._options().values())
        }
        if found.keys() - set(known):
            raise invalid_parameter()
        return found

    def _options(self) -> dict[str, Any]:
        return _structure(self.values.get("options", {}))


def _option(item: Any) -> Arguments:
    return Arguments(_structure(item)).only("name", "value")


def _structure(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise invalid_parameter()
    return value
