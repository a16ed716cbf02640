"""What every table of figures begins with: the machine, how busy it is, and the commit."""

import os
import platform
import subprocess
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]


def machine(*more: str) -> str:
    """One line: cores, Python, load of the last minute, day, commit, and what else the figures depend on."""
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False, cwd=HOME
    )
    facts = (
        f"{os.cpu_count()} cores", platform.machine(), f"Python {platform.python_version()}", *more,
        f"load {os.getloadavg()[0]:.1f}", time.strftime("%Y-%m-%d"), f"commit {told.stdout.strip() or 'unknown'}",
    )  # fmt: skip
    return ", ".join(facts)
