"""A missing program skips for a developer and fails in CI."""

import pytest

from tests.programs import program


def test_a_missing_program_skips_on_a_developers_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAC_REQUIRE_REAL", raising=False)

    with pytest.raises(pytest.skip.Exception, match=r"^nav-tādas-programmas is not installed$"):
        program("nav-tādas-programmas")


def test_a_missing_program_fails_where_nothing_may_be_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SAC_REQUIRE_REAL", "1")

    with pytest.raises(pytest.fail.Exception, match=r"^nav-tādas-programmas is not installed; "):
        program("nav-tādas-programmas")


def test_the_first_program_that_is_installed_is_taken() -> None:
    assert program("nav-tādas-programmas", "env").endswith("/env")
