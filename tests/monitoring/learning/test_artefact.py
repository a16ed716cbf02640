"""Artefacts: what is written is what is read, and nothing else is."""

from dataclasses import replace

import numpy as np
import pytest
from skops import io as skops

from monitoring.learning.artefact import ArtefactRefused, checksum_of, dumped, loaded
from monitoring.learning.estimators import FOREST, Settings, fitted


@pytest.fixture(scope="module")
def content(trained):
    return dumped(trained.model)


def test_a_read_model_gives_identical_scores(content, data, trained, scored):
    model = loaded(content, checksum_of(content))
    np.testing.assert_array_equal(model.scored(data.rows, model.matrix(data.rows)).chances, scored.chances)


def test_a_tampered_artefact_is_refused(content):
    changed = bytearray(content)
    changed[len(changed) // 2] ^= 1
    with pytest.raises(ArtefactRefused, match="checksum"):
        loaded(bytes(changed), checksum_of(content))


def test_an_unknown_type_is_refused():
    from collections import Counter

    content = skops.dumps({"format": 1, "final": Counter()})
    with pytest.raises(ArtefactRefused, match="Counter"):
        loaded(content, checksum_of(content))


def test_a_forest_is_kept_too(trained, scored):
    values = np.nan_to_num(scored.values)
    forest = fitted(Settings(trees=9, cores=1), FOREST, values, (values[:, 0] > 200).astype(int))
    content = dumped(replace(trained.model, final=[forest]))
    model = loaded(content, checksum_of(content))
    np.testing.assert_array_equal(model.final[0].predict_proba(values), forest.predict_proba(values))
