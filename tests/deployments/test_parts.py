"""The parts of `sac up`: what happens when one of them ends by itself."""

from pathlib import Path

import pytest

from deployments.cli import serve
from deployments.prefect_server import PartFailed, Parts


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Parts:
    monkeypatch.setattr(serve, "_LOOK_EVERY_SECONDS", 0.01)
    return Parts(tmp_path, {"PREFECT_HOME": str(tmp_path)})


def started(parts: Parts, name: str) -> int:
    """A part that ends at once; its process."""
    parts.start(name, ["--help"])
    process = parts.running[name]
    process.wait(120)
    return process.pid


def test_a_part_is_started_again_only_when_it_has_ended(parts: Parts) -> None:
    before = started(parts, "worker")

    assert parts.revive("worker")
    assert parts.running["worker"].pid != before
    assert not parts.revive("worker")
    parts.stop()


def test_a_worker_that_ends_again_and_again_ends_everything(
    parts: Parts, capsys: pytest.CaptureFixture[str]
) -> None:
    started(parts, "worker")

    with pytest.raises(PartFailed, match="The worker has ended"):
        serve._watch(parts)

    assert capsys.readouterr().err.count("started again") == 3
