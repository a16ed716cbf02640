"""One trained model for all tests of a process: training takes seconds."""

import pytest

from monitoring.learning.calibration import Policy
from monitoring.learning.dataset import latest
from monitoring.learning.estimators import BOOSTING, Settings
from monitoring.learning.training import train
from tests.monitoring.learning.worlds import dataset_in, payments

SMALL = Settings(kind=BOOSTING, members=2, trees=40, cores=1)


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    return dataset_in(tmp_path_factory.mktemp("world"), payments())


@pytest.fixture(scope="session")
def trained(data):
    return train(data, ~latest(data.times, 0.4), SMALL, Policy(), salt="salt")


@pytest.fixture(scope="session")
def scored(data, trained):
    return trained.model.scored(data.rows, trained.matrix)
