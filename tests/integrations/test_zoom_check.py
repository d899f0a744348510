"""What `sac check` says of the Zoom account."""

from integrations.checks import CheckResult
from integrations.zoom import Zoom
from tests.integrations.fake_zoom import HOST, FakeZoom
from tests.integrations.loopback import Reply, Server


def rows(results: list[CheckResult]) -> list[tuple[str, bool, str]]:
    assert {result.service for result in results} == {"Zoom"}
    assert [bool(result.advice) for result in results] == [not result.ok for result in results]
    return [(result.what, result.ok, result.detail) for result in results]


def test_all_well_and_nothing_written(zoom: Zoom, zoom_server: Server) -> None:
    assert rows(zoom.check([HOST])) == [
        ("token", True, "fetched"),
        ("scopes", True, "all 7 present"),
        (f"host {HOST}", True, "licensed and active"),
    ]
    assert {call.method for call in zoom_server.calls[1:]} == {"GET"}


def test_older_wider_scopes_are_enough(zoom: Zoom, fake_zoom: FakeZoom) -> None:
    fake_zoom.scopes = "meeting:read:admin meeting:write:admin user:read:admin"

    assert rows(zoom.check())[1:] == [("scopes", True, "all 7 present")]


def test_each_fault_is_named(zoom: Zoom, fake_zoom: FakeZoom) -> None:
    fake_zoom.scopes = fake_zoom.scopes.replace("meeting:delete:meeting:admin", "")
    fake_zoom.users |= {
        "bez@x.example": {"type": 1, "status": "active"},
        "guļ@x.example": {"type": 2, "status": "inactive"},
    }

    assert rows(zoom.check(["bez@x.example", "guļ@x.example", "nav@x.example"]))[1:] == [
        ("scopes", False, "missing: meeting:delete:meeting:admin"),
        ("host bez@x.example", False, "the user has no licence"),
        ("host guļ@x.example", False, "the user is inactive"),
        (
            "host nav@x.example",
            False,
            (
                "the host is not a user of the Zoom account (404/1001): "
                "User does not exist: nav@x.example."
            ),
        ),
    ]


def test_without_a_token_nothing_else_is_asked(zoom: Zoom, zoom_server: Server) -> None:
    body = {"reason": "Account does not exist", "error": "invalid_request"}
    zoom_server.instead("POST", "/oauth/token", Reply(400, body))

    assert rows(zoom.check([HOST])) == [
        (
            "token",
            False,
            (
                "the credentials do not open the account: Zoom refused them (400): "
                '{"reason": "Account does not exist", "error": "invalid_request"}'
            ),
        )
    ]
    assert len(zoom_server.calls) == 1
