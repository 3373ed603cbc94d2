"""Every key and value of a TOML text is placed where it stands."""

import string
import tomllib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bitext.settings.places import KeyPath, places

BARE = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=8)
KEYS = BARE | st.text("ab .\"'#[]{}=中", min_size=0, max_size=6)
TEXTS = st.text("ab \"'#[]{}=,\\中\n", max_size=12)
SCALARS = TEXTS | st.integers(-99, 99) | st.booleans() | st.floats(-9, 9, allow_nan=False)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=5)


def quoted(text: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n"}
    return '"' + "".join(escapes.get(character, character) for character in text) + '"'


def written(value: object) -> str:
    """`value` as TOML, with comments and line breaks where they are allowed."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"'''{value}'''" if "'" not in value and value and value[0] != "\n" else quoted(value)
        case list():
            return "[ # [a\n" + ",\n  ".join(map(written, value)) + "\n]"
        case dict():
            return "{ " + ", ".join(f"{name(key)} = {written(inner)}" for key, inner in value.items()) + " }"
        case _:
            return repr(value)


def name(key: str) -> str:
    return key if key and set(key) <= set(string.ascii_letters + string.digits + "_-") else quoted(key)


def flat(value: object, path: KeyPath = ()) -> list[tuple[KeyPath, object]]:
    rows: list[tuple[KeyPath, object]] = [(path, value)] if path else []
    if isinstance(value, dict):
        rows += [row for key, inner in value.items() for row in flat(inner, (*path, key))]
    if isinstance(value, list):
        rows += [row for index, inner in enumerate(value) for row in flat(inner, (*path, index))]
    return rows


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES)
def test_what_stands_at_a_values_place_is_that_value(table: dict[str, object]) -> None:
    text = "# a = 1\n" + "\n".join(f"{name(key)} = {written(value)} # = ]" for key, value in table.items())
    found = places(text)
    for path, value in flat(tomllib.loads(text)):
        span = found.values[path]
        assert tomllib.loads(f"x = {text[span.start : span.end]}")["x"] == value
        if isinstance(path[-1], str):
            key = found.keys[path]
            assert next(iter(tomllib.loads(f"{text[key.start : key.end]} = 0"))) == path[-1]


def test_keys_of_tables_and_of_arrays_of_tables_are_told_apart() -> None:
    text = '[a.b]\nc = 1\n[[d]]\ne = 2\n[d.f]\ng = 3\n[[d]]\ne = 4\n[[d.h]]\ni = 5\n"k l".m = 6\n'
    found = places(text)
    values = {path: text[span.start : span.end] for path, span in found.values.items()}
    assert values == {
        ("a", "b", "c"): "1",
        ("d", 0, "e"): "2",
        ("d", 0, "f", "g"): "3",
        ("d", 1, "e"): "4",
        ("d", 1, "h", 0, "i"): "5",
        ("d", 1, "h", 0, "k l", "m"): "6",
    }
