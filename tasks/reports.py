"""Tables that people look at in the Prefect UI; everything in them is already known elsewhere."""

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
        return "No online classes that day."
    rows = [
        (
            time_span(planned.facts.start, planned.facts.end),
            planned.facts.course_lv,
            ", ".join(planned.facts.lecturers),
            ", ".join(planned.facts.groups),
            "planned" if planned.is_held else "**CANCELLED**",
            planned.host,
            _link(planned),
        )
        for planned in plan.classes
    ]
    headers = ("Time", "Course", "Lecturers", "Groups", "Status", "Zoom account", "Meeting")
    return markdown_table(headers, rows)


def _link(planned: PlannedClass) -> str:
    facts = planned.facts
    # The address without its passcode: enough to recognise, useless to an onlooker.
    return f"[{facts.meeting_id}]({facts.join_url.split('?')[0]})" if facts.join_url else ""


def letters_report(letters: Sequence[Letter]) -> str:
    """Who was written what, and what became of it."""
    marks = {
        LetterState.SENT: "sent",
        LetterState.REFUSED: "**refused**",
        LetterState.BOUNCED: "**came back**",
    }
    rows = [
        (
            letter.email,
            letter.subject,
            marks.get(letter.state, str(letter.state)),
            # What the server said to a letter that it took helps nobody.
            "" if letter.state is LetterState.SENT else letter.detail,
        )
        for letter in letters
        if letter.state is not LetterState.SUPERSEDED
    ]
    return markdown_table(("To", "Subject", "State", "Detail"), rows) if rows else "No letters."


def questions_report(
    questions: Sequence[Question], owners: Mapping[str, str], link: LinkTo = no_form
) -> str:
    """What waits for a person, whom, and how to answer."""
    rows = [
        (
            question.id,
            answer_link(question, link),
            owners.get(question.role, question.role),
            question.guess or "",
            question.text,
        )
        for question in questions
    ]
    headers = ("No", "Answer with", "For", "Best guess", "Question")
    return markdown_table(headers, rows) if rows else "Nothing waits for a person."
