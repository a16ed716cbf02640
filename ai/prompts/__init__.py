"""Prompts as versioned files: `<name>.v<number>.txt` in this folder; the newest number of a name is used."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Prompt:
    """A prompt's text, its version (`document_fields.v1`) and the hash that an AiCall keeps."""

    version: str
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def prompt_named(name: str) -> Prompt:
    """The newest prompt of this name; raises LookupError where there is none."""
    found = sorted(_FOLDER.glob(f"{name}.v*.txt"), key=lambda path: int(path.stem.rpartition(".v")[2]))
    if not found:
        raise LookupError(f"no prompt is named {name}")
    return Prompt(found[-1].stem, found[-1].read_text())
