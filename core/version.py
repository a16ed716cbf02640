"""Which code is running: part of every model's and every evidence's origin."""

import subprocess
from functools import cache
from pathlib import Path


@cache
def code_version() -> str:
    """The commit of this checkout; `unknown` where there is none, as in an image."""
    ran = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=Path(__file__).parent, capture_output=True, text=True, check=False  # noqa: S607
    )  # fmt: skip
    return ran.stdout.strip() or "unknown"
