"""How a step stands, in the words of a letter's reader.

An English letter has the step's own sentence. A Latvian one says the state in a word or two, and
quotes the sentence only where something failed: it names what to mend.
"""

from rules.day_sentences import STATES
from rules.people import Language
from rules.process import StepState


def step_words(state: StepState, summary: str, language: Language) -> str:
    """The state of a step with the given sentence on record.

    >>> step_words(StepState.FAILED, "no connection", Language.LATVIAN)
    'neizdevās: “no connection”'
    >>> step_words(StepState.DONE, "5 letters sent", Language.LATVIAN)
    'izpildīts'
    >>> step_words(StepState.DONE, "5 letters sent", Language.ENGLISH)
    '5 letters sent'
    """
    if language is Language.ENGLISH:
        return summary
    quoted = f": “{summary}”" if state is StepState.FAILED and summary else ""
    return f"{STATES[state]}{quoted}"
