"""How fast letters are built and sent, and plans drawn: `uv run python benchmarks/letters.py`.

The sink is aiosmtpd in this process, so "sent" measures both ends; compare with itself only.
"""

import socket
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from integrations.letters import (
    Office,
    Recipient,
    build_message,
    letter_token,
    message_id,
    reply_address,
    sent_copy_address,
    student_notice,
)
from integrations.outgoing_mail import Delivery, Envelope, OutgoingMail
from integrations.plan_document import PlanDocument, render_plan
from integrations.settings import MailSecurity, SmtpSettings
from rules.facts import ClassFacts
from rules.people import Language
from rules.timetable import ClassStatus, Mode

DAY = date(2026, 12, 5)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
OFFICE = Office("Augstskola", "sac@augstskola.example", "Ģertrūde Čākste", "SAC vadītāja", "")
SECRET = "benchmark"


def held(number: int) -> ClassFacts:
    start = datetime(2026, 12, 5, 9 + number % 6, tzinfo=ZoneInfo("Europe/Riga"))
    return ClassFacts(
        f"c{number}",
        start,
        start + timedelta(hours=1),
        None,
        f"K{number}",
        f"Bērnu literatūra {number}",
        "",
        ("Daina Veidemane",),
        (f"PE-{number}",),
        Mode.ONLINE,
        ClassStatus.PLANNED,
        f"https://zoom.us/j/8{number:010d}?pwd=NzExMTI1YWEw.1",
        f"8{number:010d}",
        "884666",
    )


def letter(number: int) -> Envelope:
    """A student's notice of two classes, from facts to bytes."""
    to = Recipient("Daina Veidemane", f"s{number}@augstskola.example", Language.LATVIAN)
    token = letter_token(SECRET, str(number))
    content = build_message(
        student_notice(DAY, to, [held(1), held(2)], OFFICE, 0),
        to=to,
        office=OFFICE,
        message_id=message_id(token, OFFICE.address),
        reply_to=reply_address(OFFICE.address, token),
        date=NOON,
        kind="student_notice",
    )
    copy = sent_copy_address(OFFICE.address)
    return Envelope(str(number), OFFICE.address, (to.email, copy), content)


def plan(classes: int) -> bytes:
    facts = tuple(held(number) for number in range(classes))
    return render_plan(
        PlanDocument(DAY, "Augstskola", facts, (), 1, NOON, "sac@augstskola.example")
    )


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> None:
    first = seconds(lambda: letter(0))
    count = 500
    envelopes: list[Envelope] = []
    spent = seconds(lambda: envelopes.extend(letter(number) for number in range(count)))
    size = len(envelopes[0].content)
    print(f"first letter (templates loaded)  {first * 1e3:8.1f} ms")
    print(f"a letter, facts to bytes         {spent / count * 1e6:8.0f} us   {size} bytes")

    sink = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    sink.start()
    settings = SmtpSettings(host="127.0.0.1", port=sink.port, security=MailSecurity.PLAIN)
    started = time.perf_counter()
    results = list(OutgoingMail(settings).send(envelopes))
    rate = count / (time.perf_counter() - started)
    sink.stop()
    accepted = sum(result.outcome is Delivery.ACCEPTED for result in results)
    print(
        f"sent to a sink, 4 connections    {rate:8.0f} letters/s   {accepted} of {count} accepted"
    )

    plan(2)
    for classes in (12, 60, 118):
        spent = seconds(partial(plan, classes))
        print(f"plan of {classes:3} classes as PDF       {spent * 1e3:8.0f} ms")


if __name__ == "__main__":
    main()
