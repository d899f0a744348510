"""What ties an answer to the letter it answers: tokens in Message-IDs and reply addresses.

A token is an HMAC, so that nobody can make one up; whether the sender is known and authenticated is
decided where replies are read.
"""

import base64
import hashlib
import hmac
import json
import re

from integrations.errors import PersonNeeded

_LENGTH = 16  # base32 characters: 80 bits
_TOKEN = re.compile(rf"(?:(?:^|[<\s])sac\.|\+)([a-z2-7]{{{_LENGTH}}})@", re.IGNORECASE)
_LONGEST = 1000  # no Message-ID or address of ours is longer; what is comes from somebody else


def letter_token(secret: str, *parts: str) -> str:
    """The token of one letter: the same parts and secret give the same token, on any machine.

    Raises:
        PersonNeeded: the secret is not set, so everybody could make tokens.
    """
    if not secret:
        raise PersonNeeded(
            "letters",
            "make a letter's token",
            "no letter secret is set",
            advice="Set SAC_LETTER_SECRET to 32 or more random characters.",
        )
    # JSON keeps the parts apart: ("a", "bc") and ("ab", "c") are different letters.
    digest = hmac.new(secret.encode(), json.dumps(parts).encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:_LENGTH]


def is_letter_token(token: str, secret: str, *parts: str) -> bool:
    """Whether the token belongs to these parts; takes the same time for every wrong one."""
    return hmac.compare_digest(token.encode(), letter_token(secret, *parts).encode())


def message_id(token: str, address: str) -> str:
    """The Message-ID of the letter with that token, in the domain of the office's address.

    >>> message_id("abcdefghij234567", "sac@augstskola.example")
    '<sac.abcdefghij234567@augstskola.example>'
    """
    return f"<sac.{token}@{_domain(address)}>"


def reply_address(office_address: str, token: str) -> str:
    """Where answers to the letter go: the office's own mailbox, marked with the token.

    >>> reply_address("sac@augstskola.example", "abcdefghij234567")
    'sac+abcdefghij234567@augstskola.example'
    """
    return _plus(office_address, token)


def sent_copy_address(office_address: str) -> str:
    """Second recipient of every letter; its folder proves what the server accepted."""
    return _plus(office_address, "sent")


def token_of(value: str) -> str | None:
    """The token in a Message-ID or a plus-address, if there is one; it still has to be checked.

    >>> token_of("Studiju atbalsta centrs <sac+ABCDEFGHIJ234567@augstskola.example>")
    'abcdefghij234567'
    >>> token_of("<CAab7a3e@mail.gmail.com>") is None
    True
    """
    found = _TOKEN.search(value[:_LONGEST])
    return found[1].lower() if found else None


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _plus(address: str, tag: str) -> str:
    local_part = address.rpartition("@")[0].partition("+")[0]
    return f"{local_part}+{tag}@{_domain(address)}"
