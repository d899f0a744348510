"""A thousand mixed mails against a real Dovecot, the reader killed ten times: each counts once."""

import multiprocessing
import os
import random
import re
import signal
from collections import Counter
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from imap_tools import BaseMailBox, MailBoxUnencrypted
from sqlalchemy import Engine
from sqlmodel import func, select

from integrations.services import assemble
from integrations.settings import ImapSettings, MailSecurity, Settings, SmtpSettings
from models.attendance import AttendanceReport, counts
from models.database import migrate, open_database, reading, writing
from models.inbound import InboundMessage, MailVerdict
from models.letter import Letter, LetterState
from models.question import Question
from tasks.context import StepContext
from tasks.read_mail import FOLDERS, read_mail
from tests.programs import eventually
from tests.real.corpus_office import (
    AUTHSERV_ID,
    DAY,
    OFFICE,
    READ_AT,
    SECRET,
    Case,
    CorpusOffice,
)
from tests.real.mail_child import read_once
from tests.real.mail_servers import Dovecot

pytestmark = pytest.mark.real

FOLDER = "Atbildes"
MAILS = 1000
KILLS = 10


def login(server: Dovecot) -> BaseMailBox:
    return MailBoxUnencrypted(server.host, server.port).login(server.user, server.password)


def deliver(server: Dovecot, cases: list[Case]) -> None:
    """Puts the mails into the folder as a delivery agent does: whole files, moved into `new`."""
    with login(server) as box:
        box.folder.create(FOLDER)
    maildir = server.maildir / f".{FOLDER}"
    owner = maildir.stat()
    for case in cases:
        unfinished = maildir / "tmp" / f"{case.number:05}.mail"
        unfinished.write_bytes(case.raw)
        os.chown(unfinished, owner.st_uid, owner.st_gid)
        unfinished.replace(maildir / "new" / unfinished.name)


def lying(server: Dovecot) -> dict[str, list[int]]:
    """The numbers of the cases in each folder."""
    found = {}
    with login(server) as box:
        for folder in (FOLDER, *FOLDERS.values()):
            box.folder.set(folder)
            _, parts = box.client.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (X-CASE)])")
            lines = b" ".join(part[1] for part in parts if isinstance(part, tuple))
            found[folder] = sorted(map(int, re.findall(rb"(?i)x-case: (\d+)", lines)))
    return found


def settings_for(server: Dovecot, folder: Path) -> Settings:
    return Settings(
        _env_file=None,
        database_url=f"sqlite:///{folder / 'sac.db'}",
        letter_secret=SECRET,
        smtp=SmtpSettings(sender=OFFICE),
        imap=ImapSettings(
            host=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            security=MailSecurity.PLAIN,
            folder=FOLDER,
            authserv_id=AUTHSERV_ID,
        ),
    )


def read_so_far(engine: Engine) -> int:
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(InboundMessage)).one()


def has_grown(engine: Engine, goal: int, child: BaseProcess) -> Callable[[], bool]:
    return lambda: read_so_far(engine) >= goal or not child.is_alive()


def kill_in_the_middle(settings: Settings, engine: Engine, chance: random.Random) -> int | None:
    """Starts a reader and kills it after some mails, wherever it is then; its exit code."""
    goal = read_so_far(engine) + chance.randint(5, 90)
    # A fork of a process that has imported everything: ten starts in the time of one.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.real.mail_child"])
    child = context.Process(target=read_once, args=(settings,))
    child.start()
    eventually(has_grown(engine, goal, child), f"{goal} mails to be read")
    child.kill()
    child.join()
    return child.exitcode


def test_a_thousand_mails_count_once_each_however_often_we_are_killed(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    settings, chance = settings_for(dovecot, tmp_path), random.Random(4)
    engine = open_database(settings.database_url)
    migrate(engine)
    with writing(engine) as session:
        cases = CorpusOffice(session).fill(MAILS)
    deliver(dovecot, cases)

    ends = [kill_in_the_middle(settings, engine, chance) for _ in range(KILLS)]
    between = read_so_far(engine)
    context = StepContext(assemble(settings), DAY, READ_AT)
    rest = sum(read_mail(context).values())
    again = sum(read_mail(context).values())

    assert ends == [-signal.SIGKILL] * KILLS
    assert (between + rest, again) == (MAILS, 0)
    check_folders(dovecot, cases)
    check_records(engine, cases)
    engine.dispose()


def check_folders(server: Dovecot, cases: list[Case]) -> None:
    """Every mail lies in one folder, the right one."""
    folders = {MailVerdict.NOT_OURS: FOLDER, **FOLDERS}
    assert lying(server) == {
        folder: [case.number for case in cases if case.verdict == verdict]
        for verdict, folder in folders.items()
    }


def check_records(engine: Engine, cases: list[Case]) -> None:
    """Every mail has one record with its verdict; every number stands once, none is wrong."""
    expected = {class_id: value for case in cases for class_id, value in case.counts.items()}
    with reading(engine) as session:
        verdicts = Counter(session.exec(select(InboundMessage.verdict)))
        standing = {key: row.count for key, row in counts(session, expected).items()}
        sources = Counter(
            session.exec(select(AttendanceReport.message_key, AttendanceReport.class_id))
        )
        questions = session.exec(select(func.count()).select_from(Question)).one()
        bounced = session.exec(
            select(func.count()).select_from(Letter).where(Letter.state == LetterState.BOUNCED)
        ).one()
    wanted = Counter(case.verdict for case in cases)
    assert {verdict.value: number for verdict, number in verdicts.items()} == wanted
    assert standing == expected
    assert set(sources.values()) == {1}
    assert (questions, bounced) == (wanted["review"] + wanted["bounce"], wanted["bounce"])
