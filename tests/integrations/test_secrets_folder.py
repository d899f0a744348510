"""Secrets may lie in files of a folder, one each, as systemd and containers hand them over."""

from pathlib import Path

import pytest
from pydantic_settings import SettingsError

from integrations.settings import load_settings


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No .env of the developer, no setting of the shell."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAC_LETTER_SECRET", raising=False)


def test_a_file_each_nested_ones_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "SAC_LETTER_SECRET").write_text("letters\n")
    (folder / "SAC_SMTP__PASSWORD").write_text("mail\n")
    (folder / "SAC_ZOOM__CLIENT_SECRET").write_text("zoom")
    monkeypatch.setenv("SAC_SECRETS_DIR", str(folder))
    monkeypatch.setenv("SAC_ZOOM__CLIENT_SECRET", "from the environment")

    settings = load_settings()

    assert [
        settings.letter_secret.get_secret_value(),
        settings.smtp.password.get_secret_value(),
        settings.zoom.client_secret.get_secret_value(),
    ] == ["letters", "mail", "from the environment"]
    assert settings.moodle.token.get_secret_value() == ""


def test_a_folder_that_is_not_there_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAC_SECRETS_DIR", str(tmp_path / "forgotten"))

    with pytest.raises(SettingsError, match="does not exist"):
        load_settings()
