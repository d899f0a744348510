"""Reading mail as it comes, over a connection that may break."""

from collections.abc import Callable

import pytest

from integrations.errors import PersonNeeded
from tasks.context import StepContext
from tasks.follow_mail import follow_mail
from tests.tasks.mailing import EVENING, mail, post
from tests.tasks.office import TestOffice


def context_of(office: TestOffice, **env: str) -> Callable[[], StepContext]:
    services = office.with_env({"SAC_IMAP__WAIT_SECONDS": "20", **env})
    return lambda: office.context(EVENING, services=services)


def others(name: str) -> bytes:
    return mail("Reklāma", From=f"{name}@cits.example")


def test_what_comes_is_read_and_a_broken_connection_is_made_anew(office: TestOffice) -> None:
    pauses: list[float] = []
    readings = follow_mail(context_of(office), pauses.append)
    post(office, others("a"), others("b"))
    assert next(readings) == {"not_ours": 2}

    post(office, others("c"))
    assert next(readings) == {"not_ours": 1}

    post(office, others("d"))
    office.sandbox.fault("imap", "imap_drop", "", times=2)
    told = [next(readings) for _ in range(3)]
    assert [one if isinstance(one, dict) else str(one)[:8] for one in told] == [
        "mailbox:",
        "mailbox:",
        {"not_ours": 1},
    ]
    assert pauses == [5.0, 10.0]


def test_a_wrong_password_ends_it(office: TestOffice) -> None:
    readings = follow_mail(context_of(office, SAC_IMAP__PASSWORD="wrong"))

    with pytest.raises(PersonNeeded):
        next(readings)
