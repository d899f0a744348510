"""Tokens: the same everywhere, found again in any header, and not to be made up."""

import pytest

from integrations.errors import PersonNeeded
from integrations.letters import (
    is_letter_token,
    letter_token,
    message_id,
    reply_address,
    sent_copy_address,
    token_of,
)

SECRET = "b" * 32
OFFICE = "sac@augstskola.example"


def test_a_token_depends_on_every_part_and_on_the_secret() -> None:
    tokens = {
        letter_token(SECRET, "2026-12-05", "lecturer_reminder", "L1", "0"),
        letter_token(SECRET, "2026-12-05", "lecturer_reminder", "L1", "1"),
        letter_token(SECRET, "2026-12-05", "lecturer_reminder", "L10", ""),
        letter_token(SECRET, "2026-12-05lecturer_reminder", "L1", "0"),
        letter_token("c" * 32, "2026-12-05", "lecturer_reminder", "L1", "0"),
    }

    assert len(tokens) == 5


def test_a_token_is_the_same_on_every_machine() -> None:
    assert letter_token(SECRET, "2026-12-05", "L1") == "7fkkx2bcyidu3pa7"


def test_a_token_is_checked_against_its_parts() -> None:
    token = letter_token(SECRET, "L1")

    assert is_letter_token(token, SECRET, "L1")
    assert not is_letter_token(token, SECRET, "L2")
    assert not is_letter_token("a" * 16, SECRET, "L1")
    assert not is_letter_token("ā", SECRET, "L1")


def test_without_a_secret_there_is_no_token() -> None:
    with pytest.raises(PersonNeeded, match="SAC_LETTER_SECRET"):
        letter_token("", "L1")


def test_a_token_is_found_again_where_it_was_put() -> None:
    token = letter_token(SECRET, "L1")
    values = [
        message_id(token, OFFICE),
        reply_address(OFFICE, token),
        reply_address("sac+old@augstskola.example", token),
        f'"Studiju atbalsta centrs" <{reply_address(OFFICE, token).upper()}>',
        f"<x@gmail.com>\r\n {message_id(token, OFFICE)}",
    ]

    assert [token_of(value) for value in values] == [token] * 5


@pytest.mark.parametrize(
    "value",
    [
        "",
        "<CAab7a3e+16b07a=_q3o@mail.gmail.com>",
        "<reminder-2026-09-26-cbrown@sac.example.lv>",
        "sac+sent@augstskola.example",
        "sac+abcdefghij23456@augstskola.example",
        "sac+abcdefghij2345678@augstskola.example",
        "<abcdefghij234567@augstskola.example>",
        "+" * 100_000,
    ],
)
def test_what_is_no_token_of_ours_is_none(value: str) -> None:
    assert token_of(value) is None


def test_our_copies_have_an_address_of_their_own() -> None:
    assert sent_copy_address(OFFICE) == "sac+sent@augstskola.example"
