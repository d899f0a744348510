"""Tables that people look at in the Prefect UI, in Latvian; all in them is known elsewhere too."""

from collections.abc import Mapping, Sequence

from models.letter import Letter, LetterState
from models.question import Question
from rules.plan import PlannedClass
from rules.wording import time_span
from tasks.day_plan import DayPlan
from tasks.question_page import LinkTo, answer_link, no_form
from tasks.wording import markdown_table


def plan_report(plan: DayPlan) -> str:
    """The plan with its links; passcodes stay in the letters and the LMS."""
    if not plan.classes:
        return "Tajā dienā nav tiešsaistes nodarbību."
    rows = [
        (
            time_span(planned.facts.start, planned.facts.end),
            planned.facts.course_lv,
            ", ".join(planned.facts.lecturers),
            ", ".join(planned.facts.groups),
            "notiek" if planned.is_held else "**ATCELTA**",
            planned.host,
            _link(planned),
        )
        for planned in plan.classes
    ]
    headers = (
        "Laiks",
        "Studiju kurss",
        "Mācībspēki",
        "Grupas",
        "Norise",
        "Zoom konts",
        "Sapulce",
    )
    return markdown_table(headers, rows)


def _link(planned: PlannedClass) -> str:
    facts = planned.facts
    # The address without its passcode: enough to recognise, useless to an onlooker.
    return f"[{facts.meeting_id}]({facts.join_url.split('?')[0]})" if facts.join_url else ""


def letters_report(letters: Sequence[Letter]) -> str:
    """Who was written what, and what became of it."""
    marks = {
        LetterState.QUEUED: "gaida",
        LetterState.SENDING: "tiek sūtīta",
        LetterState.SENT: "nosūtīta",
        LetterState.REFUSED: "**nav pieņemta**",
        LetterState.BOUNCED: "**atsūtīta atpakaļ**",
    }
    rows = [
        (
            letter.email,
            letter.subject,
            marks[letter.state],
            # What the server said to a letter that it took helps nobody.
            "" if letter.state is LetterState.SENT else letter.detail,
        )
        for letter in letters
        if letter.state is not LetterState.SUPERSEDED
    ]
    return markdown_table(("Kam", "Temats", "Stāvoklis", "Sīkāk"), rows) if rows else "Vēstuļu nav."


def questions_report(
    questions: Sequence[Question], owners: Mapping[str, str], link: LinkTo = no_form
) -> str:
    """What waits for a person, whom, and how to answer."""
    rows = [
        (
            question.id,
            answer_link(question, link),
            owners.get(question.role, question.role.latvian),
            question.guess or "",
            question.text,
        )
        for question in questions
    ]
    headers = ("Nr.", "Atbilde", "Kam", "Mūsu minējums", "Jautājums")
    return markdown_table(headers, rows) if rows else "Neviens jautājums negaida atbildi."
