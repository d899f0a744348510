"""Everybody's mail: where an accepted message goes, and a copy of every byte for the checker."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any

from deployments.sandbox.clock import stamp
from deployments.sandbox.mail.border import Accepted, delivered
from deployments.sandbox.mail.imap import INBOX, SENT, OfficeMailbox
from deployments.sandbox.world import World

_TOLD = ("auto-submitted", "in-reply-to", "references", "reply-to")
Reader = Callable[[str, Accepted], Awaitable[None]]


class PostOffice:
    """Accepts messages and puts them into mailboxes."""

    def __init__(self, world: World, mailbox: OfficeMailbox) -> None:
        self._world = world
        self._mailbox = mailbox
        self._readers: list[Reader] = []
        self.letters: dict[str, list[Accepted]] = defaultdict(list)

    def tell(self, reader: Reader) -> None:
        """Has a reader told of every message and of each recipient it was put before."""
        self._readers.append(reader)

    async def accept(
        self, sender: str, recipients: Sequence[str], raw: bytes, at: datetime | None = None
    ) -> None:
        """Delivers a message to all its recipients; it came `at` that moment, or now."""
        accepted = Accepted(sender, tuple(recipients), raw, at or self._world.clock.now)
        for recipient in recipients:
            self.letters[recipient.lower()].append(accepted)
            folder = self._office_folder(recipient)
            if folder is not None:
                await self._mailbox.deliver(folder, delivered(accepted, recipient), accepted.at)
            for reader in self._readers:
                await reader(recipient.lower(), accepted)

    def _office_folder(self, recipient: str) -> str | None:
        user, _, domain = recipient.lower().rpartition("@")
        office_user, _, office_domain = self._world.seed.office.lower().rpartition("@")
        mailbox, _, detail = user.partition("+")
        if (mailbox, domain) != (office_user, office_domain):
            return None
        return SENT if detail == "sent" else INBOX

    def as_state(self) -> dict[str, list[dict[str, Any]]]:
        """Letters by recipient: who, what, when, and the headers that machines read."""
        return {
            address: [describe(letter) for letter in letters]
            for address, letters in sorted(self.letters.items())
        }


def describe(letter: Accepted) -> dict[str, Any]:
    """A letter without its body."""
    headers = {
        name.lower(): letter.header(name)
        for name in letter.headers
        if name.lower() in _TOLD or name.lower().startswith("x-")
    }
    return {
        "from": letter.header("From"),
        "to": letter.header("To"),
        "subject": letter.header("Subject"),
        "message_id": letter.header("Message-ID"),
        "at": stamp(letter.at),
        "size": len(letter.raw),
        "headers": headers,
    }
