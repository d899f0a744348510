"""Assembles the sandbox: five sockets on loopback, one event loop, one announcement."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from deployments.sandbox.control import Control
from deployments.sandbox.http import Door, http_server
from deployments.sandbox.mail import imap
from deployments.sandbox.mail.border import AUTHSERV_ID
from deployments.sandbox.mail.imap import OfficeMailbox, imap_server
from deployments.sandbox.mail.post_office import PostOffice
from deployments.sandbox.mail.smtp import smtp_server
from deployments.sandbox.moodle.api import MoodleApi
from deployments.sandbox.moodle.site import TOKEN, Site
from deployments.sandbox.seed import Seed, read_seed
from deployments.sandbox.world import World
from deployments.sandbox.zoom import tokens
from deployments.sandbox.zoom.api import ZoomApi
from deployments.sandbox.zoom.meetings import MeetingBook

_HOST = "127.0.0.1"
_SERVICES = ("zoom", "moodle", "control", "smtp", "imap")
_LETTER_SECRET = "sandbox-letter-secret-not-for-real-letters"


def serve(
    seed: Seed | Mapping[str, Any], port_base: int | None = None, *, with_parent: bool = False
) -> None:
    """Runs the sandbox until SIGTERM or SIGINT, or until standard input ends if `with_parent`.

    The first and only line on standard output says where everything is.
    """
    known = seed if isinstance(seed, Seed) else read_seed(seed)
    asyncio.run(_serve(known, port_base, with_parent=with_parent))


async def _serve(seed: Seed, port_base: int | None, *, with_parent: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if with_parent:
        _when_input_ends(lambda: loop.call_soon_threadsafe(stop.set))
    async with running(seed, port_base) as announcement:
        sys.stdout.write(json.dumps(announcement) + "\n")
        sys.stdout.flush()
        await stop.wait()


def _when_input_ends(action: Callable[[], object]) -> None:
    def watch() -> None:
        # Not sys.stdin: a thread blocked in its buffer would disturb the interpreter's end.
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                continue
        with contextlib.suppress(RuntimeError):  # the loop has ended before us
            action()

    threading.Thread(target=watch, daemon=True).start()


@contextlib.asynccontextmanager
async def running(seed: Seed, port_base: int | None = None) -> AsyncIterator[dict[str, Any]]:
    """All services while the block runs; yields the announcement."""
    world = World(seed)
    sockets = _bind(port_base)
    urls = {name: f"http://{_HOST}:{_port(sockets[name])}" for name in _SERVICES[:3]}
    mailbox = OfficeMailbox()
    await mailbox.open()
    post_office = PostOffice(world, mailbox)
    book, site = MeetingBook(world), Site(world, urls["moodle"])
    zoom, moodle = ZoomApi(world, book), MoodleApi(site)
    control = Control(world, book, site, (post_office, mailbox))
    async with contextlib.AsyncExitStack() as stack:
        for server in (
            http_server(Door(zoom.application(), world, zoom.service()), sockets["zoom"]),
            http_server(Door(moodle.application(), world, moodle.service()), sockets["moodle"]),
            http_server(control.application(), sockets["control"]),
            smtp_server(world, post_office, sockets["smtp"]),
            imap_server(world, mailbox, sockets["imap"]),
        ):
            await stack.enter_async_context(server)
        yield _announcement(seed, urls, {name: _port(sockets[name]) for name in _SERVICES[3:]})


def _bind(port_base: int | None) -> dict[str, socket.socket]:
    """A listening socket for each service: five ports in a row, or free ones."""
    sockets: dict[str, socket.socket] = {}
    for offset, name in enumerate(_SERVICES):
        # With the protocol named, asyncio turns Nagle off; without, each answer takes 40 ms.
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((_HOST, 0 if port_base is None else port_base + offset))
        sockets[name] = sock
    return sockets


def _port(sock: socket.socket) -> int:
    port: int = sock.getsockname()[1]
    return port


def _announcement(seed: Seed, urls: Mapping[str, str], ports: Mapping[str, int]) -> dict[str, Any]:
    zoom = {"base_url": f"{urls['zoom']}/v2", "oauth_url": f"{urls['zoom']}/oauth/token"}
    smtp = {"host": _HOST, "port": ports["smtp"]}
    mailbox = {
        "host": _HOST,
        "port": ports["imap"],
        "username": imap.USERNAME,
        "password": imap.PASSWORD,
    }
    return {
        "zoom": {**zoom, "control_url": urls["control"]},
        "moodle": {"url": urls["moodle"], "token": TOKEN, "control_url": urls["control"]},
        "smtp": smtp,
        "imap": mailbox,
        "env": {
            "SAC_ZOOM__ACCOUNT_ID": tokens.ACCOUNT_ID,
            "SAC_ZOOM__CLIENT_ID": tokens.CLIENT_ID,
            "SAC_ZOOM__CLIENT_SECRET": tokens.CLIENT_SECRET,
            "SAC_ZOOM__BASE_URL": zoom["base_url"],
            "SAC_ZOOM__OAUTH_URL": zoom["oauth_url"],
            "SAC_MOODLE__URL": urls["moodle"],
            "SAC_MOODLE__TOKEN": TOKEN,
            "SAC_MOODLE__INFO_COURSE": seed.info_course,
            "SAC_MOODLE__INFO_FORUM": seed.info_forum,
            "SAC_SMTP__HOST": _HOST,
            "SAC_SMTP__PORT": str(ports["smtp"]),
            "SAC_SMTP__SECURITY": "plain",
            "SAC_SMTP__SENDER": seed.office,
            "SAC_IMAP__HOST": _HOST,
            "SAC_IMAP__PORT": str(ports["imap"]),
            "SAC_IMAP__USERNAME": imap.USERNAME,
            "SAC_IMAP__PASSWORD": imap.PASSWORD,
            "SAC_IMAP__SECURITY": "plain",
            "SAC_IMAP__FOLDER": imap.INBOX,
            "SAC_IMAP__SENT_FOLDER": imap.SENT,
            "SAC_IMAP__AUTHSERV_ID": AUTHSERV_ID,
            "SAC_LETTER_SECRET": _LETTER_SECRET,
        },
    }
