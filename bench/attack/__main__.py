"""`make attack-site`: the pages of a running installation with its demonstration, as an analyst, an MLRO and an administrator.

Every link is followed and every form sent, with marks in every field and query: for scripts that run, reflected and kept, for
statements, templates, files, headers, redirects, values too long and odd. Looked for in every answer: errors of ours, the text
of an error, a mark that became an element, a way out. A control: pages beside the product that are weak on purpose.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from bench.attack.walk import Walk
from bench.attack.weaknesses import WEAKNESSES, missed_by
from bench.machine import HOME, machine
from bench.served import managed, own_database, served, surroundings


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--on", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--most", type=int, default=4000, help="requests of each person, at most")
    parser.add_argument("--who", default="analyst,mlro,administrator")
    parser.add_argument("--reports", type=Path, default=HOME / "var" / "attack")
    told = parser.parse_args()
    told.reports.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, own_database(told.on) as database:
        environment = surroundings(folder, database) | {"DJANGO_SETTINGS_MODULE": "bench.attack.weak_settings"}
        with served(environment, told.reports / "server.log") as url:
            found = json.loads(
                managed(environment, "shell", "-v0", "-c", "from bench.fuzz.seed import seeded; print(seeded())")
            )
            print(machine(told.on), flush=True)
            sessions: dict[str, str] = found["sessions"]
            walks = [_walked(Walk(url, sessions[who], told.most), who) for who in told.who.split(",")]
            control = Walk(url, next(iter(sessions.values())), told.most, start="/weak/").done()
    missed = missed_by(control)
    print(f"control: {len(WEAKNESSES) - len(missed)} of {len(WEAKNESSES)} weaknesses that were put there are found out")
    print("\n".join(f"  MISSED {weak}" for weak in sorted(missed)))
    return int(bool(missed) or any(walk.findings for walk in walks))


def _walked(walk: Walk, who: str) -> Walk:
    began = time.monotonic()
    walk.done()
    statuses = ", ".join(f"{status}: {count}" for status, count in sorted(walk.requests.items()))
    sent = sum(form.method == "POST" for form in walk.forms.values())
    print(
        f"{who}: {walk.asked} requests in {time.monotonic() - began:.0f} s to {len(walk.visited)} kinds of pages and "
        f"{len(walk.forms)} forms ({sent} that change something, {walk.refused_without_token} refused without a token), "
        f"{walk.fields} fields, {walk.files} files; {len(walk.findings)} findings; {statuses}"
    )
    print("\n".join(f"  FOUND {finding}" for finding in sorted(walk.findings)), flush=True)
    return walk


if __name__ == "__main__":
    sys.exit(main())
