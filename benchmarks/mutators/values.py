"""Ways to damage JSON, YAML, XML and tables as what they are: values, keys, elements, cells."""

import csv
import io
import json
import random
import re
from collections.abc import Callable
from typing import Any

from benchmarks.mutators.raw import Mutator

ODD: tuple[Any, ...] = (
    *(None, True, [], {}, [[]], [None], {"": None}, "", "x", " ", "\0", "\ud800", "\u202eabc"),
    *("0:01", "1e9", "2026-13-45", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"),
    *("-1", "../../etc/passwd", "javascript:alert(1)", "http://[", "=1+1", "a" * 5000),
    *(-1, 0, 7, 0.5, 1e30, -1e308, float("nan"), float("inf"), 2**31, 2**63, 10**40),
)
_CELLS = ("", "-", "x", "=1+1", '"', "\0", "a" * 30_000, "NaN", "2026-13-45", "é;ü", "\u202e", "-1")
_DATES = ("0000-00-00", "9999-12-31", "10000-01-01", "2026-02-30", "0001-01-01T00:00+14:00",
          "9999-12-31T23:59:59-12:00", "1e3", "24:00",
          "Mon, 99 Foo 2026 25:61:61 +9999")  # fmt: skip
_DATE = re.compile(rb"\d{4}-\d\d-\d\d(?:[T ][\d:.+Z-]*)?|\d\d:\d\d(?::\d\d)?")
_ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">'
    b'<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]>'
)
_OUTSIDE = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def _json(change: Callable[[Any, random.Random], Any]) -> Mutator:
    """A change of what a JSON document says; of what is none, nothing is changed."""

    def mutate(raw: bytes, chance: random.Random) -> bytes:
        try:
            return json.dumps(change(json.loads(raw), chance)).encode()
        except (ValueError, RecursionError):
            return raw

    return mutate


def _swapped(value: Any, chance: random.Random) -> Any:
    """Some of the values for others."""
    return _changed(value, chance, chance.choice((0.001, 0.05, 0.3)))


def _changed(value: Any, chance: random.Random, share: float) -> Any:
    if chance.random() < share:
        return chance.choice(ODD)
    if isinstance(value, list):
        return [_changed(each, chance, share) for each in value]
    if isinstance(value, dict):
        return {key: _changed(each, chance, share) for key, each in value.items()}
    return value


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Each place of a document that holds a value: its list or group, and where in that."""
    found: list[tuple[Any, Any]] = []
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        found.append((value, key))
        if isinstance(each, dict | list):
            found += _places(each)
    return found


def _one(value: Any, chance: random.Random) -> Any:
    """A single value for another, however large the document."""
    places = _places(value) if isinstance(value, dict | list) else []
    if not places:
        return chance.choice(ODD)
    group, key = chance.choice(places)
    group[key] = chance.choice(ODD)
    return value


def _lacking(value: Any, chance: random.Random) -> Any:
    places = _places(value) if isinstance(value, dict | list) else []
    for group, key in chance.sample(places, min(len(places), chance.choice((1, 1, 3)))):
        if isinstance(group, dict):
            group.pop(key, None)
    return value


def _exchanged(value: Any, chance: random.Random) -> Any:
    """Two values in each other's place."""
    places = _places(value) if isinstance(value, dict | list) else []
    if len(places) > 1:
        (one, first), (two, second) = chance.sample(places, 2)
        one[first], two[second] = json.loads(json.dumps([two[second], one[first]]))
    return value


def _deep_json(raw: bytes, chance: random.Random) -> bytes:
    opened, closed = chance.choice(((b"[", b"]"), (b'{"a":', b"}")))
    depth = chance.choice((30, 900, 100_000))
    inner = raw if chance.random() < 0.5 else b"1"
    return opened * depth + inner + closed * chance.choice((depth, 0))


def _within(raw: bytes, chance: random.Random) -> bytes:
    """One value of a document nested out of all measure."""
    values = list(re.finditer(rb'"[^"]*"|\b\d+\b', raw))
    if not values:
        return raw
    one, depth = chance.choice(values), chance.choice((50, 2000, 50_000))
    return raw[: one.start()] + b"[" * depth + one[0] + b"]" * depth + raw[one.end() :]


def _keys(raw: bytes, chance: random.Random) -> bytes:
    """A key twice, or huge, or none."""
    keys = list(re.finditer(rb'"[^"\n]*"\s*:|^[ \t-]*[\w-]+:', raw, re.MULTILINE))
    if not keys:
        return raw
    one = chance.choice(keys)
    other = chance.choice((b'"a":1,', b'"' + b"k" * 100_000 + b'":1,', b'"":0,', one[0] + b" 1,\n"))
    return raw[: one.start()] + other + raw[one.start() :]


def _dates(raw: bytes, chance: random.Random) -> bytes:
    found = list(_DATE.finditer(raw))
    if not found:
        return raw
    one = chance.choice(found)
    return raw[: one.start()] + chance.choice(_DATES).encode() + raw[one.end() :]


def _yaml_value(raw: bytes, chance: random.Random) -> bytes:
    """What stands behind a colon for something else."""
    pairs = list(re.finditer(rb":[ \t]+([^\n]+)", raw))
    if not pairs:
        return raw
    odd = (b"[", b"{a: b}", b"*a", b"&a [*a]", b"!!python/object:os.system x", b"!!binary ====",
           b"~", b"|", b">\n  x", b"'", b'"\\x', b'"\\uD800"', b"- - - a", b"? a", b"%TAG ! x",
           b"1_000", b".nan", b"-.inf", b"0o17", b"2026-13-45", b"\t", b"@", b"`", b"#x", b"",
           b"<<: {a: b}", b"'\x00'", b"a" * 20_000, b"-1", b"99999999999999999999", b"1e400",
           b"[[[[[[[[[[[[[[[[[[[[", b"yes", b"'\xe2\x80\xae'", b"../../x",
           b"/dev/zero")  # fmt: skip
    one = chance.choice(pairs)
    return raw[: one.start(1)] + chance.choice(odd) + raw[one.end(1) :]


def _yaml_indent(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at] = chance.choice((b" ", b"    ", b"\t", b"- ", b"? ", b"")) + lines[at].lstrip()
    return b"\n".join(lines)


def _yaml_frame(raw: bytes, chance: random.Random) -> bytes:
    before = (b"---\n", b"%YAML 9.9\n---\n", b"--- !!set\n", b"a: &a [x]\nb: &b [*a,*a,*a,*a]\n"
              b"c: &c [*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c]\n", b"[" * 3000, b"{" * 3000,
              b"- " * 3000, b"a: " * 300, b"? " * 2000)  # fmt: skip
    return chance.choice(before) + raw + chance.choice((b"", b"\n---\na: b\n", b"\n...\n"))


def _xml_entities(raw: bytes, chance: random.Random) -> bytes:
    at = raw.find(b"?>") + 2 if raw.startswith(b"<?xml") else 0
    told = raw[:at] + chance.choice((_ENTITIES, _OUTSIDE)) + raw[at:]
    where = told.rfind(b"</")
    return told[:where] + b"&e;" + told[where:]


def _xml_deep(raw: bytes, chance: random.Random) -> bytes:
    depth, at = chance.choice((50, 2000, 50_000)), max(raw.rfind(b"</"), 0)
    return raw[:at] + b"<a>" * depth + b"</a>" * chance.choice((depth, 0)) + raw[at:]


def _xml_tag(raw: bytes, chance: random.Random) -> bytes:
    """A tag dropped, renamed, doubled or with a prefix nobody declared."""
    tags = list(re.finditer(rb"<[^<>]*>", raw))
    if not tags:
        return raw
    one = chance.choice(tags)
    other = (b"", b"<z>", one[0] * 2, b"<p:q>", b"<![CDATA[", b"<!--", b"<?x", b"<" + b"n" * 9999)
    return raw[: one.start()] + chance.choice(other) + raw[one.end() :]


def _xml_attribute(raw: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb"=\s*(\"[^\"]*\"|'[^']*')", raw))
    if not found:
        return raw
    one = chance.choice(found)
    odd = (b'""', b'"-1"', b'"1e999"', b'"http://["', b'"&lt;"', b"x", b'"a" a="b"', b'"NaN"',
           b'"\xff"', b'"utf-99"', b'"' + b"9" * 5000 + b'"', b'"javascript:x"',
           b'"//["')  # fmt: skip
    return raw[: one.start(1)] + chance.choice(odd) + raw[one.end(1) :]


def _xml_text(raw: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb">([^<>]+)<", raw))
    if not found:
        return raw
    one = chance.choice(found)
    odd = [str(each).encode("utf-8", "replace") for each in ODD]
    return raw[: one.start(1)] + chance.choice(odd) + raw[one.end(1) :]


def _table(change: Callable[[list[list[str]], random.Random], None]) -> Mutator:
    def mutate(raw: bytes, chance: random.Random) -> bytes:
        text = raw.decode("utf-8", errors="replace").replace("\0", "")
        mark = max(",;\t", key=text.split("\n", 1)[0].count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
        if not rows:
            return raw
        change(rows, chance)
        out = io.StringIO()
        csv.writer(out, delimiter=mark, escapechar="\\").writerows(rows)
        return out.getvalue().encode("utf-8", errors="replace")

    return mutate


def _cell(rows: list[list[str]], chance: random.Random) -> None:
    row = chance.choice(rows)
    if row:
        row[chance.randrange(len(row))] = chance.choice(_CELLS)


def _ragged(rows: list[list[str]], chance: random.Random) -> None:
    row = chance.choice(rows)
    row[:] = chance.choice(([], row[:1], row * 300, ["", *row]))


def _columns(rows: list[list[str]], chance: random.Random) -> None:
    chance.shuffle(rows[0])
    rows[0].append(chance.choice(rows[0] or ["id"]))


OF_JSON: dict[str, Mutator] = {
    "swap-values": _json(_swapped),
    "swap-one-value": _json(_one),
    "lack-keys": _json(_lacking),
    "exchange-values": _json(_exchanged),
    "nest-deeply": _deep_json,
    "nest-a-value": _within,
    "odd-keys": _keys,
    "odd-dates": _dates,
}
OF_YAML: dict[str, Mutator] = {
    "yaml-value": _yaml_value,
    "yaml-indent": _yaml_indent,
    "yaml-frame": _yaml_frame,
    "odd-keys": _keys,
    "odd-dates": _dates,
}
OF_XML: dict[str, Mutator] = {
    "xml-entities": _xml_entities,
    "xml-nest": _xml_deep,
    "xml-tag": _xml_tag,
    "xml-attribute": _xml_attribute,
    "xml-text": _xml_text,
    "odd-dates": _dates,
}
OF_TABLES: dict[str, Mutator] = {
    "odd-cell": _table(_cell),
    "ragged-row": _table(_ragged),
    "odd-columns": _table(_columns),
    "odd-dates": _dates,
}
