"""What tests of monitoring share."""

import pytest


@pytest.fixture
def own_data_folder(settings, tmp_path):
    """A data folder that nobody else reads: whoever writes snapshots leaves none behind for other tests, and whoever moves
    files to another key moves nobody else's."""
    settings.DATA_DIR, settings.DOCUMENT_ROOT = tmp_path, tmp_path / "documents"
    return tmp_path
