"""A real IMAP and a real SMTP server for the session, in a folder that other users may enter."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real import mail_servers
from tests.real.mail_servers import Dovecot, Postfix


@pytest.fixture(scope="session")
def mail_folder() -> Iterator[Path]:
    # Not pytest's own temporary folder: that one is closed to the servers' users.
    folder = Path(tempfile.mkdtemp(prefix="sac-mail-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def dovecot(mail_folder: Path) -> Iterator[Dovecot]:
    with mail_servers.dovecot(mail_folder) as server:
        yield server


@pytest.fixture(scope="session")
def postfix(mail_folder: Path, dovecot: Dovecot) -> Iterator[Postfix]:
    with mail_servers.postfix(mail_folder, dovecot) as server:
        yield server
