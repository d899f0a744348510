"""One demo for the session, kept running for whoever wants to look at it."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from deployments.sandbox.testing import RunningSandbox

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE_SECONDS = 400  # a machine under load needs them, an idle one a fifth


@dataclass(frozen=True, slots=True)
class DemoRun:
    """What `sac demo --json --keep` said, and where its servers still are."""

    document: Mapping[str, Any]
    words: str
    environment: Mapping[str, str]

    @property
    def ui(self) -> str:
        return self.environment["PREFECT_API_URL"].removesuffix("/api")

    @property
    def out(self) -> Path:
        return Path(self.document["out"])

    def sandbox(self, http: requests.Session) -> RunningSandbox:
        """The demo's sandbox: its control URL stands in the announcement that the demo keeps."""
        line = (self.out / "work" / "sandbox.json").read_text(encoding="utf-8")
        return RunningSandbox(json.loads(line), http)

    def sac(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command with the settings of the demo."""
        return run_sac(*arguments, env=self.environment)


def run_sac(
    *arguments: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command `sac` in a process of its own, as a person starts it."""
    return subprocess.run(
        [sys.executable, "-c", "from deployments.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE_SECONDS,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
    )


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoRun]:
    """Mark tests that use it `prefect`: it takes the better part of a minute."""
    out = tmp_path_factory.mktemp("demo") / "out"
    done = run_sac("demo", "--json", "--keep", "--out", str(out))
    groups = [int(number) for number in re.findall(r"-(\d+)", done.stderr.rpartition("kill --")[2])]
    try:
        lines = (out / "work" / "environment").read_text(encoding="utf-8").splitlines()
        pairs = (shlex.split(line)[1].partition("=") for line in lines)
        environment = {name: value for name, _, value in pairs}
        assert done.returncode == 0, done.stdout + done.stderr
        yield DemoRun(json.loads(done.stdout), done.stderr, environment)
    finally:
        for group in groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGTERM)
