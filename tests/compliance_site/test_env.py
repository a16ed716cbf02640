"""Reading the environment."""

from pathlib import Path

import pytest

from compliance_site import env


def test_key_ring_keeps_the_order_in_which_keys_are_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PROBITY_KEYS", "2026:new, 2025:old")
    assert list(env.key_ring("PROBITY_KEYS", tmp_path).items()) == [("2026", "new"), ("2025", "old")]


def test_key_ring_reads_secrets_from_files_that_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "mounted").write_text("new\n")
    monkeypatch.setenv("PROBITY_KEYS", f"2026:@{tmp_path / 'mounted'}")
    assert env.key_ring("PROBITY_KEYS", tmp_path) == {"2026": "new"}


def key_service(name: str) -> dict[str, str]:
    """A key management service as the hook sees it."""
    return {"7": f"of {name}"}


def test_key_ring_asks_the_function_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(env.KEY_SOURCE, f"{__name__}.key_service")
    assert env.key_ring("PROBITY_KEYS", tmp_path) == {"7": "of PROBITY_KEYS"}


def test_key_ring_with_nothing_set_makes_one_key_and_keeps_it(tmp_path: Path) -> None:
    made = env.key_ring("PROBITY_KEYS", tmp_path)
    assert list(made) == ["local"]
    assert env.key_ring("PROBITY_KEYS", tmp_path) == made


def test_key_ring_without_a_secret_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PROBITY_KEYS", "2026")
    with pytest.raises(ValueError, match="PROBITY_KEYS"):
        env.key_ring("PROBITY_KEYS", tmp_path)
