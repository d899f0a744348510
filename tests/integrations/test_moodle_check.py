"""What `sac check` says of Moodle."""

import pytest

from integrations.checks import CheckResult
from integrations.moodle import Moodle
from tests.integrations.fake_moodle import FakeMoodle, refusal
from tests.integrations.loopback import Server

FINE = [
    ("token", True, "E-studijas, 4.5.6 (Build: 20250811), as sac.robots"),
    ("functions", True, "all 11 present"),
    ("upload", True, "allowed"),
    ("forum", True, "Studiju dienu plāni & ziņas (general)"),
    ("posting", True, "with attachments"),
]


def rows(results: list[CheckResult]) -> list[tuple[str, bool, str]]:
    assert {result.service for result in results} == {"Moodle"}
    assert [bool(result.advice) for result in results] == [not result.ok for result in results]
    return [(result.what, result.ok, result.detail) for result in results]


def test_all_well_and_nothing_written(
    moodle: Moodle, fake_moodle: FakeMoodle, moodle_server: Server
) -> None:
    assert rows(moodle.check()) == FINE
    assert fake_moodle.writes(moodle_server.calls) == []


def test_each_fault_is_named(moodle: Moodle, fake_moodle: FakeMoodle) -> None:
    fake_moodle.functions -= {"mod_forum_delete_post", "core_calendar_get_calendar_events"}
    fake_moodle.uploadfiles = False
    fake_moodle.can_attach = False

    assert rows(moodle.check()) == [
        FINE[0],
        (
            "functions",
            False,
            "missing: mod_forum_delete_post, core_calendar_get_calendar_events",
        ),
        ("upload", False, "the service may not take files"),
        FINE[3],
        ("posting", False, "a post with a file is not allowed"),
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"type": "qanda"}, "its type is qanda"),
        ({"forcesubscribe": 1}, "its subscription is forced"),
        ({"forcesubscribe": 2}, "its subscription is automatic"),
    ],
)
def test_forum_that_does_not_suit(
    moodle: Moodle, fake_moodle: FakeMoodle, change: dict[str, object], expected: str
) -> None:
    fake_moodle.forums[0] |= change

    assert rows(moodle.check()) == [*FINE[:3], ("forum", False, expected), FINE[4]]


def test_course_that_is_not_there(moodle: Moodle, fake_moodle: FakeMoodle) -> None:
    fake_moodle.courses = {}

    assert rows(moodle.check()) == [
        *FINE[:3],
        ("forum", False, "no course has the idnumber “SAC-INFO”"),
    ]


def test_without_a_token_nothing_else_is_asked(moodle: Moodle, moodle_server: Server) -> None:
    refused = refusal("invalidtoken", "Invalid token - token not found")
    moodle_server.instead("POST", "get_site_info", refused)

    assert [(result.what, result.ok) for result in moodle.check()] == [("token", False)]
    assert len(moodle_server.calls) == 1
