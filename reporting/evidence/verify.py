#!/usr/bin/env python3
"""Verifies an evidence pack without the product and without a network: `python verify.py evidence.zip [KEY ...]`.

Needs Python 3.9+ and `cryptography`. KEY is a verifier key (name+id+key) that you got by another way than with the pack;
without one the pack's own keys are used, and what is proven is that the pack is whole, not whose it is.

Checked: every byte of the archive; every entry's hash, place and path to the signed root (RFC 6962); that the chain of
the case has no gap; that the earlier checkpoint is the beginning of the later one; that documents are those the record names.
"""

import base64
import hashlib
import io
import json
import sys
import zipfile
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FIXED_DATE = (1980, 1, 1, 0, 0, 0)


class Refused(Exception):
    """The pack is not what it claims to be."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def rebuilt(files: "dict[str, bytes]") -> bytes:
    """The archive that these files make: nothing in it depends on where or when it is made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, FIXED_DATE)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, data)
    return stream.getvalue()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from(leaf: bytes, index: int, size: int, path: "list[bytes]") -> bytes | None:
    """RFC 9162 section 2.1.3.2."""
    place, last, found = index, size - 1, leaf
    if not 0 <= index < size:
        return None
    for sibling in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node(sibling, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node(found, sibling)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def consistent(old: int, old_root: bytes, new: int, new_root: bytes, path: "list[bytes]") -> bool:
    """RFC 9162 section 2.1.4.2."""
    if old == new:
        return old_root == new_root
    hashes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if not hashes:
        return False
    first = second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node(sibling, first), node(sibling, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = node(second, sibling)
        place, last = place >> 1, last >> 1
    return (first, second, last) == (old_root, new_root, 0)


def opened(note: str, keys: "list[str]") -> str:
    """The text of a signed note (c2sp.org/signed-note) that one of the keys signed."""
    text, gap, lines = note.rpartition("\n\n")
    text += "\n"
    for line in lines.splitlines() if gap else []:
        name, _, signature = line[2:].partition(" ")
        raw = base64.b64decode(signature)
        for key in keys:
            key_name, key_id, encoded = key.strip().split("+", 2)
            public = base64.b64decode(encoded)
            expected = hashlib.sha256(key_name.encode() + b"\n" + public).digest()[:4]
            if (name, raw[:4]) != (key_name, expected) or expected.hex() != key_id:
                continue
            try:
                Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], text.encode())
            except InvalidSignature:
                raise Refused(f"the signature of {name} does not fit") from None
            return text
    raise Refused("no key known here signed this")


def checkpoint(note: str, keys: "list[str]") -> "tuple[int, bytes]":
    lines = opened(note, keys).split("\n")
    return int(lines[1]), base64.b64decode(lines[2])


def check_files(raw: bytes, keys: "list[str]") -> "dict[str, bytes]":
    """Every file of the pack, each as the signed manifest names it, and not a byte more."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    if rebuilt(files) != raw:
        raise Refused("the archive holds bytes that belong to none of its files")
    keys = keys or files["keys.txt"].decode().splitlines()
    signed = opened(files["manifest.sig"].decode(), keys)
    if signed != f"probity evidence manifest\n{sha256(files['manifest.json'])}\n":
        raise Refused("the manifest is not the one that was signed")
    named = json.loads(files["manifest.json"])["files"]
    if set(named) | {"manifest.json", "manifest.sig"} != set(files):
        raise Refused("files are missing or added")
    for name, digest in named.items():
        if sha256(files[name]) != digest:
            raise Refused(f"{name} was changed")
    return files


def check_entries(files: "dict[str, bytes]", keys: "list[str]") -> "list[dict[str, Any]]":
    """Every entry is in the signed tree, and the chain of the case is whole."""
    size, root = checkpoint(files["checkpoint.txt"].decode(), keys)
    ends: dict[str, tuple[int, str]] = {}
    bodies = []
    for line in files["entries.jsonl"].decode().splitlines():
        entry = json.loads(line)
        raw = base64.b64decode(entry["body"])
        leaf = hashlib.sha256(b"\x00" + raw).digest()
        path = [bytes.fromhex(step) for step in entry["path"]]
        if root_from(leaf, entry["index"], size, path) != root:
            raise Refused(f"entry {entry['index']} is not under the signed root")
        body = json.loads(raw)
        if entry["whole_stream"]:
            seq, head = ends.get(body["stream"], (0, "00" * 32))
            if (body["seq"], body["prev"]) != (seq + 1, head):
                raise Refused(f"the chain of {body['stream']} is broken after number {seq}")
            ends[body["stream"]] = (body["seq"], sha256(bytes.fromhex(body["prev"]) + raw))
        bodies.append(body)
    return bodies


def check_history(files: "dict[str, bytes]", keys: "list[str]") -> "tuple[int, int]":
    """The earlier checkpoint is the beginning of the later one."""
    told = json.loads(files["consistency.json"])
    old, old_root = checkpoint(told["earlier"], keys)
    new, new_root = checkpoint(files["checkpoint.txt"].decode(), keys)
    if not consistent(old, old_root, new, new_root, [bytes.fromhex(step) for step in told["path"]]):
        raise Refused(f"the record of {old} entries is not the beginning of the one of {new}")
    return old, new


def check_documents(files: "dict[str, bytes]", bodies: "list[dict[str, Any]]") -> int:
    """Every original in the pack is one whose hash the record names."""
    named = {str((body.get("after") or {}).get("sha256")) for body in bodies}
    originals = [name for name in files if name.startswith("documents/originals/")]
    for name in originals:
        if sha256(files[name]) not in named:
            raise Refused(f"{name} is not a document that the record names")
    return len(originals)


def main(arguments: "list[str]") -> int:
    if not arguments:
        print(__doc__)
        return 2
    try:
        with open(arguments[0], "rb") as stream:
            raw = stream.read()
        files = check_files(raw, arguments[1:])
        keys = arguments[1:] or files["keys.txt"].decode().splitlines()
        bodies = check_entries(files, keys)
        old, new = check_history(files, keys)
        originals = check_documents(files, bodies)
    except Refused as refused:
        print(f"NOT PROVEN: {refused}")
        return 1
    except Exception as error:  # whatever was changed, the answer is the same
        print(f"NOT PROVEN: the pack cannot be read ({type(error).__name__}: {error})")
        return 1
    print(
        f"{len(files)} files as signed; {len(bodies)} entries under the root of {new}, which continues that of {old};"
    )
    print(
        f"{originals} original document(s) as recorded. Keys: {'given' if arguments[1:] else 'the own of this pack'}."
    )
    print("PROVEN")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
