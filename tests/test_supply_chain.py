"""What is installed is what the papers say: the lock, the pins, the image and the licences agree."""

import json
import re
from pathlib import Path

import pytest

from scripts.licences import is_allowed, main, name_of

HOME = Path(__file__).resolve().parent.parent
_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;]+)", re.MULTILINE)


def _pins(name: str) -> dict[str, str]:
    return {name_of(found[1]): found[2] for found in _PIN.finditer((HOME / name).read_text())}


def test_the_lock_holds_every_requirement_at_its_version() -> None:
    lock = _pins("requirements.lock")
    assert _pins("requirements.txt").items() <= lock.items()


def test_the_lock_and_the_constraints_name_one_version() -> None:
    lock, constraints = _pins("requirements.lock"), _pins("constraints.txt")
    assert {name: version for name, version in lock.items() if constraints.get(name, version) != version} == {}
    assert set(lock) <= set(constraints) | set(_pins("requirements.txt"))


def test_every_file_in_the_lock_is_named_by_its_hash() -> None:
    entries = re.split(r"\n(?=\S)", (HOME / "requirements.lock").read_text().strip())
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_image_takes_nothing_that_the_locks_do_not_name() -> None:
    image = (HOME / "Dockerfile").read_text()
    assert "--require-hashes" in image
    assert "npm ci" in image
    packages = json.loads((HOME / "package-lock.json").read_text())["packages"]
    assert all(item["integrity"].startswith("sha512-") for path, item in packages.items() if path)


def test_every_licence_is_allowed_or_has_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    "licence", ["", "GPL-3.0-or-later", "GNU Lesser General Public License v2 (LGPLv2)", "BUSL-1.1"]
)
def test_a_licence_that_binds_more_needs_a_reason(licence: str) -> None:
    assert not is_allowed(licence)
