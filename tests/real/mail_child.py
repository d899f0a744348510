"""What the test of a killed reader runs in a process of its own: one reading of the mailbox."""

from integrations.services import assemble
from integrations.settings import Settings
from tasks.context import StepContext
from tasks.read_mail import read_mail
from tests.real.corpus_office import DAY, READ_AT


def read_once(settings: Settings) -> None:
    """Reads what is there, at the moment that the corpus is written for."""
    read_mail(StepContext(assemble(settings), DAY, READ_AT, run="child"))
