"""Ways to damage HTTP as it goes over the wire: first lines, headers, framing, bodies."""

import gzip
import json
import random
import re
from functools import cache

from benchmarks.mutators.raw import OF_TEXT, Mutator
from benchmarks.mutators.values import ODD, OF_JSON

_END = b"\r\n\r\n"
_STATUSES = (0, 99, 100, 101, 103, 200, 201, 202, 204, 205, 206, 299, 301, 302, 303, 304, 307, 308,
             400,
             401, 402, 403, 404, 405, 408, 409, 410, 413, 418, 422, 425, 429, 451, 499, 500, 502,
             503,
             504, 520, 599, 600, 999, 1000)  # fmt: skip
_FIRST = (b"HTTP/1.1 OK", b"HTTP/9.9 200 OK", b"ICY 200 OK", b"", b"HTTP/1.1 -1 x",
          b"\x16\x03\x01\x02",
          b"HTTP/1.1 200 " + b"x" * 70_000, b"HTTP/0.9 200 OK", b"HTTP/2 200",
          b"HTTP/1.1 2e2 OK")  # fmt: skip
_ANSWERED = (
    "Retry-After: -1", "Retry-After: 99999999999999999999", "Retry-After: NaN",
    "Retry-After: Mon, 99 Foo 0000 99:99:99 GMT", "x-rate-limit-remaining: 0",
    "x-rate-limit-remaining: 0\r\nx-rate-limit-reset: 99999999999", "x-rate-limit-reset: -1",
    "x-rate-limit-remaining: 0\r\nx-rate-limit-reset: ٣", "X-RateLimit-Remaining: 0",
    "X-RateLimit-Remaining: NaN",
    "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 9999-12-31T23:59:59Z",
    "X-RateLimit-Limit: x", "X-RateLimit-Reset: yesterday",
    "X-RateLimit-Reset: 0001-01-01T00:00:00Z",
    "X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 2026-11-28T00:00:00Z\r\nX-RateLimit-Limit: 300",
    "ratelimit-reset: 1e400", "ratelimit-reset: -99999999999999", "ratelimit-remaining: x",
    "Date: yesterday", "Date: Mon, 99 Foo 0000 99:99:99 GMT",
    "Date: Fri, 31 Dec 9999 23:59:59 -2359",
    "Date: Sat, 01 Jan 0001 00:00:00 +2359", "Date: ", "Content-Type: text/html; charset=utf-99",
    "Content-Type: ", "Content-Type: application/json; charset=utf-16", "Content-Encoding: gzip",
    "Content-Encoding: br", "Content-Encoding: x", "Transfer-Encoding: chunked",
    "Content-Length: -1",
    "Content-Length: 5", "Content-Length: 99999999999999999999", "Location: http://[", "Location: ",
    "Location: file:///etc/passwd", "Location: //", "Location: http://127.0.0.1:0/",
    "Set-Cookie: =;;",
    "Link: <http://[>; rel=next", "Link: <?max_id=x>; rel=\"next\"", "ETag: \"", "X: \xff\xfe", "X",
    ": x", "X : y", " folded", "Connection: close\r\nConnection: keep-alive",
)  # fmt: skip
_ASKED = (
    "Content-Length: -1", "Content-Length: x", "Content-Length: 99999999999", "Content-Length: ٣",
    "Content-Length: 1", "Transfer-Encoding: chunked", "Content-Type: ",
    "Content-Type: application/json",
    "Content-Type: multipart/form-data", "Content-Type: multipart/form-data; boundary=",
    "Content-Type: multipart/form-data; boundary=\xff",
    "Content-Type: multipart/form-data; boundary=xx",
    "Content-Type: application/x-www-form-urlencoded; charset=utf-99", "Cookie: ",
    "Cookie: =;=;;\"",
    "Cookie: a=\xff", "Host: ", "Host: [", "Host: a b", "Host: 127.0.0.1:99999", "Host: xn--a.\xff",
    "X-Forwarded-For: ::ffff", "Forwarded: for=\"[", "Origin: null", "Origin: http://[",
    "Origin: \xff",
    "Sec-Fetch-Site: cross-site", "HX-Request: true", "HX-Current-URL: http://[\xff",
    "HX-Target: \xff",
    "Range: bytes=-1", "Range: bytes=9-1,0-,x", "Range: bytes=0-99999999999999999999",
    "If-None-Match: \"",
    "If-Modified-Since: Mon, 99 Foo 0000 99:99:99 GMT", "If-Range: \xff", "Accept-Encoding: x;q=9",
    "Expect: 100-continue", "Upgrade: websocket\r\nConnection: Upgrade", "X-CSRF-Token: \xff",
    "Authorization: Basic \xff", "Accept-Language: \xff", "User-Agent: \0", "X: " + "x" * 70_000,
)  # fmt: skip
_PATHS = (
    "%00", "%ff%fe", "%ED%A0%80", "..%2f..%2f", "../..", "%", "%zz", "//", "?", "?=&&;", "#", "\\",
    "%0d%0a",
    "%E2%80%AE", "%F0%9F%98%80", "-1", "0", "9" * 25, "1e9", "٣", "NaN", "a" * 3000, ";a=b",
    "?csrf=%ff",
    "?page=-1", "?page=99999999999999999999", "?status=x", "?q=%22", "?q=talk:%00",
    "?at=%ff&then=//x", "[",
)  # fmt: skip
_METHODS = (b"GET", b"HEAD", b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS", b"TRACE", b"CONNECT",
            b"", b"get", b"PRI", b"\xff", b"M" * 5000)  # fmt: skip


def _parts(raw: bytes) -> tuple[list[bytes], bytes]:
    head, _, body = raw.partition(_END)
    return head.split(b"\r\n"), body


def _joined(lines: list[bytes], body: bytes) -> bytes:
    return b"\r\n".join(lines) + _END + body


def _status(raw: bytes, chance: random.Random) -> bytes:
    """Another status, with the same words or none."""
    lines, body = _parts(raw)
    lines[0] = b"HTTP/1.1 %d X" % chance.choice(_STATUSES)
    return _joined(lines, chance.choice((body, body, b"", b"{}", b"<html>\xff</html>")))


def _first_line(raw: bytes, chance: random.Random) -> bytes:
    lines, body = _parts(raw)
    return _joined([chance.choice(_FIRST), *lines[1:]], body)


def _header(texts: tuple[str, ...]) -> Mutator:
    def mutate(raw: bytes, chance: random.Random) -> bytes:
        lines, body = _parts(raw)
        for line in (
            one.encode("utf-8" if "٣" in one else "latin-1")
            for one in chance.sample(texts, chance.choice((1, 1, 3)))
        ):
            name = line.partition(b":")[0].lower()
            kept = [one for one in lines[1:] if one.partition(b":")[0].lower() != name]
            lines = [lines[0], *(kept if chance.random() < 0.7 else lines[1:]), line]
        return _joined(lines, body)

    return mutate


def _no_header(raw: bytes, chance: random.Random) -> bytes:
    lines, body = _parts(raw)
    if len(lines) > 1:
        del lines[chance.randrange(1, len(lines))]
    return _joined(lines, body)


def _many_headers(raw: bytes, chance: random.Random) -> bytes:
    lines, body = _parts(raw)
    extra = [
        b"X-%d: %s" % (at, b"x" * chance.choice((1, 900))) for at in range(chance.choice((90, 400)))
    ]
    return _joined([*lines, *extra], body)


@cache
def _zeros() -> bytes:
    """Thirty megabytes in thirty kilobytes."""
    return gzip.compress(bytes(30_000_000), 9, mtime=0)


def _framed(raw: bytes, chance: random.Random) -> bytes:
    """Chunks that lie, or packed bytes that are broken or a bomb."""
    lines, body = _parts(raw)
    chunk = chance.choice((b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), b"ffffffffffff\r\n" + body,
                           b"-1\r\n", b"zz\r\n" + body, b"5\r\nab"))  # fmt: skip
    zipped = gzip.compress(body, mtime=0)
    packed = chance.choice((zipped, zipped[:-9], body, _zeros()))
    if chance.random() < 0.5:
        return _joined([*lines, b"Transfer-Encoding: chunked"], chunk)
    return _joined([*lines, b"Content-Encoding: gzip"], packed)


def _body(raw: bytes, chance: random.Random) -> bytes:
    """The body alone, as JSON where it is some."""
    lines, body = _parts(raw)
    if not body:
        return _joined(lines, json.dumps(chance.choice(ODD)).encode())
    mutators = {**OF_JSON, **OF_JSON, **OF_TEXT} if body[:1] in b"{[" else OF_TEXT
    return _joined(lines, mutators[chance.choice(list(mutators))](body, chance))


def _value(raw: bytes, chance: random.Random) -> bytes:
    lines, body = _parts(raw)
    return _joined(lines, OF_JSON["swap-one-value"](body, chance))


def _values(raw: bytes, chance: random.Random) -> bytes:
    lines, body = _parts(raw)
    return _joined(lines, OF_JSON[chance.choice(("swap-values", "lack-keys"))](body, chance))


def _other_body(raw: bytes, chance: random.Random) -> bytes:
    lines, _ = _parts(raw)
    bodies = (b"", b"null", b"[]", b"{}", b"0", b'"x"', b"NaN", b"<html><h1>502</h1></html>",
              b"\xff\xfe{",
              b'{"data":null}', b'{"errors":[null]}', b'{"error":{"x":1}}',
              b'{"error":5,"message":[]}',
              b'{"data":[1,2]}', b'{"errors":[{"message":7}]}', b"[" * 100_000,
              b"9" * 100_000)  # fmt: skip
    return _joined(lines, chance.choice(bodies))


def _method(raw: bytes, chance: random.Random) -> bytes:
    return chance.choice(_METHODS) + raw[raw.find(b" ") :]


def _path(raw: bytes, chance: random.Random) -> bytes:
    """Odd words in the path, in the place of a part of it or behind it."""
    lines, body = _parts(raw)
    method, _, rest = lines[0].partition(b" ")
    path, _, version = rest.rpartition(b" ")
    odd = chance.choice(_PATHS).encode()
    parts = path.split(b"/")
    at = chance.randrange(len(parts))
    parts[at] = chance.choice((odd, parts[at] + odd))
    return _joined([b" ".join((method, b"/".join(parts), version)), *lines[1:]], body)


def _field(raw: bytes, chance: random.Random) -> bytes:
    """The value of a field of the query or the form for an odd one."""
    fields = list(re.finditer(rb"(?<=[?&\n])(?!csrf)([\w.]+)=([^&\s]*)", raw))
    if not fields:
        return _path(raw, chance)
    one = chance.choice(fields)
    odd = (b"", b"%00", b"%ED%A0%80", b"%ff", b"-1", b"9" * 30, b"NaN", b"1e999", b"x" * 20_000,
           b"%E2%80%AE",
           b"../../x", b"javascript:x", b"//x.example", b"%F0%9F%98%80" * 500, b"&" + one[0] * 900,
           b"[", b"2026-13-45",
           b"0000-00-00T99:99", b"+" * 900, b"%0d%0aX:1", b"%25%32", b"9999-12-31T23:59",
           b"%C2%85")  # fmt: skip
    return raw[: one.start(2)] + chance.choice(odd) + raw[one.end(2) :]


OF_ANSWERS: dict[str, Mutator] = {
    "odd-status": _status,
    "odd-first-line": _first_line,
    "odd-header": _header(_ANSWERED),
    "lack-header": _no_header,
    "many-headers": _many_headers,
    "odd-framing": _framed,
    "damage-body": _body,
    "swap-one-of-body": _value,
    "swap-in-body": _values,
    "other-body": _other_body,
}
OF_REQUESTS: dict[str, Mutator] = {
    "odd-method": _method,
    "odd-path": _path,
    "odd-field": _field,
    "odd-asked-header": _header(_ASKED),
    "lack-header": _no_header,
    "many-headers": _many_headers,
    "odd-framing": _framed,
    "damage-body": _body,
}
