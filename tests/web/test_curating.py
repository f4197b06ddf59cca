"""Curating in a real browser: by keyboard alone, two at once, hearing, a line that breaks."""

import re
import wave

import pytest
from playwright.sync_api import Page, expect

from bot.cards import Overrides, theme_names
from bot.config import Project
from bot.settings import Config
from bot.web.site import Site
from tests.web.chromium import NARROW, WIDE, faults, is_too_wide
from tests.web.conftest import NOW
from tests.web.test_inbox import made

SHIPPED_THEMES = theme_names(None, Overrides())


def in_focus(tab: Page) -> str:
    """The id of the quote in focus."""
    return str(tab.locator("#stage").get_attribute("data-quote"))


def moved_on(tab: Page, before: str) -> None:
    expect(tab.locator("#stage")).not_to_have_attribute("data-quote", before)


def test_all_candidates_by_keyboard_alone(harvested, tab: Page):
    library, keys = harvested.library, tab.keyboard
    ranked = [one.id for one in library.quotes()]
    best_ends = " ".join(library.quotes(limit=1)[0].shown.split()[-3:]).rstrip(".")
    tab.goto("/")
    tab.evaluate("window.sameLoad = true")

    keys.press("j")
    expect(tab.locator("#stage")).to_have_attribute("data-quote", ranked[1])
    keys.press("k")
    expect(tab.locator("#stage")).to_have_attribute("data-quote", ranked[0])

    keys.press("t")
    keys.type("Kettles")
    keys.press("Enter")
    expect(tab.get_by_role("button", name="Take away the tag kettles")).to_be_visible()

    keys.press("e")
    field = tab.get_by_role("textbox", name="The words")
    expect(field).to_be_focused()
    keys.type(" And coal.")
    expect(tab.locator("#under mark")).to_have_text("And coal")
    expect(tab.get_by_role("button", name="Save the words")).to_be_disabled()
    keys.press("Control+Enter")
    for _ in " And coal.":
        keys.press("Backspace")
    keys.press("Backspace")
    keys.type("!")
    expect(tab.get_by_role("button", name="Save the words")).to_be_enabled()
    expect(tab.get_by_text("The talk says this.")).to_be_visible()
    keys.press("Control+Enter")
    expect(tab.locator("#stage blockquote")).to_contain_text(f"{best_ends}!")

    keys.press("r")
    moved_on(tab, ranked[0])
    expect(tab.locator("#strip")).to_contain_text("rejected")
    keys.press("u")
    expect(tab.locator("#stage")).to_have_attribute("data-quote", ranked[0])
    assert library.quote(ranked[0]).status == "candidate"

    for at in range(len(ranked)):
        here = in_focus(tab)
        if at % 4 == 3:
            keys.press("r")
        else:
            keys.press("a")
            expect(tab.get_by_role("button", name="Yes, approve")).to_be_focused()
            keys.press("y")
        if at < len(ranked) - 1:
            moved_on(tab, here)
    expect(tab.get_by_text(f"{len(ranked)} of {len(ranked)} decided")).to_be_visible()

    assert tab.evaluate("window.sameLoad")
    decided = [one.status for one in library.quotes()]
    assert (decided.count("rejected"), decided.count("candidate")) == (len(ranked) // 4, 0)
    first = library.quote(ranked[0])
    assert (first.shown[-1], first.tags) == ("!", ("kettles",))
    assert all(one.attribution.how == "given" for one in library.quotes(statuses=["approved"]))
    assert library.verify() == ()


def test_a_stale_edit_keeps_both_and_either_can_be_taken(harvested, tab: Page, meant):
    meant.append(" 409 ")
    library = harvested.library
    quote = library.quotes(limit=1)[0]
    tab.goto("/")
    tab.keyboard.press("e")
    tab.get_by_role("textbox", name="The words").fill(quote.shown.replace(".", "!"))
    library.tag([quote.id], "Ed", NOW, add=["theirs"])
    expect(tab.get_by_text("The talk says this.")).to_be_visible()
    tab.keyboard.press("Control+Enter")
    expect(tab.get_by_role("group", name="Somebody was here before you")).to_be_focused()
    expect(tab.get_by_text("Ed changed this quote")).to_be_visible()
    expect(tab.locator(".version").last).to_contain_text(quote.shown.replace(".", "!"))
    assert faults(tab) == []
    tab.get_by_role("button", name="Take yours").click()
    expect(tab.locator(".stage-words blockquote")).to_contain_text("!")
    after = library.quote(quote.id)
    assert (after.shown[-1], after.tags) == ("!", ("theirs",))


def test_what_did_not_arrive_is_sent_again(harvested, tab: Page, meant):
    meant += ["ERR_INTERNET_DISCONNECTED", "htmx:sendError"]
    quote = harvested.library.quotes(limit=1)[0]
    tab.goto("/")
    tab.wait_for_load_state("networkidle")
    tab.keyboard.press("n")
    tab.keyboard.type("for Friday")
    tab.context.set_offline(True)
    tab.keyboard.press("Control+Enter")
    again = tab.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    expect(tab.get_by_label("Note")).to_have_value("for Friday")
    tab.context.set_offline(False)
    again.click()
    expect(tab.locator("#strip")).to_contain_text("note written")
    assert harvested.library.quote(quote.id).note == "for Friday"


def test_a_question_can_be_left_open(harvested, tab: Page):
    tab.goto("/")
    tab.keyboard.press("a")
    expect(tab.get_by_role("button", name="Yes, approve")).to_be_focused()
    assert faults(tab) == []
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("button", name="Yes, approve")).to_be_hidden()
    tab.keyboard.press("y")
    assert {one.status for one in harvested.library.quotes()} == {"candidate"}


@pytest.fixture
def site(site: Site, tmp_path) -> Site:
    """The same in a project's folder, which holds the recording: eight minutes of silence."""
    (tmp_path / "config.yaml").write_text("")
    with wave.open(str(tmp_path / "talk.wav"), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(1)
        recording.setframerate(8000)
        recording.writeframes(b"\x80" * 8000 * 480)
    project = Project(Config(), tmp_path / "config.yaml")
    return Site(site.store, project, site.now, login="ada")


def test_p_plays_the_quote_and_five_seconds_on_either_side(harvested, tab: Page):
    talk = harvested.library.talks()[0].id
    harvested.library.change_talk(talk, {"media": "talk.wav"}, "ada", NOW)
    quote = harvested.library.quotes(limit=1)[0]
    tab.goto("/")
    tab.keyboard.press("p")
    sound = tab.locator("audio")
    expect(sound).to_have_js_property("readyState", 4)
    expect(sound).to_have_js_property("paused", False)
    start = sound.evaluate("one => one.currentTime")
    assert quote.start_ms / 1000 - 5 <= start < quote.start_ms / 1000
    sound.evaluate(f"one => {{ one.currentTime = {quote.end_ms / 1000 + 4.8} }}")
    expect(sound).to_have_js_property("paused", True)
    assert sound.evaluate("one => one.currentTime") == pytest.approx(quote.end_ms / 1000 + 5, abs=1)
    tab.keyboard.press("p")
    expect(sound).to_have_js_property("paused", False)
    tab.keyboard.press("p")
    expect(sound).to_have_js_property("paused", True)


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "dark")])
def test_its_pages_are_for_everybody(harvested, tab: Page, size, scheme):
    library = harvested.library
    first, second, *_ = library.quotes()
    library.decide([first.id], "approve", "ada", NOW, confirmed=True)
    library.tag([second.id], "ada", NOW, add=["kettles"])
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size(size)
    for path in ("/", f"/?quote={first.id}&done={first.id}", f"/?quote={second.id}&mode=edit",
                 f"/?quote={second.id}&mode=ask", f"/quotes/{first.id}"):  # fmt: skip
        tab.goto(path)
        expect(tab.get_by_role("img").first).to_be_visible()
        if "edit" in path:
            tab.get_by_role("textbox", name="The words").fill("You need a ladder, people say.")
            expect(tab.locator(".unsaid")).to_be_visible()
        assert (path, faults(tab)) == (path, [])
        assert not is_too_wide(tab), path


def test_on_a_phone_the_quote_stays_in_sight(harvested, tab: Page):
    tab.set_viewport_size(NARROW)
    tab.goto("/")
    for _ in range(2):
        expect(tab.locator("#rail [aria-current]")).to_have_count(1)
        expect(tab.locator("#stage blockquote")).to_be_in_viewport()
        before = in_focus(tab)
        tab.get_by_role("button", name="Reject").click()
        moved_on(tab, before)


def test_a_script_in_a_transcript_stays_text(harvested, tab: Page, complaints):
    bad = "<img src=x onerror=alert(1)> is what she said, and nobody minded it."
    first = harvested.library.quotes(limit=1)[0]
    made(harvested, first, said=bad, shown=bad, speaker=bad, tags=(bad,), note=bad)
    tab.on("dialog", lambda box: complaints.append(box.message))
    tab.goto(f"/?quote={first.id}")
    expect(tab.locator("#stage blockquote")).to_contain_text(bad)
    tab.keyboard.press("e")
    expect(tab.get_by_role("textbox", name="The words")).to_have_value(bad)
    tab.goto(f"/quotes/{first.id}")
    expect(tab.get_by_role("heading", level=1)).to_contain_text(bad)
    assert tab.locator("img[src=x]").count() == 0


def test_c_opens_every_card_and_one_is_chosen(harvested, tab: Page):
    tab.goto("/")
    tab.keyboard.press("c")
    expect(tab).to_have_url(re.compile("/quotes/"))
    expect(tab.locator("#preview img")).to_be_visible()
    tab.locator(".tiles.square").scroll_into_view_if_needed()
    expect(tab.locator(".tiles.square img")).to_have_count(len(SHIPPED_THEMES))
    tab.get_by_role("link", name="square in paper").click()
    expect(tab.locator(".preview-name")).to_have_text("Square in paper")
    expect(tab.get_by_role("link", name="Download PNG")).to_be_visible()
