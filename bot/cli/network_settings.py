"""An account written into config.yaml as a person would, every other line and remark as it was."""

import re
from pathlib import Path

from msgspec import structs

from bot.config import load
from bot.errors import ConfigError
from bot.settings import AccountSettings, Config
from bot.whole import part_of

_EMPTY = re.compile(r"^accounts:[ \t]*(?:\{[ \t]*\}|null|~)?[ \t]*(#.*)?$")
_OUTERMOST = re.compile(r"^accounts:")


def add_account(path: Path, label: str, network: str, server: str | None) -> bool:
    """Whether it is in the file now; False when it cannot be put there without harm."""
    text = path.read_text(encoding="utf-8")
    lines = [f"{label}:", f"  network: {network}", *([f"  server: {server}"] if server else [])]
    changed = _with(text, lines)
    if changed is None:
        return False
    before = load(path.parent, {}, path).config
    added = {label: AccountSettings(network=network, server=server)}
    meant = structs.replace(before, accounts={**before.accounts, **added})
    return _replaced(path, changed, meant)


def _with(text: str, block: list[str]) -> str | None:
    """The file's text with a new account; None where ``accounts`` is written in another way."""
    lines = text.splitlines()
    at = next((number for number, line in enumerate(lines) if _OUTERMOST.match(line)), None)
    if at is None:
        gap = [""] if lines and lines[-1].strip() else []
        return "\n".join([*lines, *gap, "accounts:", *(f"  {line}" for line in block), ""])
    empty = _EMPTY.match(lines[at])
    if not empty:
        return None
    lines[at] = f"accounts:  {empty[1]}" if empty[1] else "accounts:"
    inner = next((re.match(r"[ \t]+", line) for line in lines[at + 1 : at + 2]), None)
    indent = inner[0] if inner else "  "
    return "\n".join([*lines[: at + 1], *(indent + line for line in block), *lines[at + 1 :], ""])


def _replaced(path: Path, text: str, meant: Config) -> bool:
    """Put the text in the file's place if it says what is meant, and nothing else."""
    new = part_of(path)
    try:
        new.write_text(text, encoding="utf-8")
        if load(path.parent, {}, new).config != meant:
            return False
        new.chmod(path.stat().st_mode)
        new.replace(path)
    except ConfigError:
        return False
    finally:
        new.unlink(missing_ok=True)
    return True
