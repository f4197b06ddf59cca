"""A bucket through s3fs as people use it, on a server of this machine that knows what is asked."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest

from bot.errors import NetworkError, TranscriptError
from bot.sources import Reach, Source, find, read

WORDS = b"WEBVTT\n\n00:01.000 --> 00:04.000\nA rope is older than any ship.\n"
FILES = {
    "2031/a.vtt": WORDS,
    "2031/deep/b.vtt": WORDS,
    "2031/c.png": b"",
    "huge.vtt": bytes(1_000_001),
}


class Bucket(BaseHTTPRequestHandler):
    """As much of S3 (https://docs.aws.amazon.com/AmazonS3/latest/API) as reading takes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        bucket, _, key = path.lstrip("/").partition("/")
        if bucket != "talks" or "Authorization" not in self.headers:
            self.answer(403, b"<Error><Code>AccessDenied</Code><Message>Denied</Message></Error>")
        elif "list-type" in query:
            self.answer(200, listing(query.get("prefix", [""])[0], query.get("delimiter", [""])[0]))
        elif key in FILES:
            self.answer(200, FILES[key])
        else:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    do_HEAD = do_GET  # noqa: N815 - as http.server calls it

    def answer(self, status: int, body: bytes) -> None:
        first, last = 0, len(body)
        if (wanted := self.headers.get("Range")) and status == 200 and body:
            start, _, end = wanted.removeprefix("bytes=").partition("-")
            first, last = int(start), min(int(end or len(body)) + 1, len(body))
            status = 206
        self.send_response(status)
        self.send_header("Content-Length", str(last - first))
        self.send_header("Content-Range", f"bytes {first}-{last - 1}/{len(body)}")
        self.send_header("ETag", '"mark"')
        self.send_header("Last-Modified", "Tue, 01 Apr 2031 10:00:00 GMT")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body[first:last])

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def listing(prefix: str, delimiter: str) -> bytes:
    """What ListObjectsV2 answers."""
    keys, folders = [], set()
    for key in (one for one in sorted(FILES) if one.startswith(prefix)):
        below = key[len(prefix) :]
        if delimiter and delimiter in below:
            folders.add(prefix + below.partition(delimiter)[0] + delimiter)
        else:
            keys.append(key)
    rows = "".join(
        f"<Contents><Key>{escape(key)}</Key><Size>{len(FILES[key])}</Size><ETag>m</ETag>"
        "<LastModified>2031-04-01T10:00:00.000Z</LastModified></Contents>"
        for key in keys
    )
    rows += "".join(f"<CommonPrefixes><Prefix>{one}</Prefix></CommonPrefixes>" for one in folders)
    count = len(keys) + len(folders)
    return (
        '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>talks</Name>'
        f"<KeyCount>{count}</KeyCount><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>"
    ).encode()


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Bucket) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def reach(endpoint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Reach:
    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "someone",
        "AWS_SECRET_ACCESS_KEY": "something",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_MAX_ATTEMPTS": "1",
    }.items():
        monkeypatch.setenv(name, value)
    return Reach(tmp_path, 1)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("s3://talks/2031", ["2031/a.vtt", "2031/deep/b.vtt"]),
        ("s3://talks/**/*.vtt", ["2031/a.vtt", "2031/deep/b.vtt", "huge.vtt"]),
        ("s3://talks/*/*.vtt", ["2031/a.vtt"]),
        ("s3://talks/2031/a.vtt", ["2031/a.vtt"]),
    ],
)
def test_what_is_in_a_bucket(reach: Reach, place: str, expected: list[str]) -> None:
    found = [one for one in find([place], reach) if isinstance(one, Source)]
    assert found == [Source(f"s3://talks/{name}") for name in expected]
    assert read(found[0], reach).raw == WORDS


def test_what_a_bucket_does_not_give(reach: Reach) -> None:
    with pytest.raises(TranscriptError, match="no such file"):
        read(Source("s3://talks/none.vtt"), reach)
    with pytest.raises(TranscriptError, match="over the limit of 1 MB"):
        read(Source("s3://talks/huge.vtt"), reach)
    error = next(find(["s3://others/*.vtt"], reach))
    assert isinstance(error, NetworkError | TranscriptError)
    assert str(error).startswith("s3://others")
