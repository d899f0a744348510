"""Every deployment's file loads as a worker will load it."""

from pathlib import Path

import pytest
import yaml
from prefect.exceptions import ScriptError

from deployments import serving
from deployments.serving import SERVED, Served, load_flow


@pytest.mark.parametrize("served", SERVED, ids=lambda served: str(served.name))
def test_every_entrypoint_loads_strictly(served: Served) -> None:
    assert load_flow(served).name == served.name


def test_a_file_that_cannot_be_imported_is_not_taken_for_a_flow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prefect's default would hand back a stand-in here, and fail only when a run begins."""
    (tmp_path / "broken_flow.py").write_text(
        "import no_such_module_of_ours\nfrom prefect import flow\n\n"
        "@flow\ndef broken_flow():\n    pass\n"
    )
    monkeypatch.setattr(serving, "ROOT", tmp_path)

    with pytest.raises(ScriptError, match=r"broken_flow\.py"):
        load_flow(Served("broken_flow.py:broken_flow", (), ""))


def test_prefects_own_file_names_the_same_deployments() -> None:
    """For whoever works with `prefect deploy --all`."""
    found = yaml.safe_load((serving.ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]

    assert [one.pop("work_pool") for one in found] == [{"name": serving.WORK_POOL}] * len(SERVED)
    assert found == [
        {
            "name": served.name,
            "entrypoint": served.entrypoint,
            "description": served.description,
            "tags": list(served.tags),
            **({"schedules": [_schedule(served)]} if served.cron else {}),
        }
        for served in SERVED
    ]


def _schedule(served: Served) -> dict[str, str]:
    return {"cron": served.cron, "timezone": "Europe/Riga", "slug": served.name}
