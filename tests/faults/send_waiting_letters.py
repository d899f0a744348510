"""A worker of `test_many_senders.py`: sends what waits for students of a day, at a given moment."""

import sys
from datetime import date, datetime

from integrations.services import assemble
from models.letter import LetterKind
from rules.process import Step
from tasks.context import StepContext
from tasks.send_letters import send_letters


def main() -> None:
    day, now = date.fromisoformat(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    context = StepContext(assemble(), day, now, run=sys.argv[0])
    send_letters(context, Step.NOTIFY_STUDENTS, [LetterKind.STUDENT])


if __name__ == "__main__":
    main()
