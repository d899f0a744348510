"""The eleven steps as a run form offers them: number and a short Latvian name.

The full names are in `rules/process.py`; what is kept is the step.
"""

from collections.abc import Mapping

from rules.process import Step

_BETWEEN = " · "
_SHORT: Mapping[Step, str] = {
    Step.PREPARE_PLAN: "studiju dienas plāns",
    Step.PLAN_MEETINGS: "nodarbību plānošana Zoom",
    Step.REMIND_LECTURERS: "atgādinājumi mācībspēkiem",
    Step.PUBLISH_PLAN: "plāns LMS",
    Step.PUBLISH_LINKS: "pieslēgšanās informācija LMS",
    Step.NOTIFY_STUDENTS: "informācija studējošajiem",
    Step.BRIEF_TEAM: "informatīvā sapulce",
    Step.WATCH_CLASSES: "studiju dienas norise",
    Step.REQUEST_ATTENDANCE: "apmeklētāju skaita nodošana",
    Step.COLLECT_ATTENDANCE: "apmeklētāju skaita apkopošana",
    Step.CLEAR_LMS: "plāna un pieslēgšanās informācijas dzēšana LMS",
}


class UnknownStep(ValueError):
    """A choice that names no step of the process description."""


def step_label(step: Step) -> str:
    """`3 · atgādinājumi mācībspēkiem`."""
    return f"{step.value}{_BETWEEN}{_SHORT[step]}"


def step_of(choice: int | str) -> Step:
    """The step of a label, or of a bare number.

    >>> step_of("3 · atgādinājumi mācībspēkiem").value, step_of(6).value, step_of("11").value
    (3, 6, 11)

    Raises UnknownStep.
    """
    number = str(choice).partition(_BETWEEN)[0].strip()
    if number not in {str(step.value) for step in Step}:
        raise UnknownStep(f"There is no step {number!r}; the process description has 1 to 11.")
    return Step(int(number))
