"""`make attack-injections`: two hundred documents that talk to a machine, through the whole path, with a model that obeys each.

The worst case: whatever it is asked, the model answers as the attacker wishes, and now and then with more than it was asked
for. Each document comes with a submission of a customer whom the values would fit; afterwards a summary is asked for.
Counted are effects on the record, beside the same paper without an instruction. Controls: a genuine passport is verified,
and with each guard taken away the same documents are found out.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter

from bench.machine import machine


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only every n-th of the documents")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": "", "REDIS_URL": "", "PROBITY_DATA_DIR": folder, "PROBITY_STATIC_ROOT": f"{folder}/static",
            "PROBITY_LOG_LEVEL": "CRITICAL",
        }  # fmt: skip
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_site.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        return _attacked(told.every)


def _attacked(every: int) -> int:
    from bench.injections.corpus import attacks
    from bench.injections.trial import CONTROLS, tried

    numbered = list(enumerate(attacks()))[::every]
    print(machine(), flush=True)
    trial = tried(numbered)
    tally, model, dresses = trial.tally, trial.model, Counter(attack.dress for _, attack in numbered)
    print(f"{len(numbered)} documents in {len(dresses)} dresses; the model was asked {model.asked} times")
    print("\n".join(f"  {line}" for line in tally.lines()))
    print(f"  {tally.held_by_one:5d}  documents were held by nothing but the check that they stand without the model")
    print(
        f"control: a genuine passport is {trial.genuine}; tools were offered to the model {model.offered_tools} times"
    )
    for guard, breaches in trial.without.items():
        print(f"control: without “{guard}” {breaches} of {CONTROLS} documents break through")
    print(f"effects: {len(tally.effects)}")
    print("\n".join(f"  EFFECT {effect}" for effect in tally.effects))
    return int(not trial.stands)


if __name__ == "__main__":
    sys.exit(main())
