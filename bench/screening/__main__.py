"""`python -m bench.screening [--half dev|held] [--misses] [--alarms] [--alone]`: prints a table with machine and commit.

Everything is drawn with one seed, so two commits are asked the same questions. Without an option the held-out half is asked,
which nothing was tuned on.
"""

import gc
import random
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from bench.machine import machine
from bench.screening import corpus, engine, rivals, spoils
from screening.lists.base import PERSON
from screening.matching.normalise import tokens_of

SEED, PER_CLASS, STRANGERS, PAIRS_PER_CLASS = 20261121, 250, 4000, 120
Row = tuple[str, str, str]


@dataclass
class Asked:
    """What was asked and how it went."""

    times: list[float] = field(default_factory=list)
    count: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    missed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    positives: dict[str, list[rivals.Pair]] = field(default_factory=lambda: defaultdict(list))


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--half", choices=["dev", "held"], default="held")
    parser.add_argument("--misses", action="store_true", help="print every miss")
    parser.add_argument("--alarms", action="store_true", help="print every false alarm")
    parser.add_argument("--alone", action="store_true", help="leave the other engines out")
    options = parser.parse_args()
    if not corpus.DATA.is_dir():
        raise SystemExit(f"the published lists are not at {corpus.DATA}: set PROBITY_SHARED_DATA")
    lists = corpus.load_lists()
    gc.collect()
    gc.freeze()  # the parsed lists are the bench's own: collecting them again and again would be measured as ours
    with tempfile.TemporaryDirectory() as folder:
        rows, found = engine.load(lists, Path(folder))
        asked = Asked()
        rows += _recall(found, lists, asked, options) + _false_alarms(found, lists, asked, options)
        names = [pair[1] for pairs in asked.positives.values() for pair in pairs][:1000]
        rows += _speed(asked) + engine.worker(found, names, Path(folder)) + engine.delta(found, lists)
    if not options.alone:
        rows += _side_by_side(asked, lists, options)
    _print(rows, options.half)


def _recall(found: engine.Engine, lists: corpus.Lists, asked: Asked, options: Namespace) -> list[Row]:
    """Share of spoilt listed names whose own entry is raised by the name alone."""
    chance = random.Random(SEED)
    pool = [
        (title, entry, name)
        for title, entries in lists.items()
        for entry in entries
        if corpus.half_of(f"{title}/{entry.source_id}") == options.half
        for name in corpus.askable(entry)[:2]
    ]
    for spoil in spoils.SPOILS:
        for title, entry, name in chance.sample(pool, PER_CLASS * 4):
            spoilt = spoil(name, chance)
            if spoilt is None or asked.count[spoil.__name__] == PER_CLASS:
                continue
            asked.count[spoil.__name__] += 1
            asked.positives[spoil.__name__].append((entry.schema, spoilt, name))
            raised, spent = found.raised(spoilt, entry.schema)
            asked.times.append(spent)
            if (title, entry.source_id) not in raised:
                asked.missed[spoil.__name__].append(f"{spoilt} / {name}")
    if options.misses:
        for kind, names in asked.missed.items():
            print(*(f"missed {kind}: {name}" for name in names), sep="\n")
    return [
        (
            f"recall, {kind}",
            f"{1 - len(asked.missed[kind]) / count:.3f}",
            f"{count} names" + (f", aim {spoils.FLOORS[kind]}" if kind in spoils.FLOORS else ""),
        )
        for kind, count in asked.count.items()
    ]


def _false_alarms(found: engine.Engine, lists: corpus.Lists, asked: Asked, options: Namespace) -> list[Row]:
    """Share of politicians with a raised hit; those whose very words are listed are left out."""
    people = corpus.load_strangers(lists, options.half, STRANGERS, random.Random(SEED))
    rows = []
    dated = {title for title, entries in lists.items() if any(entry.birth_dates for entry in entries)}
    for told, aim in (("name only", "0.7 %"), ("birth date, nationality", "0.35 %")):
        alarms = on_dated = 0
        for person in people:
            facts = {} if told == "name only" else {"birth_date": person.birth_date, "country": person.country}
            raised, spent = found.raised(person.name, PERSON, tell=options.alarms, **facts)
            alarms += bool(raised)
            on_dated += any(title in dated for title, _ in raised)
            if told == "name only":
                asked.times.append(spent)
        note = f"{alarms} of {len(people)}, aim {aim}; on lists that print birth dates {on_dated / len(people):.2%}"
        rows.append((f"false alarms, {told}", f"{alarms / len(people):.2%}", note))
    return rows


def _speed(asked: Asked) -> list[Row]:
    spread = quantiles(asked.times, n=100)
    note = f"{len(asked.times)} distinct queries against all lists, CPU time of one process"
    told = ", ".join(f"{value * 1e3:.1f}" for value in (spread[49], spread[98], max(asked.times)))
    return [
        ("queries with full reasons", f"{len(asked.times) / sum(asked.times):.0f} /s", f"{note}, aim 400"),
        ("query p50, p99, worst", f"{told} ms", "aim p99 8 ms"),
    ]


def _side_by_side(asked: Asked, lists: corpus.Lists, options: Namespace) -> list[Row]:
    """The same pairs, names alone, for every engine: positives by class, and strangers beside the names most like theirs."""
    chance = random.Random(SEED)
    groups = {kind: pairs[:PAIRS_PER_CLASS] for kind, pairs in asked.positives.items()}
    names = [entry.name for entries in lists.values() for entry in entries if entry.schema == PERSON]
    by_word: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for word in tokens_of(name):
            by_word[word].append(name)
    strangers = corpus.load_strangers(lists, options.half, 1500, chance)
    groups["strangers who share a word"] = [
        (PERSON, person.name, chance.choice(by_word[word]))
        for person in strangers
        for word in tokens_of(person.name)[-1:]
        if word in by_word
    ]
    asked_pairs = [
        (kind, (PERSON if pair[0] == PERSON else corpus.UNSAID, *pair[1:])) for kind in groups for pair in groups[kind]
    ]
    told = rivals.judge_pairs([pair for _, pair in asked_pairs])
    rows = []
    for kind, pairs in groups.items():
        places = [place for place, (other, _) in enumerate(asked_pairs) if other == kind]
        shares = (
            f"{name} {sum(found[place] for place in places) / len(places):.3f}" for name, (found, _) in told.items()
        )
        rows.append((f"pairs matched, {kind}", ", ".join(shares), f"{len(pairs)} pairs"))
    rows.append(("CPU a pair", ", ".join(f"{name} {micro:.0f} µs" for name, (_, micro) in told.items()), ""))
    return rows


def _print(rows: list[Row], half: str) -> None:
    print(f"\n{machine(f'{half} half')}")
    for name, value, note in rows:
        print(f"| {name:<40} | {value:>24} | {note} |")


if __name__ == "__main__":
    sys.exit(main())
