"""X's own OpenAPI as the judge of what is sent to it, where PULLQUOTE_X_SPEC names the file."""

import json
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

SPEC = os.environ.get("PULLQUOTE_X_SPEC")  # before each test's environment is emptied


class Judge(Protocol):
    """Whoever says what is wrong with a request, and with the answer to it; empty if nothing."""

    def request(self, asked: "Asked") -> str: ...

    def answer(self, asked: "Asked", status: int, body: bytes) -> str: ...


class Asked:
    """A request as openapi-core looks at requests."""

    def __init__(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
    ) -> None:
        self.method, self.path, self.query, self.body = method, path, query, body
        self.headers, self.content_type = headers, headers.get("Content-Type", "")


class Lenient:
    """Without the file nothing is judged."""

    def request(self, asked: Asked) -> str:
        return ""

    def answer(self, asked: Asked, status: int, body: bytes) -> str:
        return ""


class Strict:
    """X's file; slow to load."""

    def __init__(self, path: Path) -> None:
        from openapi_core import Config, OpenAPI

        document = json.loads(path.read_text("utf-8"))
        self._known: dict[tuple[str, str], set[str]] = {}
        for route, methods in document["paths"].items():
            for method, about in methods.items():
                about.pop("security", None)  # openapi-core knows no OAuth 1; the server looks
                named = {self._name(document, one) for one in about.get("parameters", ())}
                self._known[method.upper(), route] = named
        self._openapi = OpenAPI.from_dict(document, config=Config(spec_validator_cls=None))

    @staticmethod
    def _name(document: dict[str, Any], parameter: dict[str, Any]) -> str:
        shared = parameter.get("$ref", "").rpartition("/")[2]
        found = document["components"]["parameters"][shared] if shared else parameter
        return str(found["name"])

    def request(self, asked: Asked) -> str:
        from openapi_core.exceptions import OpenAPIError

        try:
            self._openapi.validate_request(self._seen(asked))
        except OpenAPIError as error:
            return f"{error!r} {error.__cause__!r}"
        return self._unknown(asked)

    def _unknown(self, asked: Asked) -> str:
        """Parameters the file does not have, which X refuses and openapi-core lets pass."""
        route = re.sub(r"/\d+(?=/|$)", "/{id}", asked.path.removeprefix("/2"))
        unknown = set(asked.query) - self._known.get((asked.method, f"/2{route}"), set())
        return f"unknown parameters {sorted(unknown)}" if unknown else ""

    def answer(self, asked: Asked, status: int, body: bytes) -> str:
        from openapi_core.exceptions import OpenAPIError
        from openapi_core.testing import MockResponse

        try:
            self._openapi.validate_response(self._seen(asked), MockResponse(body, status))
        except OpenAPIError as error:
            return f"{error!r} {error.__cause__!r}"
        return ""

    def _seen(self, asked: Asked) -> Any:
        from openapi_core.testing import MockRequest

        return MockRequest(
            "https://api.x.com",
            asked.method,
            asked.path,
            args=dict(asked.query),
            headers=dict(asked.headers),
            data=asked.body,
            content_type=asked.content_type,
        )


@cache
def judge() -> Judge:
    """Whoever judges here, loaded once."""
    return Strict(Path(SPEC)) if SPEC else Lenient()
