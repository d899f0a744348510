"""The drill: a database is backed up while it is written to, lost, and brought back."""

import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.backup import BackupRefused, back_up, restore
from models.database import migrate, open_database, reading, writing
from models.inbound import InboundMessage, MailVerdict
from models.letter import Letter, LetterKind, LetterState
from models.retention import forget_letters, forget_mails
from models.study_day import StudyDay

NOW = datetime(2026, 12, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'sac.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


def letter(person: str, state: LetterState, queued: datetime = NOW) -> Letter:
    return Letter(
        day=date(2026, 12, 5),
        kind=LetterKind.STUDENT,
        person=person,
        email=f"{person}@augstskola.example",
        sequence=0,
        subject="Nodarbības",
        content_hash="",
        facts=[],
        message_id=f"<{person}@x>",
        token=person,
        content=b"bytes",
        state=state,
        queued_at=queued,
    )


def add(engine: Engine, *rows: StudyDay | Letter | InboundMessage) -> None:
    with writing(engine) as session:
        session.add_all(rows)


def days(engine: Engine) -> list[date]:
    with reading(engine) as session:
        return sorted(session.exec(select(StudyDay.day)))


def states(engine: Engine) -> dict[str, LetterState]:
    with reading(engine) as session:
        return {row.person: row.state for row in session.exec(select(Letter))}


def test_what_was_lost_comes_back_and_what_stood_is_kept_aside(
    office: Engine, tmp_path: Path
) -> None:
    add(office, StudyDay(day=date(2026, 12, 5)))
    file, aside = tmp_path / "backup.db", tmp_path / "aside.db"
    with writing(office) as session:  # somebody is in the middle of something
        session.add(StudyDay(day=date(2026, 12, 12)))
        session.flush()
        size = back_up(office, file)
    add(office, StudyDay(day=date(2026, 12, 19)))

    restore(office, file, aside, NOW)

    assert days(office) == [date(2026, 12, 5)]
    assert (size, stat.S_IMODE(file.stat().st_mode)) == (file.stat().st_size, 0o600)
    kept = open_database(f"sqlite:///{aside}")
    assert days(kept) == [date(2026, 12, day) for day in (5, 12, 19)]
    kept.dispose()


def test_a_database_that_is_gone_is_made_anew(office: Engine, tmp_path: Path) -> None:
    add(office, StudyDay(day=date(2026, 12, 5)))
    back_up(office, tmp_path / "backup.db")
    office.dispose()
    for file in tmp_path.glob("sac.db*"):
        file.unlink()

    restore(office, tmp_path / "backup.db", tmp_path / "aside.db", NOW)

    assert days(office) == [date(2026, 12, 5)]
    assert not (tmp_path / "aside.db").exists()


def test_letters_that_waited_are_doubtful_afterwards(office: Engine, tmp_path: Path) -> None:
    add(office, letter("anna", LetterState.QUEUED), letter("peteris", LetterState.SENT))
    back_up(office, tmp_path / "backup.db")

    doubtful = restore(office, tmp_path / "backup.db", tmp_path / "aside.db", NOW)

    assert doubtful == 1
    assert states(office) == {"anna": LetterState.SENDING, "peteris": LetterState.SENT}


def test_a_backup_overwrites_nothing(office: Engine, tmp_path: Path) -> None:
    (tmp_path / "backup.db").write_bytes(b"precious")

    with pytest.raises(BackupRefused, match="exists already"):
        back_up(office, tmp_path / "backup.db")

    assert (tmp_path / "backup.db").read_bytes() == b"precious"
    assert list(tmp_path.glob("*.unfinished")) == []


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be one" * 99])
def test_what_is_no_backup_is_refused_and_changes_nothing(
    office: Engine, tmp_path: Path, content: bytes
) -> None:
    add(office, StudyDay(day=date(2026, 12, 5)))
    (tmp_path / "strange.db").write_bytes(content)

    with pytest.raises(BackupRefused, match="is no backup of this product"):
        restore(office, tmp_path / "strange.db", tmp_path / "aside.db", NOW)

    assert days(office) == [date(2026, 12, 5)]


def test_a_damaged_backup_is_refused(office: Engine, tmp_path: Path) -> None:
    add(office, *(StudyDay(day=date(2026, 1, 1) + timedelta(days=n)) for n in range(300)))
    file = tmp_path / "backup.db"
    back_up(office, file)
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 3 :] = bytes(len(whole) - len(whole) // 3)
    file.write_bytes(whole)

    with pytest.raises(BackupRefused):
        restore(office, file, tmp_path / "aside.db", NOW)

    assert len(days(office)) == 300


def test_what_is_old_is_emptied_and_what_waits_is_not(engine: Engine) -> None:
    old = NOW - timedelta(days=400)
    add(
        engine,
        letter("old", LetterState.SENT, old),
        letter("waiting", LetterState.QUEUED, old),
        letter("new", LetterState.SENT),
        InboundMessage(key="old", raw=b"mail", received_at=old, verdict=MailVerdict.COUNTS),
        InboundMessage(key="new", raw=b"mail", received_at=NOW, verdict=MailVerdict.COUNTS),
    )
    limit = NOW - timedelta(days=365)

    with writing(engine) as session:
        figures = (forget_mails(session, limit), forget_letters(session, limit))
        again = (forget_mails(session, limit), forget_letters(session, limit))

    with reading(engine) as session:
        letters = {row.person: row.content for row in session.exec(select(Letter))}
        mails = {row.key: row.raw for row in session.exec(select(InboundMessage))}
    assert (figures, again) == ((1, 1), (0, 0))
    assert letters == {"old": b"", "waiting": b"bytes", "new": b"bytes"}
    assert mails == {"old": b"", "new": b"mail"}
