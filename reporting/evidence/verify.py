#!/usr/bin/env python3
"""Verifies an evidence pack without the product and without a network: `python verify.py evidence.zip [--json] [KEY ...]`.

Needs Python 3.9+ and `cryptography`. KEY is a verifier key (name+id+key) that you got by another way than with the pack;
without one the pack's own keys are used, and what is proven is that the pack is whole, not whose it is. With --json the
answer is one object; the exit code is 0 where everything is proven and 1 where anything is not.

Checked: every byte of the archive; every entry's hash, place and path to the signed root (RFC 6962); that the chain of
each case has no gap, and that entries which follow each other do; that the earlier checkpoint is the beginning of the
later one; that documents are those the record names. Nothing is held in memory whole, however large the pack.
"""

import base64
import hashlib
import io
import json
import sys
import tempfile
import zipfile
from typing import IO, Any, Iterable, Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FIXED_DATE = (1980, 1, 1, 0, 0, 0)
PIECE = 1 << 18


class Refused(Exception):
    """The pack is not what it claims to be."""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def pieces(stream: "IO[bytes]") -> "Iterator[bytes]":
    """What is left of a stream, a piece at a time."""
    while piece := stream.read(PIECE):
        yield piece


def add_file(archive: zipfile.ZipFile, name: str, size: int, content: "Iterable[bytes]") -> None:
    """One file of a pack as every pack has it: nothing depends on where or when it is made."""
    info = zipfile.ZipInfo(name, FIXED_DATE)
    info.external_attr = 0o644 << 16
    info.create_system = 3
    info.file_size = size
    with archive.open(info, "w") as out:
        for piece in content:
            out.write(piece)


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


def check_bytes(stream: "IO[bytes]", archive: zipfile.ZipFile) -> None:
    """The archive is the one that its files make, and not a byte more."""
    with tempfile.TemporaryFile() as again:
        with zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as made:
            for info in archive.infolist():
                with archive.open(info) as content:
                    add_file(made, info.filename, info.file_size, pieces(content))
        again.seek(0)
        stream.seek(0)
        while True:
            ours, theirs = again.read(PIECE), stream.read(PIECE)
            if ours != theirs:
                raise Refused("the archive holds bytes that belong to none of its files")
            if not ours:
                return


def check_files(archive: zipfile.ZipFile, keys: "list[str]") -> "dict[str, Any]":
    """Every file of the pack is as the signed manifest names it. Gives the manifest."""
    names = archive.namelist()
    signed = opened(archive.read("manifest.sig").decode(), keys)
    raw = archive.read("manifest.json")
    if signed != f"probity evidence manifest\n{sha256(raw)}\n":
        raise Refused("the manifest is not the one that was signed")
    manifest: "dict[str, Any]" = json.loads(raw)
    named = manifest["files"]
    if len(set(names)) != len(names) or set(named) | {"manifest.json", "manifest.sig"} != set(names):
        raise Refused("files are missing or added")
    for name, digest in named.items():
        found = hashlib.sha256()
        with archive.open(name) as content:
            for piece in pieces(content):
                found.update(piece)
        if found.hexdigest() != digest:
            raise Refused(f"{name} was changed")
    return manifest


def check_entries(archive: zipfile.ZipFile, size: int, root: bytes) -> "tuple[int, set[str]]":
    """Every entry is in the signed tree, and chains are whole. Gives their number and the documents they name."""
    ends: "dict[str, tuple[int, str]]" = {}
    count, documents = 0, set()
    with archive.open("entries.jsonl") as lines:
        for line in io.TextIOWrapper(lines, "utf-8"):
            count += 1
            entry = json.loads(line)
            raw = base64.b64decode(entry["body"], validate=True)
            leaf = hashlib.sha256(b"\x00" + raw).digest()
            path = [bytes.fromhex(step) for step in entry["path"]]
            if root_from(leaf, entry["index"], size, path) != root:
                raise Refused(f"entry {entry['index']} is not under the signed root")
            body = json.loads(raw)
            check_chain(ends, body, raw, entry["whole_stream"])
            documents.add(str((body.get("after") or {}).get("sha256")))
    return count, documents


def check_chain(ends: "dict[str, tuple[int, str]]", body: "dict[str, Any]", raw: bytes, whole: bool) -> None:
    """An entry continues its stream: of a whole stream the entry before it, else any earlier one that is here."""
    seq, head = ends.get(body["stream"], (0, "00" * 32))
    follows = body["seq"] == seq + 1
    if (whole and not follows) or body["seq"] <= seq or (follows and body["prev"] != head):
        raise Refused(f"the chain of {body['stream']} is broken after number {seq}")
    ends[body["stream"]] = (body["seq"], sha256(bytes.fromhex(body["prev"]) + raw))


def check_history(archive: zipfile.ZipFile, keys: "list[str]") -> "tuple[int, int, bytes]":
    """The earlier checkpoint is the beginning of the later one. Gives both sizes and the later root."""
    told = json.loads(archive.read("consistency.json"))
    old, old_root = checkpoint(told["earlier"], keys)
    new, new_root = checkpoint(archive.read("checkpoint.txt").decode(), keys)
    if not consistent(old, old_root, new, new_root, [bytes.fromhex(step) for step in told["path"]]):
        raise Refused(f"the record of {old} entries is not the beginning of the one of {new}")
    return old, new, new_root


def check_documents(names: "Iterable[str]", known: "set[str]") -> int:
    """Every original in the pack is one whose hash the record names; the manifest has proven that its name is its hash."""
    originals = [name for name in names if name.startswith("documents/originals/")]
    for name in originals:
        if name.rpartition("/")[2] not in known:
            raise Refused(f"{name} is not a document that the record names")
    return len(originals)


def verified(path: str, given: "list[str]") -> "dict[str, Any]":
    """Everything checked; what was. Raises Refused, and whatever an unreadable archive raises."""
    with open(path, "rb") as stream, zipfile.ZipFile(stream) as archive:
        check_bytes(stream, archive)
        keys = given or archive.read("keys.txt").decode().splitlines()
        manifest = check_files(archive, keys)
        old, new, root = check_history(archive, keys)
        entries, documents = check_entries(archive, new, root)
        for name, digest in manifest["files"].items():
            if name.startswith("documents/originals/") and name != f"documents/originals/{digest}":
                raise Refused(f"{name} is not named by what it holds")
        return {
            "proven": True, "about": manifest["about"], "files": len(archive.namelist()), "entries": entries, "size": new,
            "earlier": old, "originals": check_documents(manifest["files"], documents), "keys": "given" if given else "own",
        }  # fmt: skip


def answered(arguments: "list[str]") -> "dict[str, Any]":
    """What is proven, or why nothing is."""
    try:
        return verified(arguments[0], arguments[1:])
    except Refused as refused:
        return {"proven": False, "why": str(refused)}
    except Exception as error:  # whatever was changed, the answer is the same
        return {"proven": False, "why": f"the pack cannot be read ({type(error).__name__}: {error})"}


def main(arguments: "list[str]") -> int:
    wanted = [argument for argument in arguments if argument != "--json"]
    if not wanted:
        print(__doc__)
        return 2
    told = answered(wanted)
    if "--json" in arguments:
        print(json.dumps(told))
    elif told["proven"]:
        print(f"{told['about']}: {told['files']} files as signed;")
        print(f"{told['entries']} entries under the root of {told['size']}, which continues that of {told['earlier']};")
        print(f"{told['originals']} original document(s) as recorded. Keys: {told['keys']}.")
        print("PROVEN")
    else:
        print(f"NOT PROVEN: {told['why']}")
    return 0 if told["proven"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
