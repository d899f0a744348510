"""Repeatable chance: the same words always give the same number, on every machine."""

import hashlib


def chance(*words: object) -> float:
    """A number from 0 (included) to 1 (excluded) that depends on the words alone."""
    digest = hashlib.sha256("\x1f".join(map(str, words)).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def token(*words: object, length: int = 22) -> str:
    """An opaque identifier that depends on the words alone."""
    return hashlib.sha256("\x1f".join(map(str, words)).encode()).hexdigest()[:length]
