"""The other engines, asked the same pairs: nomenklatura's LogicV2 in its own environment, and rapidfuzz's WRatio."""

import json
import subprocess
import time
from pathlib import Path
from statistics import mean

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from bench.screening.corpus import HOME
from screening.matching.pairs import score_pair

LOGICV2, WRATIO, OURS = "LogicV2", "WRatio", "Probity"
THRESHOLDS = {LOGICV2: 0.70, WRATIO: 0.90}
Pair = tuple[str, str, str]
_PYTHON = HOME / ".venv-bench" / "bin" / "python"


def judge_pairs(pairs: list[Pair]) -> dict[str, tuple[list[bool], float]]:
    """For each engine that is there: whether each pair is a match, and the mean CPU microseconds a pair."""
    told = {OURS: _ours(pairs), WRATIO: _wratio(pairs)}
    if _PYTHON.exists():
        told[LOGICV2] = _logicv2(pairs)
    return told


def _ours(pairs: list[Pair]) -> tuple[list[bool], float]:
    before = time.process_time()
    found = [score_pair(*pair).is_match for pair in pairs]
    return found, (time.process_time() - before) / len(pairs) * 1e6


def _wratio(pairs: list[Pair]) -> tuple[list[bool], float]:
    before = time.process_time()
    found = [fuzz.WRatio(one, other, processor=default_process) >= THRESHOLDS[WRATIO] * 100 for _, one, other in pairs]
    return found, (time.process_time() - before) / len(pairs) * 1e6


def _logicv2(pairs: list[Pair]) -> tuple[list[bool], float]:
    worker = Path(__file__).with_name("logicv2_worker.py")
    asked = "".join(json.dumps(pair) + "\n" for pair in pairs)
    answer = subprocess.run([str(_PYTHON), str(worker)], input=asked, capture_output=True, text=True, check=True)
    scores = [json.loads(line) for line in answer.stdout.splitlines()]
    return [score >= THRESHOLDS[LOGICV2] for score, _ in scores], mean(spent for _, spent in scores) * 1e6
