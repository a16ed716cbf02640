"""Random rules of the finance domain, for properties of the whole language."""

from hypothesis import strategies as st

_NUMBER = st.one_of(st.integers(-1000, 10_000_000), st.floats(0.01, 99.99, allow_nan=False))
_WORD = st.sampled_from(["cash", "DE", "it's", 'say "no"', "Zoë", "and", "30d", ""])
_NUMERIC_FIELD = st.sampled_from(["amount", "declared_monthly"])
_TEXT_FIELD = st.sampled_from(["direction", "channel", "reference"])
_WINDOW = st.sampled_from(["30m", "24h", "7d", "$window"])
_FLAG = st.sampled_from([{}, {"exclude_current": True}])
_GROUP = st.sampled_from([{}, {"by": "channel"}, {"among": "type"}])
_FUNCTION = st.sampled_from(["sum", "mean", "std", "min", "max", "median", "distinct", "percentile"])


def _aggregate(condition):
    where = st.one_of(st.just({}), condition.map(lambda inner: {"where": inner}))

    def of_field(function, of, window, flag, group, narrowed):
        more = {"percent": 99} if function == "percentile" else {}
        return {function: {"of": of, "window": window} | flag | group | narrowed | more}

    return st.one_of(
        st.builds(of_field, _FUNCTION, _NUMERIC_FIELD, _WINDOW, _FLAG, _GROUP, where),
        st.builds(lambda window, narrowed: {"count": {"window": window} | narrowed}, _WINDOW, where),
        st.builds(lambda group, narrowed: {"time_since_previous": group | narrowed}, _GROUP, where),
    )


def _numeric(condition):
    leaf = st.one_of(
        _NUMBER, _NUMERIC_FIELD, st.just("$least"), _aggregate(condition),
        st.sampled_from([
            {"cycle": {"window": "7d", "hops": 4}}, {"scatter_gather": {"window": "7d", "low": 0.8, "least": 100}}, {"hour": ["booked_at"]},
            {"days_between": [{"date": "2026-01-31"}, "booked_at"]}, {"length": ["reference"]},
        ]),
    )  # fmt: skip
    op = st.sampled_from(["+", "-", "*", "/", "%", "least", "greatest"])
    return st.one_of(leaf, st.builds(lambda name, left, right: {name: [left, right]}, op, leaf, leaf))


def _leaf(condition):
    numeric = _numeric(condition)
    comparison = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    members = st.lists(_WORD, min_size=1, max_size=3)
    return st.one_of(
        st.builds(lambda left, op, right: {"compare": [left, op, right]}, numeric, comparison, numeric),
        st.builds(lambda value, low, high: {"between": [value, low, high]}, numeric, numeric, numeric),
        st.builds(lambda of, among: {"in_list": [of, among]}, _TEXT_FIELD, st.one_of(members, st.just("$listed"))),
        st.builds(lambda test, of, among: {test: [of, among]},
                  st.sampled_from(["contains", "starts_with", "ends_with"]), _TEXT_FIELD, members),
        st.builds(lambda of: {"is_missing": of}, _TEXT_FIELD),
        st.builds(lambda score: {"has_hit": {"topic": "sanction", "score": score}}, _NUMBER),
    )  # fmt: skip


def _grown(condition):
    return st.one_of(
        st.builds(lambda word, parts: {word: parts}, st.sampled_from(["all", "any"]),
                  st.lists(condition, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, condition),
        _leaf(condition),
    )  # fmt: skip


PARAMETERS = {"window": "7d", "least": 5, "listed": ["a", "b"]}
CONDITIONS = st.recursive(_leaf(st.just({"compare": ["amount", ">", 5]})), _grown, max_leaves=8)
