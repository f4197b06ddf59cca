"""An account goes into config.yaml and everything else in it stays as it was."""

from pathlib import Path

import pytest

from bot.assets import default_config
from bot.cli.network_settings import add_account
from bot.settings import AccountSettings

ANN = "main:\n    network: mastodon\n    server: a.ex\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("speaker: Ann  # hers\n", f"speaker: Ann  # hers\n\naccounts:\n  {ANN}"),
        ("", f"accounts:\n  {ANN}"),
        ("accounts: {}\n", f"accounts:\n  {ANN}"),
        ("accounts: {}  # where\nspeaker: A\n", f"accounts:  # where\n  {ANN}speaker: A\n"),
        (
            "accounts:\n  # ours\n  x1: {network: x}  # costs\n\npost:\n  tags: [a]\n",
            f"accounts:\n  {ANN}  # ours\n  x1: {{network: x}}  # costs\n\npost:\n  tags: [a]\n",
        ),
        (
            "accounts:\n    x1:\n        network: x\n",
            "accounts:\n    main:\n      network: mastodon\n      server: a.ex\n"
            "    x1:\n        network: x\n",
        ),
    ],
)
def test_it_is_added(before: str, after: str, own_folder: Path) -> None:
    path = own_folder / "config.yaml"
    path.write_text(before, "utf-8")
    assert add_account(path, "main", "mastodon", "a.ex")
    assert path.read_text("utf-8") == after
    assert list(own_folder.iterdir()) == [path]


def test_it_is_added_to_the_shipped_settings(own_folder: Path) -> None:
    path = own_folder / "config.yaml"
    path.write_text(default_config(), "utf-8")
    assert add_account(path, "main", "x", None)
    more = set(path.read_text("utf-8").splitlines()) - set(default_config().splitlines())
    assert {line.split("#")[0].strip() for line in more} == {"accounts:", "main:", "network: x"}


@pytest.mark.parametrize(
    "before", ["accounts: {x1: {network: x}}\n", "accounts:\n  main: {network: x}\n"]
)
def test_where_it_cannot_be_added_the_file_stays(before: str, own_folder: Path) -> None:
    path = own_folder / "config.yaml"
    path.write_text(before, "utf-8")
    assert not add_account(path, "main", "mastodon", None)
    assert path.read_text("utf-8") == before
    assert list(own_folder.iterdir()) == [path]


@pytest.mark.parametrize("key", AccountSettings.__struct_fields__)
def test_every_key_of_an_account_is_in_the_docs(key: str) -> None:
    docs = Path(__file__).parent.parent.parent / "docs/networks.md"
    assert f"\n| `{key}` | " in docs.read_text("utf-8")
