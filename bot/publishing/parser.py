"""X's own parser of posts, as a package has it, without what that package should not need.

twitter-text-parser reads its list of emoji through ``pkg_resources``, a part of setuptools that
is gone from newer ones and that nobody asked for: one function stands in while it is imported.
"""

import sys
from functools import lru_cache
from importlib import import_module, resources
from types import ModuleType
from typing import Any


@lru_cache(maxsize=1)
def twitter_text() -> Any:
    """The module ``twitter_text``."""
    stands_in = ModuleType("pkg_resources")
    stands_in.resource_string = _resource  # type: ignore[attr-defined]
    before = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = stands_in
    try:
        return import_module("twitter_text")
    finally:
        del sys.modules["pkg_resources"]
        if before is not None:
            sys.modules["pkg_resources"] = before


def _resource(module: str, name: str) -> bytes:
    package = module.rpartition(".")[0]
    return resources.files(package).joinpath(name).read_bytes()
