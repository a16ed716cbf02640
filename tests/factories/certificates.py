"""Certificates as an operator makes them."""

import subprocess
from pathlib import Path

_SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "certificates.sh"


def make_certificates(folder: Path) -> Path:
    """The folder with an authority, and `probity.crt` with its key for 127.0.0.1 among others."""
    subprocess.run([_SCRIPT, folder], check=True)
    return folder
