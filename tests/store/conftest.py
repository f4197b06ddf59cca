"""What the tests of the store need of the machine."""

import re
from pathlib import Path

_SYS_ADMIN = (
    21  # the capability to mount: https://man7.org/linux/man-pages/man7/capabilities.7.html
)


def _may_mount() -> bool:
    status = Path("/proc/self/status")
    found = status.exists() and re.search(r"CapEff:\s*(\w+)", status.read_text("ascii", "replace"))
    return bool(found and int(found[1], 16) >> _SYS_ADMIN & 1)


# Elsewhere SQLite's own page limit stands in for a full disk, in test_failures.py.
collect_ignore = [] if _may_mount() else ["test_small_disk.py", "test_full_disk_commands.py"]
