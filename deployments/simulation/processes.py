"""Children forked from a warm process: the sandbox, and the worker that may be killed at any point.

A fork takes milliseconds where a new interpreter takes a second. Whoever forks must have no threads
and no open database; everything of the product is therefore done inside the worker.

No child outlives its parent, however that one ends, and no call of a worker waits for ever.
"""

import asyncio
import ctypes
import logging
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from typing import Any, NoReturn

import requests

from deployments.sandbox.seed import read_seed
from deployments.sandbox.server import running
from deployments.sandbox.testing import RunningSandbox


class WorkerKilled(Exception):
    """The worker died in the middle of something; `where` says at which effect, if it could."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


class WorkerStuck(WorkerKilled):
    """The worker had not answered after so long that it never would; it has been killed."""


class WorkerFailed(Exception):
    """What the worker was asked to do raised an error; the worker itself lives on."""


_PATIENCE_SECONDS = 300.0  # of real time, for one call of a worker; a day of 1,500 letters takes 20
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(slots=True)
class Child:
    """A forked process and our end of its pipe."""

    pid: int
    pipe: Connection

    def end(self) -> None:
        """Kills it, as a power cut would, and with it its own children; gone already is fine."""
        self.pipe.close()
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def fork(main: Callable[[Connection], None]) -> Child:
    """A child that runs `main` with its end of a pipe, and never returns into our code."""
    ours, theirs = Pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        ours.close()
        _die_with(parent)
        _become(main, theirs)
    theirs.close()
    return Child(pid, ours)


def _die_with(parent: int) -> None:
    """Has the kernel kill this process when its parent ends; elsewhere than on Linux, nobody does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before we could ask
            os._exit(1)


def _become(main: Callable[[Connection], None], pipe: Connection) -> NoReturn:
    try:
        main(pipe)
    except BaseException:  # noqa: BLE001 - nothing may climb into the copied stack of our parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


class Worker:
    """A process that does what it is told, one thing at a time, until it is killed.

    Functions are module-level ones, so that they travel by name; so must arguments and answers.
    """

    def __init__(
        self, prepare: Callable[[Connection], Any], patience_seconds: float = _PATIENCE_SECONDS
    ) -> None:
        self._patience = patience_seconds
        self._child = fork(lambda pipe: _obey(pipe, prepare(pipe)))

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What `function(state, *arguments)` answers.

        Raises `WorkerKilled`, `WorkerStuck` or `WorkerFailed`.
        """
        try:
            self._child.pipe.send_bytes(pickle.dumps((function, arguments)))
            if not self._child.pipe.poll(self._patience):
                self.end()
                raise WorkerStuck(f"{function.__name__}: no answer in {self._patience:.0f} s")
            kind, answer = self._child.pipe.recv()
        except (EOFError, OSError) as error:
            self.end()
            raise WorkerKilled("anywhere") from error
        if kind == "killed":
            self.end()
            raise WorkerKilled(str(answer))
        if kind == "failed":
            raise WorkerFailed(str(answer))
        return answer

    def end(self) -> None:
        self._child.end()


def _obey(pipe: Connection, state: Any) -> None:
    while True:
        try:
            function, arguments = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our parent
        except EOFError:
            return
        try:
            pipe.send(("done", function(state, *arguments)))
        except Exception as error:
            logging.getLogger(__name__).debug("asked in vain", exc_info=True)
            pipe.send(("failed", f"{type(error).__name__}: {error}"))


@contextmanager
def forked_sandbox(seed: Mapping[str, Any]) -> Iterator[RunningSandbox]:
    """A sandbox in a forked child while the block runs."""
    child = fork(lambda pipe: asyncio.run(_serve(pipe, seed)))
    try:
        with requests.Session() as http:
            yield RunningSandbox(child.pipe.recv(), http)
    finally:
        child.end()


async def _serve(pipe: Connection, seed: Mapping[str, Any]) -> None:
    # A mail client that is killed in the middle of a letter is what we are here for.
    logging.getLogger("mail").setLevel(logging.CRITICAL)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    orphaned = asyncio.Event()
    async with running(read_seed(seed)) as announcement:
        pipe.send(announcement)
        # Our parent never writes: readable means that it is gone.
        asyncio.get_running_loop().add_reader(pipe.fileno(), orphaned.set)
        await orphaned.wait()
