"""Keeps reading the mailbox over one connection, where the server tells of new mail as it comes.

For somebody who watches (`sac mail read`); the schedule reads with `tasks/read_mail.py` alone.
"""

import time
from collections.abc import Callable, Iterator, Mapping

from integrations.errors import TemporaryFault
from models.database import DatabaseUnavailable
from tasks.context import StepContext
from tasks.read_mail import read_waiting, wait_for_mail

_PAUSE_SECONDS = 5.0
_LONGEST_PAUSE_SECONDS = 300.0

Pause = Callable[[float], None]


def follow_mail(
    context_now: Callable[[], StepContext], pause: Pause = time.sleep
) -> Iterator[Mapping[str, int] | str]:
    """Yields the counts of each reading that found something, and each fault in words; never ends.

    What passes is waited for, longer each time. What needs a person is raised.
    """
    failures = 0
    while True:
        try:
            for figures in _readings(context_now):
                failures = 0
                if any(figures.values()):
                    yield figures
        except (TemporaryFault, DatabaseUnavailable) as error:
            yield str(error)
            pause(min(_PAUSE_SECONDS * 2**failures, _LONGEST_PAUSE_SECONDS))
            failures = min(failures + 1, 10)


def _readings(context_now: Callable[[], StepContext]) -> Iterator[Mapping[str, int]]:
    with context_now().services.mailbox as mailbox:
        while True:
            yield read_waiting(context_now(), mailbox)
            wait_for_mail(context_now(), mailbox)
