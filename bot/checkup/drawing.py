"""What cards are drawn with: the look, letters that depend on their neighbours, other scripts."""

from collections.abc import Iterator

from bot.cards import installed, load_look, render
from bot.cards.shape import Run, shape
from bot.cards.typeface import Typeface
from bot.checkup.base import Check, Scene, tried
from bot.config import Project
from bot.errors import BotError
from bot.model import Candidate, Talk
from bot.outfit import look

SUBJECT = "cards"
_KERNED = "AV"
_ARABIC = "بيت"  # three letters, each of another form beside the others than alone
_EMOJI = "👍🏽"  # two characters, one picture


def checks(scene: Scene) -> Iterator[Check]:
    """Whether cards can be drawn in the look of the settings, and which scripts."""
    yield tried(SUBJECT, "look", lambda: _look(scene.project))
    known = installed.survey()
    has = {one.script for one in known if one.font}
    yield tried(SUBJECT, "shaping", lambda: _shaping(has))
    for one in known:
        name = one.script.lower()
        if one.font:
            yield Check(SUBJECT, name, True, one.font.name)
        else:
            remedy = f"Debian: apt-get install {one.package}"
            yield Check(SUBJECT, name, None, "no font for quotes in it", remedy)
    yield Check(SUBJECT, "video", None, "not needed: every card is a picture, reel too")


def _look(project: Project) -> str:
    """Open the look, and draw one card in it."""
    chosen = look(project, None, None)
    words = "Draw “this”, and see—it works."
    quote = Candidate(
        said=words, shown=words, edits=(), start_ms=1, end_ms=2, score=0.0, reasons=()
    )
    card = render(quote, Talk("doctor", "A test card", duration_ms=2), chosen)[0]
    return f"{chosen.theme.name}: a test card of {len(card.data) // 1000} kB drawn"


def _shaping(has: set[str]) -> str:
    """Set what comes out wrong without a shaper; ``BotError`` names what did."""
    face = load_look("square", "midnight").fonts.quote
    good = {"kerned": _is_kerned(face)}
    if "Arabic" in has:
        good["Arabic joined"] = _is_joined(shape(_ARABIC, face), face)
    if installed.EMOJI in has:
        good["emoji whole"] = len({one.cluster for one in shape(_EMOJI, face).glyphs}) == 1
    bad = [what for what, is_so in good.items() if not is_so]
    if bad:
        reason = f"letters are not {', not '.join(bad)}"
        raise BotError(reason, remedy="pip install --force-reinstall uharfbuzz")
    return ", ".join(good)


def _is_kerned(face: Typeface) -> bool:
    return shape(_KERNED, face).width < sum(shape(one, face).width for one in _KERNED)


def _is_joined(word: Run, face: Typeface) -> bool:
    alone = {shape(letter, face).glyphs[0].id for letter in _ARABIC}
    return not alone & {glyph.id for glyph in word.glyphs}
