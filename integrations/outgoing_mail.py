"""Mail out: many letters over a few connections, each with a result of its own.

The letters are bytes already (`letters/message.py`), written down before they come here. Nothing is
repeated but what certainly did not go: a letter whose connection was lost before the end of DATA.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Self, TypeVar

from integrations.checks import CheckResult, failed, passed
from integrations.settings import SmtpSettings
from integrations.smtp_connection import (
    ConnectionLost,
    Delivery,
    DeliveryResult,
    Envelope,
    SmtpConnection,
)

__all__ = ("Delivery", "DeliveryResult", "Envelope", "OutgoingMail")

_SILENCES = 3  # letters in a row without any answer after which the server counts as dead
_SERVICE = "mail out"
T = TypeVar("T")


class OutgoingMail:
    """The office's mail server, for callers who know nothing of asyncio."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings

    def send(self, envelopes: Sequence[Envelope]) -> Iterator[DeliveryResult]:
        """Sends the letters; yields exactly one result for each as it becomes known.

        Sending advances only while a result is asked for, so at most as many letters as there are
        connections are under way while the caller writes a result down.
        """
        results = _Sending(self._settings, envelopes).results()

        async def next_result() -> DeliveryResult | None:
            return await anext(results, None)

        with _Loop() as loop:
            try:
                while (result := loop.run(next_result())) is not None:
                    yield result
            finally:
                loop.run(_closed(results))

    def check(self) -> list[CheckResult]:
        """Whether the server lets us in and takes letters from our address; sends nothing."""
        with _Loop() as loop:
            return loop.run(self._check())

    async def _check(self) -> list[CheckResult]:
        where = f"{self._settings.host}:{self._settings.port}"
        what, sender = "connection and login", "sender's address"
        connection = SmtpConnection(self._settings)
        try:
            await connection.open()
            answer = await connection.accepts_sender(self._settings.sender)
        except ConnectionLost as lost:
            return [failed(_SERVICE, what, lost.detail, f"Check SAC_SMTP__… and {where}.")]
        finally:
            await connection.close()
        connected = passed(_SERVICE, what, f"{where} answers ({self._settings.security})")
        if answer.code == 250:
            return [connected, passed(_SERVICE, sender, f"{self._settings.sender} is accepted")]
        advice = "Ask the mail server's owner to let this login send from SAC_SMTP__SENDER."
        said = f"{answer.code} {answer.message}"
        return [connected, failed(_SERVICE, sender, said, advice)]


class _Sending:
    """One call of `send`: the letters that wait, and the connections that take them."""

    def __init__(self, settings: SmtpSettings, envelopes: Sequence[Envelope]) -> None:
        self._settings = settings
        self._waiting = deque(envelopes)
        self._results: asyncio.Queue[DeliveryResult | None] = asyncio.Queue()
        self._silences = 0
        self._why = ""
        self._next_start = 0.0

    async def results(self) -> AsyncGenerator[DeliveryResult, None]:
        count = min(self._settings.connections, len(self._waiting))
        workers = [asyncio.create_task(self._work()) for _ in range(count)]
        everybody = asyncio.gather(*workers)
        everybody.add_done_callback(lambda _: self._results.put_nowait(None))
        try:
            while (result := await self._results.get()) is not None:
                yield result
            await everybody  # a mistake of ours is not a letter's fate
            for envelope in tuple(self._waiting):
                yield DeliveryResult(envelope.key, Delivery.LATER, self._why)
        finally:
            # Python 3.11 may swallow a cancellation; a worker without letters ends by itself.
            self._waiting.clear()
            for worker in workers:
                worker.cancel()
            # With `everybody`, or its cancellation would be complained of as never looked at.
            await asyncio.gather(everybody, *workers, return_exceptions=True)

    async def _work(self) -> None:
        connection = SmtpConnection(self._settings)
        try:
            while self._waiting and self._silences < _SILENCES:
                if not connection.is_open:
                    await connection.open()
                elif (envelope := self._take()) is not None:
                    await self._pace()
                    await self._deliver(connection, envelope)
        except ConnectionLost as lost:  # while opening: this worker gives up, others may go on
            self._why = lost.detail
        except asyncio.CancelledError:  # in the middle of a command a goodbye would get no answer
            connection.drop()
            raise
        finally:
            await connection.close()

    def _take(self) -> Envelope | None:
        return self._waiting.popleft() if self._waiting else None

    async def _deliver(self, connection: SmtpConnection, envelope: Envelope) -> None:
        has_served = connection.has_served
        try:
            result = await connection.deliver(envelope)
        except ConnectionLost as lost:
            self._why = lost.detail
            self._silences += lost.silent
            if has_served:
                # Servers close connections after so many letters: again, after all others. A new
                # connection has always served a letter in between, so this comes to an end.
                self._waiting.append(envelope)
                return
            result = DeliveryResult(envelope.key, Delivery.LATER, lost.detail)
        else:
            self._silences = self._silences + 1 if result.outcome is Delivery.DOUBTFUL else 0
            self._why = result.detail
        self._results.put_nowait(result)

    async def _pace(self) -> None:
        """Waits for this letter's turn in the budget per minute."""
        if not self._settings.per_minute:
            return
        now = asyncio.get_running_loop().time()
        turn = max(now, self._next_start)
        self._next_start = turn + 60 / self._settings.per_minute
        await asyncio.sleep(turn - now)


class _Loop:
    """An event loop in a thread of its own, because the caller's thread may already run one."""

    def __enter__(self) -> Self:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="smtp")
        self._loop = asyncio.new_event_loop()
        return self

    def __exit__(self, *_: object) -> None:
        self.run(asyncio.sleep(0))  # connections that were just closed let go of their sockets
        self._thread.shutdown()
        self._loop.close()

    def run(self, coroutine: Coroutine[object, object, T]) -> T:
        return self._thread.submit(self._loop.run_until_complete, coroutine).result()


async def _closed(results: AsyncGenerator[DeliveryResult, None]) -> None:
    await results.aclose()
