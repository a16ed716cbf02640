"""Re-screening a million customers: real daily changes of OFAC against an index of invented customers, and all against all.

    python -m bench.rescreen [--customers 1000000] [--days 60]

Per day: the changed entries look for customers, each candidate is screened by the engine against the whole list. Times are
CPU seconds of one process, without the database; the full re-screening is measured on a sample and extrapolated. Parity:
of misspelt listed names that the engine raises as customers, how many the customer index finds too.
"""

import argparse
import gzip
import json
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

from bench.machine import machine
from screening.lists.base import PERSON, ListedParty
from screening.lists.ofac_sdn import _entry, parse
from screening.matching.evidence import PartyFacts
from screening.matching.matcher import RAISED, ListMatcher, MatchPolicy, Query
from screening.matching.normalise import tokens_of
from screening.reverse import (
    CustomerIndex,
    CustomerName,
    build_customer_index,
    load_customer_index,
    save_customer_index,
)

LISTS = Path(os.environ.get("PROBITY_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data")) / "lists"
SAMPLE = 2000
POLICY = MatchPolicy()


def invented_names(count: int, chance: random.Random) -> list[str]:
    """Names of 2 or 3 words, given names and surnames of real politicians mixed, frequent ones more often."""
    import csv

    given, family = [], []
    with gzip.open(LISTS / "pep" / "pep_everypolitician_2015.csv.gz", "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            words = row["name"].split()
            if len(words) > 1 and all(len(word) > 1 for word in words):
                given.append(words[0])
                family.append(words[-1])
    names = []
    for _ in range(count):
        middle = f" {chance.choice(given)}" if chance.random() < 0.3 else ""
        names.append(f"{chance.choice(given)}{middle} {chance.choice(family)}")
    return names


def misspelt(name: str, chance: random.Random) -> str:
    place, kind = chance.randrange(len(name)), chance.randrange(4)
    if kind == 0:
        return name[:place] + name[place + 1 :]
    if kind == 1:
        return name[:place] + chance.choice("aeioustr") + name[place + 1 :]
    words = name.split()
    chance.shuffle(words)
    return " ".join(words) if kind == 2 else name


def one_day(
    entries: list[ListedParty], index: CustomerIndex, names: list[str], matcher: ListMatcher
) -> tuple[float, int]:
    start, found = time.process_time(), set()
    for entry in entries:
        spelled = [tokens_of(name) for name in entry.all_names]
        found |= index.customers_like(spelled, entry.id_numbers, person=entry.schema == PERSON)
    for key in found:
        matcher.search(Query((names[int.from_bytes(key, "big")],), PartyFacts(PERSON)), POLICY)
    return time.process_time() - start, len(found)


def parity(matcher: ListMatcher, chance: random.Random) -> tuple[int, int]:
    people = [entry for entry in matcher.entries if entry.schema == PERSON]
    names = [misspelt(chance.choice(chance.choice(people).all_names), chance) for _ in range(3000)]
    index = build_customer_index((CustomerName(n.to_bytes(16, "big"), [name]) for n, name in enumerate(names)), "")
    raised = missed = 0
    for number, name in enumerate(names):
        for match in matcher.search(Query((name,), PartyFacts(PERSON)), POLICY):
            if match.outcome == RAISED:
                raised += 1
                spelled = [tokens_of(text) for text in matcher.entries[match.entry].all_names]
                missed += number.to_bytes(16, "big") not in index.customers_like(spelled, person=True)
    return raised, missed


def kept_on_disk(index: CustomerIndex) -> CustomerIndex:
    """The index as a worker has it: saved, and mapped into memory again."""
    with tempfile.TemporaryDirectory() as folder:
        save_customer_index(index, Path(folder) / "customers")
        size = sum(file.stat().st_size for file in (Path(folder) / "customers").iterdir())
        start = time.process_time()
        mapped = load_customer_index(Path(folder) / "customers")
        print(f"loaded in {time.process_time() - start:.2f} s, {size / 1e6:.0f} MB, memory-mapped")
        return mapped


def days_of_the_list(
    index: CustomerIndex, names: list[str], matcher: ListMatcher, count: int, chance: random.Random
) -> None:
    """Real changes of OFAC: a sample of days, and the two heaviest of the history."""
    with gzip.open(LISTS / "ofac_history" / "deltas_to_2023-11.jsonl.gz", "rt") as stream:
        days = [json.loads(line) for line in stream]
    days.sort(key=lambda day: len(day["add"]) + len(day["mod"]))
    rows = []
    for day in [*chance.sample(days, min(count, len(days))), days[-3], days[-1]]:
        cells = (["" if cell.strip() == "-0-" else cell.strip() for cell in row] for row in [*day["add"], *day["mod"]])
        entries = [_entry(row, [], [], "") for row in cells]
        index._known.clear()
        rows.append((len(entries), *one_day(entries, index, names, matcher)))
    *typical, heavy, heaviest = rows
    print(f"{len(typical)} days: median {statistics.median(row[0] for row in typical):.0f} entries, "
          f"{statistics.median(row[1] for row in typical):.2f} s (most {max(row[1] for row in typical):.2f} s)")  # fmt: skip
    for entries_changed, seconds, found in (heavy, heaviest):
        print(f"a heavy day of {entries_changed} entries: {seconds:.2f} s, {found} candidates")


def everybody(names: list[str], matcher: ListMatcher, chance: random.Random) -> None:
    """All customers against all entries, from a sample."""
    start = time.process_time()
    for name in chance.sample(names, SAMPLE):
        matcher.search(Query((name,), PartyFacts(PERSON)), POLICY)
    rate = SAMPLE / (time.process_time() - start)
    print(f"full: {rate:.0f} customers/s a core without the database; 1,000,000 on 2 workers: "
          f"{1e6 / rate / 2 / 60:.0f} min (extrapolated)")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=60)
    options = parser.parse_args()
    if not LISTS.is_dir():
        raise SystemExit("the published lists are not on this machine (PROBITY_SHARED_DATA)")
    chance = random.Random(7)
    print(machine())
    matcher = ListMatcher(parse(LISTS / "ofac_2024-01-11").entries)
    names = invented_names(options.customers, chance)
    start = time.process_time()
    index = build_customer_index((CustomerName(n.to_bytes(16, "big"), [name]) for n, name in enumerate(names)), "")
    print(f"index of {len(names):,} customers built in {time.process_time() - start:.1f} s")
    days_of_the_list(kept_on_disk(index), names, matcher, options.days, chance)
    everybody(names, matcher, chance)
    raised, missed = parity(matcher, chance)
    print(f"parity: of {raised} raised pairs the index misses {missed} ({100 * missed / max(1, raised):.2f} %)")


if __name__ == "__main__":
    main()
