"""Fake services on loopback and our integrations pointed at them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from integrations.moodle import Moodle
from integrations.settings import MoodleSettings, ZoomSettings
from integrations.zoom import Zoom
from tests.conftest import SHARED
from tests.integrations.fake_moodle import TOKEN, FakeMoodle
from tests.integrations.fake_zoom import FakeZoom
from tests.integrations.loopback import Server, serving
from tests.integrations.openapi import Contract

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands still until a test moves it, and the pauses that were asked for."""

    now: datetime = NOON
    pauses: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def zoom_contract() -> Contract | None:
    """Zoom's published API; where it is not beside the checkout, the fakes go unchecked."""
    path = SHARED / "contracts" / "zoom-meetings-openapi.json"
    return Contract(path) if path.is_file() else None


@pytest.fixture
def fake_zoom(zoom_contract: Contract | None) -> Iterator[FakeZoom]:
    fake = FakeZoom(zoom_contract)
    yield fake
    assert fake.violations == []


@pytest.fixture
def zoom_server(fake_zoom: FakeZoom) -> Iterator[Server]:
    with serving(fake_zoom) as server:
        yield server


@pytest.fixture
def zoom_settings(zoom_server: Server) -> ZoomSettings:
    return ZoomSettings(
        account_id="konts",
        client_id="klients",
        client_secret=SecretStr("slepenība"),
        base_url=f"{zoom_server.url}/v2",
        oauth_url=f"{zoom_server.url}/oauth/token",
        connect_seconds=2,
        read_seconds=2,
    )


@pytest.fixture
def zoom(zoom_settings: ZoomSettings, clock: Clock) -> Zoom:
    return Zoom(zoom_settings, now=clock, pause=clock.pauses.append)


@pytest.fixture
def fake_moodle() -> FakeMoodle:
    return FakeMoodle()


@pytest.fixture
def moodle_server(fake_moodle: FakeMoodle) -> Iterator[Server]:
    with serving(fake_moodle) as server:
        yield server


@pytest.fixture
def moodle_settings(moodle_server: Server) -> MoodleSettings:
    return MoodleSettings(
        url=moodle_server.url + "/",
        token=SecretStr(TOKEN),
        info_course="SAC-INFO",
        info_forum="Studiju dienu plāni & ziņas",
        connect_seconds=2,
        read_seconds=2,
    )


@pytest.fixture
def moodle(moodle_settings: MoodleSettings) -> Moodle:
    return Moodle(moodle_settings)
