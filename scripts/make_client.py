"""`make client`: a Python package for integrators, generated from openapi.yaml into a folder.

The generator cannot tell bodies of one operation apart by their content type. Where an operation reads several, the client
sends the one that takes most: a stream with one object a line, else JSON.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

HOME = Path(__file__).resolve().parent.parent
_PREFERRED = ("application/x-ndjson", "application/json")


def make_client(folder: Path) -> Path:
    """Writes the project `probity-client` into the folder anew; the folder to put on the path or to install from."""
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as document:
        yaml.safe_dump(_one_body_each(yaml.safe_load((HOME / "openapi.yaml").read_text())), document, sort_keys=False)
        document.flush()
        command = [
            sys.executable, "-m", "openapi_python_client", "generate", "--path", document.name, "--meta", "uv", "--overwrite",
            "--config", str(HOME / "clients" / "python" / "generator.yaml"), "--output-path", str(folder), "--fail-on-warning",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    (folder / "README.md").write_text((HOME / "clients" / "python" / "README.md").read_text())
    return folder


def _one_body_each(document: dict[str, Any]) -> dict[str, Any]:
    for path in document["paths"].values():
        for operation in path.values():
            content = operation.get("requestBody", {}).get("content", {})
            kept = next((kind for kind in _PREFERRED if kind in content), "")
            if kept:
                operation["requestBody"]["content"] = {kept: content[kept]}
    return document


if __name__ == "__main__":
    print(make_client(Path(sys.argv[1]).resolve()))
