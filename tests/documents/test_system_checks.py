"""What `manage.py check` says about reading documents, and fetching the model."""

from pathlib import Path

import pytest
from django.core.management import call_command

from documents.management.commands import fetch_models
from documents.system_checks import reading_is_possible


def test_check_without_the_model_says_how_to_fetch_it(settings: object) -> None:
    settings.MRZ_MODEL = "/nowhere"  # type: ignore[attr-defined]
    assert "documents.I001" in [message.id for message in reading_is_possible()]


def test_check_without_tesseract_warns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert "documents.W001" in [message.id for message in reading_is_possible()]


def test_fetch_models_with_the_model_there_fetches_nothing(
    settings: object, mrz_model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MRZ_MODEL = str(mrz_model)  # type: ignore[attr-defined]
    call_command("fetch_models")
    assert "0 fetched, 3 were there" in capsys.readouterr().out


def test_fetch_models_with_another_file_inside_installs_nothing(
    settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MRZ_MODEL = str(tmp_path / "mrz.traineddata")  # type: ignore[attr-defined]
    monkeypatch.setattr(fetch_models, "_fetched", lambda model, folder: b"something else")
    with pytest.raises(fetch_models.CommandError):
        call_command("fetch_models")
    assert not (tmp_path / "mrz.traineddata").exists()
