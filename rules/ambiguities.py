"""The form of an adopted reading: where a source is unclear, what we took it to mean, and what else it could mean.

The readings themselves stand beside the rules that follow them: `rules/fees/readings.py` for the
price list, `rules/regulations/` for the study regulations.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rules.markdown import table


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """One reading adopted because the source is silent or unclear.

    `clause` is the place in the document ("row 7.2", "2.16.4"), `source_words` its own words, empty
    where it says nothing; `adopted` and `other` are English sentences. `effect` says what the other
    reading would change: a sentence, or a function that works it out on an example with the real
    rules. `setting` names what switches the reading: a setting (SAC_...) or an argument.
    """

    key: str
    clause: str
    source_words: str
    adopted: str
    other: str
    effect: Callable[[], str] | str
    setting: str | None = None

    def shown_effect(self) -> str:
        """What the other reading would change, worked out now if it is to be worked out.

        >>> Ambiguity("flat", "row 6.3", "", "flat", "per day", lambda: "30.00 more").shown_effect()
        '30.00 more'
        """
        return self.effect if isinstance(self.effect, str) else self.effect()


_HEADS = ("Place", "Words", "Reading adopted", "Other reading", "What it changes", "Switched by")


def readings_table(readings: Iterable[Ambiguity]) -> str:
    """The readings as a table of a documentation page."""
    return table(
        _HEADS,
        (
            (
                reading.clause,
                reading.source_words,
                reading.adopted,
                reading.other,
                reading.shown_effect(),
                reading.setting or "–",
            )
            for reading in readings
        ),
    )
