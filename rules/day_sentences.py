"""How steps stand in their day, and what a run did, in Latvian and English.

Beside `step_sentences.py`, which has what each step says of its own work.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from rules.process import StepState
from rules.wording import Noun, Text, counted_text, semicolons

STATES: Mapping[StepState, str] = MappingProxyType(
    {
        StepState.DONE: "izpildīts",
        StepState.DUE: "vēl nav izpildīts",
        StepState.NOT_DUE: "vēl nav pienācis laiks",
        StepState.NEEDS_PERSON: "gaida cilvēka lēmumu",
        StepState.FAILED: "neizdevās",
        StepState.MISSED: "noslēdzies neizpildīts",
    }
)
# Shorter, for a badge or a column.
BADGES: Mapping[StepState, str] = MappingProxyType(
    {
        StepState.DONE: "Izpildīts",
        StepState.DUE: "Jāizpilda",
        StepState.NOT_DUE: "Vēl nav laiks",
        StepState.NEEDS_PERSON: "Gaida cilvēku",
        StepState.FAILED: "Neizdevās",
        StepState.MISSED: "Nokavēts",
    }
)
_TO_QUESTION = Noun("jautājumu", "jautājumiem", "question", "questions")


def with_questions(said: Text, questions: int) -> Text:
    """The sentence of a step that waits for answers.

    >>> with_questions(Text("plāns ir LMS", ""), 2).lv
    'plāns ir LMS; jāatbild uz 2 jautājumiem'
    """
    asked = counted_text(questions, _TO_QUESTION)
    return semicolons(said, Text(f"jāatbild uz {asked.lv}", f"{asked.en} to answer"))


def waits_for(step: int, said: Text) -> Text:
    """A step that another one keeps waiting."""
    return Text(f"gaida {step}. soli ({said.lv})", f"waits for step {step} ({said.en})")


PLAN_CHANGED = Text("plāns kopš tā laika ir mainījies", "the plan has changed since")


def closed_undone(said: Text) -> Text:
    """A step that has run, was not done, and can be done no more."""
    return Text(f"noslēdzies neizpildīts: {said.lv}", f"closed undone: {said.en}")


def never_run(state: StepState, moment: datetime) -> Text:
    """A step that has not run; `moment` (local) is when it closed, opens, or is due.

    >>> never_run(StepState.NOT_DUE, datetime(2026, 11, 27, 9))
    Text(lv='laiks pienāks 27.11. 09:00', en='not due before 27 Nov 09:00')
    """
    lv, en = {
        StepState.MISSED: ("noslēdzies neizpildīts", "closed undone at"),
        StepState.NOT_DUE: ("laiks pienāks", "not due before"),
    }.get(state, ("jāizpilda līdz", "due by"))
    return Text(f"{lv} {moment:%d.%m. %H:%M}", f"{en} {moment:%d %b %H:%M}")


def done_outside(name: str, reason: str, proof: str) -> Text:
    """A step that a person did by hand."""
    return Text(
        f"izpildīts ārpus sistēmas ({name}): {reason} ({proof})",
        f"done outside the system by {name}: {reason} ({proof})",
    )


def of_steps(said: Sequence[tuple[int, Text]]) -> Text:
    """What a run did: each step with its sentence."""
    if not said:
        return Text("Nekam vēl nav pienācis laiks.", "Nothing is due.")
    return Text(
        " ".join(f"{step}. solis: {words.lv.rstrip('.')}." for step, words in said),
        " ".join(f"Step {step}: {words.en.rstrip('.')}." for step, words in said),
    )


def of_failed_steps(said: Sequence[tuple[int, Text]]) -> Text:
    """Which steps failed, and what to do."""
    lv = " ".join(f"{step}. solis neizdevās: {words.lv}" for step, words in said)
    en = " ".join(f"Step {step} failed: {words.en}" for step, words in said)
    return Text(
        f"{lv} Kad cēlonis ir novērsts, spiediet Retry: tiks izdarīts tikai tas, kas trūkst.",
        f"{en} When it is mended, click Retry: only what is missing will be done.",
    )
