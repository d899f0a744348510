"""How fast replies are read from end to end against a real Dovecot: `uv run python -m benchmarks.mailbox [MAILS]`.

Fetching, understanding, recording (SQLite, fully synchronised) and filing of mails of our corpus, one
after the other; what the reader itself takes is measured by `benchmarks/replies.py`.
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from integrations.services import assemble
from models.database import writing
from tasks.context import StepContext
from tasks.read_mail import read_mail
from tests.real.corpus_office import DAY, READ_AT, CorpusOffice
from tests.real.mail_servers import Dovecot, dovecot
from tests.real.test_killed_reader import deliver, settings_for

ROUNDS = 3


def measure(server: Dovecot, folder: Path, mails: int) -> float:
    """Messages per second of one reading into a new database."""
    services = assemble(settings_for(server, folder))
    with writing(services.engine) as session:
        cases = CorpusOffice(session).fill(mails)
    deliver(server, cases)
    began = time.perf_counter()
    figures = read_mail(StepContext(services, DAY, READ_AT))
    seconds = time.perf_counter() - began
    services.engine.dispose()
    if sum(figures.values()) != mails:
        sys.exit(f"read {dict(figures)} instead of {mails} mails")
    return mails / seconds


def main(mails: int = 300) -> None:
    rates = []
    for _ in range(ROUNDS):
        folder = Path(tempfile.mkdtemp(prefix="sac-mail-"))
        folder.chmod(0o755)  # the server's own users enter it
        try:
            with dovecot(folder) as server:
                rates.append(measure(server, folder, mails))
        finally:
            shutil.rmtree(folder)
    shown = ", ".join(f"{rate:.0f}" for rate in rates)
    print(f"{statistics.mean(rates):.0f} messages a second (rounds of {mails}: {shown})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
