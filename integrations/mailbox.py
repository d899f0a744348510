"""Mail in: the office mailbox over IMAP, as raw bytes. What a letter says is read in `rules/`.

Nothing is marked as seen and nothing deleted: a letter that has been dealt with is moved.
"""

import imaplib
import re
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from integrations.checks import CheckResult, failed, failed_with, passed
from integrations.errors import OurMistake, OutsideError, PersonNeeded, TemporaryFault
from integrations.settings import ImapSettings, MailSecurity

_SERVICE = "mailbox"
_POLL_SECONDS = 30  # between looks at a server that cannot tell us of new mail
_LARGEST = 10 * 1024 * 1024  # bytes of one letter that are read; answers stand at its beginning
_MESSAGE_ID = re.compile(r"[!#-\[\]-~]{1,500}")  # printable ASCII without quote and backslash


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """A letter as it came; `uid` is good for `move` while the connection is open."""

    uid: str
    raw: bytes


class Mailbox:
    """The mailbox; a context manager that holds one connection.

    Raises everywhere:
        TemporaryFault: the server is away or busy; PersonNeeded: login or folder is wrong.
    """

    def __init__(self, settings: ImapSettings) -> None:
        self._settings = settings
        self._box: BaseMailBox | None = None
        self._reading = settings.folder

    def __enter__(self) -> Self:
        with _outside("connect"):
            box = self._connected()
        try:
            with _outside("log in"):
                self._log_in(box)
        except OutsideError:
            _leave(box)
            raise
        self._box = box
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._box is not None:
            _leave(self._box)
        self._box = None

    def validity(self, folder: str) -> int:
        """The folder's UIDVALIDITY: numbers of letters mean nothing once it has changed."""
        with _outside("look at the folder"):
            return self._open.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"]

    def fetch(self, folder: str, limit: int, after: int = 0) -> Iterator[ReceivedMail]:
        """The oldest letters of a folder above the number `after`, each when it is asked for.

        At most `limit`; of a letter above 10 MB only the beginning is read. The caller may move
        letters and look into other folders meanwhile.
        """
        self._reading = folder
        with _outside("list letters"):
            numbers = self._numbers(folder, after)
        for number in numbers[:limit]:
            with _outside("fetch a letter"):
                raw = self._raw(folder, str(number))
            if raw is not None:  # None: somebody else has moved it meanwhile
                yield ReceivedMail(str(number), raw)

    def wait(self, folder: str, after: int, seconds: float) -> None:
        """Returns when the folder has letters above the number `after`, or after `seconds`.

        It may return early: the server tells of any change. One without IDLE (RFC 2177) is to be
        looked at again after half a minute.
        """
        with _outside("wait for letters"):
            if self._numbers(folder, after):
                return
            if "IDLE" in self._open.client.capabilities:
                self._open.idle.wait(timeout=seconds)
                return
        time.sleep(min(seconds, _POLL_SECONDS))

    def move(self, uid: str, folder: str) -> None:
        """Moves a letter of the folder that was fetched last; makes the target if need be."""
        with _outside("move a letter"):
            if not self._open.folder.exists(folder):
                self._open.folder.create(folder)
            self._select(self._reading)
            self._open.move(uid, folder)

    def contains_message_id(self, folder: str, message_id: str) -> bool:
        """Whether a letter with that Message-ID lies in the folder."""
        if _MESSAGE_ID.fullmatch(message_id) is None:
            raise OurMistake(
                _SERVICE,
                "look for a letter",
                "this is no Message-ID of ours",
                advice="Message-IDs come from integrations/letters/tokens.py.",
            )
        with _outside("look for a letter"):
            # Selected anew each time: a session need not hear of letters that came meanwhile.
            self._open.folder.set(folder, readonly=True)
            found = self._open.uids(f'HEADER Message-ID "{message_id}"', charset=None)
        return bool(found)

    def check(self) -> list[CheckResult]:
        """Whether we get in and find our folders; changes nothing."""
        where = f"{self._settings.host}:{self._settings.port}"
        try:
            with self:
                connected = passed(_SERVICE, "connection and login", f"{where} answers")
                folders = dict.fromkeys((self._settings.folder, self._settings.sent_folder))
                return [connected, *(self._check_folder(folder) for folder in folders)]
        except OutsideError as error:
            return [failed_with("connection and login", error)]

    def _check_folder(self, folder: str) -> CheckResult:
        with _outside("look for a folder"):
            exists = self._open.folder.exists(folder)
        what = f"folder {folder}"
        if exists:
            return passed(_SERVICE, what, "is there")
        return failed(_SERVICE, what, "is not there", "Create it, or correct SAC_IMAP__….")

    @property
    def _open(self) -> BaseMailBox:
        if self._box is None:
            raise OurMistake(
                _SERVICE,
                "use the mailbox",
                "it is not connected",
                advice="Use it as a context manager.",
            )
        return self._box

    def _connected(self) -> BaseMailBox:
        host, port, patience = (
            self._settings.host,
            self._settings.port,
            self._settings.timeout_seconds,
        )
        if self._settings.security is MailSecurity.PLAIN:
            return MailBoxUnencrypted(host, port, timeout=patience)
        context = ssl.create_default_context()
        if self._settings.security is MailSecurity.STARTTLS:
            return MailBoxStartTls(host, port, timeout=patience, ssl_context=context)
        return MailBox(host, port, timeout=patience, ssl_context=context)

    def _log_in(self, box: BaseMailBox) -> None:
        password = self._settings.password.get_secret_value()
        ascii_only = (self._settings.username + password).isascii()
        log_in = box.login if ascii_only else box.login_utf8
        log_in(self._settings.username, password, initial_folder=None)
        # Many servers name MOVE only after login. Without it a move would expunge whatever
        # somebody else has marked as deleted in the same folder.
        _, names = box.client.capability()
        box.client.capabilities = tuple(names[-1].decode().upper().split())

    def _numbers(self, folder: str, after: int) -> list[int]:
        # Selected anew: a session need not hear of letters that came since.
        self._open.folder.set(folder)
        found = self._open.uids(f"UID {after + 1}:*" if after else "ALL", charset=None)
        # "n:*" always holds the last letter, however low its number is (RFC 3501, 6.4.8).
        return sorted(number for uid in found if (number := int(uid)) > after)

    def _select(self, folder: str) -> None:
        if self._open.folder.get() != folder:
            self._open.folder.set(folder)

    def _raw(self, folder: str, uid: str) -> bytes | None:
        self._select(folder)
        status, parts = self._open.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{_LARGEST}>)")
        if status != "OK":
            raise imaplib.IMAP4.error(f"FETCH: {status}")
        return next((part[1] for part in parts if isinstance(part, tuple)), None)


def _leave(box: BaseMailBox) -> None:
    with suppress(ImapToolsError, imaplib.IMAP4.error, OSError):
        box.logout()
    with suppress(imaplib.IMAP4.error, OSError):
        box.client.shutdown()


@contextmanager
def _outside(operation: str) -> Iterator[None]:
    """Whatever the library raises, as one of our errors."""
    try:
        yield
    except MailboxLoginError as error:
        raise PersonNeeded(
            _SERVICE,
            operation,
            "the server does not accept our login",
            advice="Correct SAC_IMAP__USERNAME and SAC_IMAP__PASSWORD.",
        ) from error
    except MailboxFolderSelectError as error:
        raise PersonNeeded(
            _SERVICE,
            operation,
            "the folder cannot be opened",
            advice="Create it, or correct SAC_IMAP__FOLDER and SAC_IMAP__SENT_FOLDER.",
            body=str(error),
        ) from error
    except (ImapToolsError, imaplib.IMAP4.error, OSError) as error:
        raise TemporaryFault(
            _SERVICE,
            operation,
            "the server is not answering as it should",
            advice="It is tried again by itself; if it stays, check SAC_IMAP__….",
            body=str(error),
        ) from error
