"""How rules refuse bad input: a stable code, the argument, and a sentence; never a traceback."""

from collections.abc import Sequence
from datetime import date


class Refusal(ValueError):
    """Input that no rule can answer; `argument` says where it stands, e.g. `payments[2].amount`.

    `others` are further refusals of the same input.
    """

    def __init__(
        self, code: str, argument: str, message: str, others: Sequence["Refusal"] = ()
    ) -> None:
        self.code = code
        self.argument = _printable(argument)
        self.message = _printable(message)
        self.others = tuple(others)
        super().__init__(self.message)

    @property
    def every(self) -> tuple["Refusal", ...]:
        """All that is wrong, this refusal first."""
        return (self, *self.others)


def together(refusals: Sequence[Refusal]) -> Refusal:
    """One refusal that carries all of them, at least one; it reads as the first."""
    first = refusals[0]
    return Refusal(first.code, first.argument, first.message, refusals[1:])


def _printable(text: str) -> str:
    """Names that callers made up may hold what no output can encode."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def invalid(argument: str, message: str) -> Refusal:
    """The refusal of a value that the argument cannot take."""
    return Refusal("invalid_input", argument, f"{argument}: {message}")


def in_order(earlier: tuple[str, date], later: tuple[str, date]) -> None:
    """Refuses two named dates that stand in the wrong order; equal dates are in order."""
    if earlier[1] > later[1]:
        raise Refusal(
            "dates_out_of_order",
            later[0],
            f"{later[0]} ({later[1]}) is before {earlier[0]} ({earlier[1]})",
        )
