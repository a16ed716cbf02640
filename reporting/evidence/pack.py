"""The archive: the same files give the same bytes, wherever and whenever it is made, so that any change shows."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from audit.keys import signers, verifiers
from audit.log.notes import sign_note
from reporting.evidence import verify

VERIFIER = Path(verify.__file__).read_bytes()
README = b"""What this is
report.pdf        the case as people read it
case.json         the same as data
entries.jsonl     every entry of the record about it: the exact bytes (base64), its place, its path to the root
checkpoint.txt    the signed root; consistency.json shows that an earlier one is its beginning
documents/        originals, where whoever exported may have them
keys.txt          the record's verifier keys. Compare them with what its owner published elsewhere.
verify.py         python verify.py FILE.zip [KEY ...] - needs Python and `cryptography`, no network
"""


def packed(files: Mapping[str, bytes]) -> tuple[bytes, str]:
    """The archive of these files with keys, verifier and signed manifest; and the manifest's SHA-256."""
    keys = "".join(f"{key.as_text()}\n" for key in verifiers())
    whole = dict(files) | {"README.txt": README, "keys.txt": keys.encode(), "verify.py": VERIFIER}
    named = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(whole.items())}
    manifest = json.dumps({"files": named}, indent=1).encode()
    digest = hashlib.sha256(manifest).hexdigest()
    whole["manifest.json"] = manifest
    whole["manifest.sig"] = sign_note(f"probity evidence manifest\n{digest}\n", signers()).encode()
    return verify.rebuilt(whole), digest
