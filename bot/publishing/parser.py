"""X's own parser of posts, as a package has it, without what that package should not need.

twitter-text-parser reads its list of emoji through ``pkg_resources``, a part of setuptools that
is gone from newer ones and that nobody asked for: one function stands in while it is imported.
"""

import sys
from functools import lru_cache
from importlib import import_module, resources
from types import ModuleType
from typing import Any

_PART = "pkg_resources"


@lru_cache(maxsize=1)
def twitter_text() -> Any:
    """The module ``twitter_text``."""
    stands_in = ModuleType(_PART)
    stands_in.resource_string = _resource  # type: ignore[attr-defined]
    before = {name: sys.modules[name] for name in (_PART,) if name in sys.modules}
    sys.modules[_PART] = stands_in
    try:
        return import_module("twitter_text")
    finally:
        del sys.modules[_PART]
        sys.modules.update(before)


def _resource(module: str, name: str) -> bytes:
    package = module.rpartition(".")[0]
    return resources.files(package).joinpath(name).read_bytes()
