"""What tests of monitoring share."""

import pytest


@pytest.fixture
def own_data_folder(settings, tmp_path):
    """A data folder that nobody else reads: whoever writes snapshots leaves none behind for other tests."""
    settings.DATA_DIR = tmp_path
    return tmp_path
