"""`make drill-audit`: the record bent in every known way by whoever rules the database, and what a verification says.

Each attack meets the same record of ten entries under two anchored checkpoints. The controls: an honest record passes,
and without the anchor a consistent return to an older state and a rewrite with every key are not found. Ends with 1
where anything is otherwise.
"""

import argparse
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.machine import machine
from bench.tampering.stores import Postgres, SqliteFile, Store

STORES: dict[str, Callable[[Path], Store]] = {"sqlite": SqliteFile, "postgresql": Postgres}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--on", choices=sorted(STORES), required=True)
    chosen = STORES[arguments.parse_args().on]
    with tempfile.TemporaryDirectory() as folder:
        store = chosen(Path(folder))
        try:
            print(f"\n{machine(store.told())}\n", flush=True)
            return _Drill(store).run()
        finally:
            store.end()


class _Drill:
    """One record, its copies, and a line for each thing done to it."""

    def __init__(self, store: Store) -> None:
        from bench.tampering.log_of import log_of

        self.store, self.otherwise = store, 0
        self.made = log_of(6)
        store.keep("old")
        self.made += log_of(4, first=6)
        store.keep("whole")

    def run(self) -> int:
        from bench.tampering.attacks import ATTACKS, rewrite_everything_with_the_keys, roll_back_consistently

        self._line("an honest record", "intact", lambda: None)
        for attack, told in ATTACKS:
            self._line(_name(attack), self._expected(told), self._bent(attack))
        self._line("roll back to an older copy", "the anchor holds 10", lambda: self.store.put_back("old"))
        for attack in (roll_back_consistently, rewrite_everything_with_the_keys):
            self._line(f"without an anchor: {_name(attack)}", "intact", self._bent(attack), anchored=False)
        print("otherwise than expected:", self.otherwise)
        return 1 if self.otherwise else 0

    def _expected(self, told: str) -> str:
        return re.sub(r"\{(\d+)\}", lambda match: str(self.made[int(match[1])].pk), told)

    def _bent(self, attack: Callable[..., None]) -> Callable[[], None]:
        from audit import triggers

        def act() -> None:
            triggers.remove_tree(self.store)  # type: ignore[arg-type]
            triggers.remove(self.store)  # type: ignore[arg-type]
            attack(self.store, self.made)

        return act

    def _line(self, name: str, expected: str, act: Callable[[], None], *, anchored: bool = True) -> None:
        """Puts the whole record back, lets it be bent, and tells what a verification says."""
        from django.conf import settings

        from audit.services import verify_record

        self.store.put_back("whole")
        act()
        kept = settings.AUDIT_ANCHOR_FILE
        settings.AUDIT_ANCHOR_FILE = kept if anchored else kept.with_suffix(".none")
        faults = [fault["what"] for fault in verify_record().faults]
        settings.AUDIT_ANCHOR_FILE = kept
        said = " | ".join(faults) or "intact"
        as_wanted = bool(re.search(expected, said))
        self.otherwise += not as_wanted
        found = "found" if faults else "not found" if "anchor" in name else "passes"
        print(f"| {name:<52} | {found:<9} | {said[:110]}{'' if as_wanted else '  <- OTHERWISE'}", flush=True)


def _name(attack: Callable[..., None]) -> str:
    return attack.__name__.replace("_", " ")


if __name__ == "__main__":
    sys.exit(main())
