"""Cards kept: copied instead of drawn again, and never more of them than allowed."""

import os

import pytest
from PIL import Image
from samples import LOOKS, QUOTES, TALK, quote

from bot.cards import Cache, draw_into
from bot.errors import InputError


def test_a_card_of_the_cache_is_copied(tmp_path, monkeypatch):
    cache = Cache(tmp_path / "cache", 10_000_000)
    first = draw_into(tmp_path / "a", quote("Ship it."), TALK, LOOKS["paper"], cache=cache)
    monkeypatch.setattr("bot.cards.paint", lambda *_, **__: pytest.fail("drawn again"))
    again = draw_into(tmp_path / "b", quote("Ship it."), TALK, LOOKS["paper"], cache=cache)
    assert again[0].path.read_bytes() == first[0].path.read_bytes()
    assert again[0].alt == first[0].alt
    assert again[0].path.with_suffix(".txt").is_file()


def test_the_cache_stays_below_its_cap_and_keeps_what_was_asked_for_last(tmp_path):
    cache = Cache(tmp_path / "cache", 150_000)
    drawn = [
        draw_into(tmp_path / "out", quote(text), TALK, LOOKS["midnight"], cache=cache)[0].path.name
        for text in QUOTES[:4]
    ]
    for age, name in enumerate(reversed(drawn)):
        for path in (cache.folder / name, (cache.folder / name).with_suffix(".txt")):
            os.utime(path, (1000 - age, 1000 - age))
    cache.trim()
    left = {path.name for path in cache.folder.glob("*.png")}
    assert sum(path.stat().st_size for path in cache.folder.iterdir()) <= 150_000
    assert drawn[-1] in left
    assert drawn[0] not in left


def test_a_cache_that_cannot_be_written_does_not_stop_a_card(tmp_path):
    (tmp_path / "cache").write_text("a file")
    cache = Cache(tmp_path / "cache", 1_000_000)
    drawn = draw_into(tmp_path / "out", quote("Ship it."), TALK, LOOKS["paper"], cache=cache)
    assert drawn[0].path.is_file()


def test_a_thumbnail_is_made_once(tmp_path):
    cache = Cache(tmp_path / "cache", 1_000_000)
    card = draw_into(tmp_path / "out", quote("Ship it."), TALK, LOOKS["paper"])[0].path
    small = cache.thumbnail(card, 240)
    with Image.open(small) as image:
        assert image.size == (240, 240)
    before = small.stat().st_ino
    assert cache.thumbnail(card, 240).stat().st_ino == before
    (tmp_path / "x.png").write_bytes(b"no picture")
    with pytest.raises(InputError, match="no card"):
        cache.thumbnail(tmp_path / "x.png", 240)
