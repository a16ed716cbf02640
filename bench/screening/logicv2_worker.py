"""Runs in an environment of its own (`requirements-bench.txt`): scores JSON lines of pairs with nomenklatura's LogicV2."""

import json
import sys
import time

from followthemoney import model
from nomenklatura.matching import LogicV2
from nomenklatura.matching.types import ScoringConfig


def _entity(key: str, schema: str, name: str):  # type: ignore[no-untyped-def]
    entity = model.make_entity(schema)
    entity.id = key
    entity.add("name", name)
    return entity


def main() -> None:
    config = ScoringConfig.defaults()
    LogicV2.compare(_entity("a", "Person", "John Smith"), _entity("b", "Person", "Jon Smith"), config)  # warm
    for number, line in enumerate(sys.stdin):
        schema, one, other = json.loads(line)
        before = time.process_time()
        result = LogicV2.compare(_entity(f"q{number}", schema, one), _entity(f"r{number}", schema, other), config)
        print(json.dumps([result.score, time.process_time() - before]), flush=False)


main()
