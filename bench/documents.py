"""`make bench-documents`: how well and how fast documents are read, scored against a truth file.

`python -m bench.documents [--folder DIR] [--truth FILE] [--workers 1 2] [--results FILE]`. The folder is read by
`manage.py extract_documents`, as anybody would; with `--results` a file it wrote earlier is scored instead. What truth
does not name is not scored: published truth is never complete.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.machine import machine

HOME = Path(__file__).resolve().parent.parent
DEV_SET = HOME.parent / "shared" / "data" / "documents" / "dev_set"


def main() -> None:
    options = _options()
    truth = json.loads(options.truth.read_text())
    if options.results:
        _print_scores(truth, _lines(options.results), options.misses)
        return
    print(f"{machine()}, folder {options.folder}")
    for workers in options.workers:
        with tempfile.TemporaryDirectory() as place:
            output = Path(place) / "results.jsonl"
            seconds = _extract(options.folder, output, workers)
            lines = {name: line for name, line in _lines(output).items() if name in truth}
        print(f"\n{workers} worker(s): {len(lines)} files of the truth, {seconds:.1f} s for the whole folder")
        _print_cost(list(lines.values()), seconds)
        if workers == options.workers[0]:
            _print_scores(truth, lines, options.misses)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=DEV_SET)
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--results", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every miss")
    options = parser.parse_args()
    options.truth = options.truth or options.folder / "truth.json"
    if not options.truth.is_file():
        sys.exit(f"there is no truth file at {options.truth}")
    return options


def _lines(path: Path) -> dict[str, dict[str, Any]]:
    return {line["file"]: line for line in map(json.loads, path.read_text().splitlines())}


def _extract(folder: Path, output: Path, workers: int) -> float:
    before = time.monotonic()
    command = [sys.executable, HOME / "manage.py", "extract_documents", folder, "--output", output]
    subprocess.run([*command, "--workers", str(workers)], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - before


def score(truth: dict[str, Any], lines: dict[str, dict[str, Any]]) -> tuple[Counter[str], list[str]]:
    """(counts, misses in words). Wrong but verified: a zone called valid or a document called extracted that is not so."""
    counts: Counter[str] = Counter()
    misses: list[str] = []
    for name, true in truth.items():
        line = lines.get(name) or {"document_type": "", "fields": {}, "mrz": None, "status": "rejected"}
        wrong = _score_type(name, true, line, counts, misses)
        wrong |= _score_zone(name, true, line, counts, misses)
        wrong |= _score_fields(name, true, line, counts, misses)
        counts["extracted"] += line["status"] == "extracted"
        if wrong and line["status"] == "extracted":
            counts["wrong but verified"] += 1
            misses.append(f"{name}: WRONG BUT EXTRACTED")
    return counts, misses


def _score_type(name: str, true: Any, line: Any, counts: Counter[str], misses: list[str]) -> bool:
    right = line["document_type"] == true["document_type"]
    counts["types"] += 1
    counts["types right"] += right
    if not right:
        misses.append(f"{name}: type {line['document_type']}, is {true['document_type']}")
    return not right


def _score_zone(name: str, true: Any, line: Any, counts: Counter[str], misses: list[str]) -> bool:
    zone = line["mrz"]
    exact = zone is not None and zone["lines"] == true.get("mrz")
    if "mrz" in true:
        counts["zones"] += 1
        counts["zones exact"] += exact
        counts["zones exact and verified"] += exact and zone["valid"]
        if not exact:
            misses.append(f"{name}: zone {zone and zone['lines']}, is {true['mrz']}")
    claimed = zone is not None and zone["valid"] and not (exact and true.get("mrz_checks_pass", True))
    if claimed:
        counts["wrong but verified"] += 1
        misses.append(f"{name}: WRONG BUT VERIFIED {zone['lines']}")
    return bool("mrz" in true and not exact)


def _score_fields(name: str, true: Any, line: Any, counts: Counter[str], misses: list[str]) -> bool:
    wrong = False
    for field, value in true.get("fields", {}).items():
        found = line["fields"].get(field)
        right = found is not None and same_value(found["value"], value)
        counts["values true"] += 1
        counts["values read"] += found is not None
        counts["values right"] += right
        wrong |= found is not None and not right
        if not right:
            misses.append(f"{name}: {field} {found and (found['value'], found['confidence'])}, is {value!r}")
    return wrong


def same_value(read: Any, true: Any) -> bool:
    """Numbers within half a cent; lists in any order; texts without regard to case and blanks."""
    if isinstance(true, list):
        parts = read if isinstance(read, list) else str(read).split("; ")
        return sorted(map(_plain, parts)) == sorted(map(_plain, true))
    if isinstance(true, int | float):
        try:
            return abs(float(read) - true) < 0.005
        except ValueError:
            return False
    return _plain(read) == _plain(true)


def _plain(value: Any) -> str:
    return " ".join(str(value).casefold().split())


def _print_scores(truth: dict[str, Any], lines: dict[str, Any], with_misses: bool) -> None:
    counts, misses = score(truth, lines)
    precision = counts["values right"] / max(counts["values read"], 1)
    recall = counts["values right"] / max(counts["values true"], 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    rows = [
        ("zones exact", _share(counts["zones exact"], counts["zones"])),
        ("  of them verified", _share(counts["zones exact and verified"], counts["zones"])),
        ("type", _share(counts["types right"], counts["types"])),
        ("values: precision / recall / F1", f"{precision:.3f} / {recall:.3f} / {f1:.3f}"),
        ("documents `extracted`", _share(counts["extracted"], counts["types"])),
        ("wrong but verified", str(counts["wrong but verified"])),
    ]
    for name, value in rows:
        print(f"| {name:<32} | {value:>24} |")
    if with_misses:
        print("\n".join(misses))


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({part / max(whole, 1):.1%})"


def _print_cost(lines: list[dict[str, Any]], seconds: float) -> None:
    pages = sum(line["pages"] for line in lines) or 1
    stages: Counter[str] = Counter()
    for line in lines:
        stages.update(line["stages"])
    told = ", ".join(f"{name} {spent / pages:.2f}" for name, spent in stages.items())
    print(f"| pages                            | {pages:>24} |")
    print(f"| seconds a page, wall clock       | {seconds / pages:>24.2f} |")
    print(f"| processor seconds a page         | {sum(stages.values()) / pages:>24.2f} | {told}")
    print(f"| peak memory, largest process     | {max(line['memory_mb'] for line in lines):>21} MB |")


if __name__ == "__main__":
    main()
