"""Talks, transcripts, people and the speaker's page in a real browser."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from bot.web.links import make_link, revoke_link
from tests.web.chromium import NARROW, WIDE, faults, is_too_wide
from tests.web.conftest import NOW

HOSTILE = "<img src=x onerror=alert(1)>"
VTT = f"""WEBVTT

00:00.000 --> 00:06.000
<v Ada Quill>A lighthouse is a promise made to people you will never meet.

00:06.000 --> 00:12.000
<v Ada Quill>Every map leaves out almost everything, and that is the kindest thing about it.

00:12.000 --> 00:18.000
<v Bo Reed>If you cannot draw it on a napkin {HOSTILE.replace("<", "&lt;")}, it is no boat.
"""


@pytest.fixture
def talk(harvested):
    known = harvested.library.talks()[0]
    best = harvested.library.quotes(limit=4)
    harvested.library.decide([best[0].id], "approve", "ada", NOW, confirmed=True)
    harvested.library.decide([best[1].id], "reject", "ada", NOW)
    return harvested.library.change_talk(known.id, {"event": "Harbour Talks"}, "ada", NOW)


@pytest.fixture
def token(harvested, talk):
    with harvested.store.write() as connection:
        return make_link(connection, talk.id, "Marit Oyelaran", "pia", NOW, timedelta(days=7))


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_these_pages_are_for_everybody(talk, token, tab: Page, size, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size(size)
    person = "/people/of?name=Marit+Oyelaran"
    of_talk = f"/talks/{talk.id}"
    for path in (
        "/talks",
        of_talk,
        f"{of_talk}/transcript",
        "/people",
        person,
        f"/speaker/{token}",
    ):
        tab.goto(path)
        assert (path, faults(tab)) == (path, [])
        assert not is_too_wide(tab), path


def test_from_the_drop_zone_to_the_inbox(site, tab: Page):
    tab.goto("/talks")
    name = f"{HOSTILE}.vtt"
    files = [{"name": name, "mimeType": "text/vtt", "buffer": VTT.encode()}]
    tab.set_input_files("#drop-files", files)
    tab.wait_for_url(re.compile(r"/\?talk="), timeout=60_000, wait_until="commit")
    [talk] = site.library.talks()
    assert talk.title == HOSTILE
    tab.goto("/talks")
    expect(tab.get_by_role("link", name=HOSTILE, exact=True)).to_be_visible()
    tab.goto(f"/talks/{talk.id}/transcript")
    expect(tab.locator(".transcript")).to_contain_text("draw it on a napkin <img")


def test_files_with_a_fault_wait_to_be_looked_at(site, tab: Page):
    tab.goto("/talks")
    good = {"name": "light.vtt", "mimeType": "text/vtt", "buffer": VTT.encode()}
    bad = {"name": "face.vtt", "mimeType": "text/vtt", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(99)}
    tab.set_input_files("#drop-files", [bad, good])
    expect(tab.get_by_text("face.vtt: is a PNG picture")).to_be_visible()
    expect(tab.get_by_role("link", name="To its inbox")).to_be_visible()
    assert faults(tab) == []


def test_a_line_is_picked_by_keyboard(harvested, talk, tab: Page):
    before = {one.id for one in harvested.library.quotes()}
    tab.goto(f"/talks/{talk.id}/transcript")
    expect(tab.locator(".said").first).to_be_visible()
    tab.get_by_role("region", name="What was said").focus()
    for _ in range(4):
        tab.keyboard.press("j")
    expect(tab.get_by_role("button", name="Make it a quote")).to_be_visible()
    assert faults(tab) == []
    tab.keyboard.press("Enter")
    link = tab.get_by_role("link", name="It is a quote now")
    expect(link).to_be_visible()
    [added] = {one.id for one in harvested.library.quotes()} - before
    quote = harvested.library.quote(added)
    assert quote.start_ms == int(tab.locator(".said").nth(3).get_attribute("data-ms"))
    expect(tab.locator(f"mark[id^=in-{added}]")).to_contain_text(quote.said)


def test_words_that_are_selected_are_offered(talk, tab: Page):
    tab.goto(f"/talks/{talk.id}/transcript")
    tab.locator(".said").nth(2).click(click_count=3)
    expect(tab.get_by_role("button", name="Make it a quote")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("button", name="Make it a quote")).to_be_hidden()


def test_a_link_is_made_shown_once_and_used(harvested, talk, tab: Page, complaints):
    tab.goto(f"/talks/{talk.id}")
    tab.get_by_role("button", name="Make a link").click()
    address = tab.get_by_label("The link", exact=True).input_value()
    assert faults(tab) == []
    tab.goto(address)
    quote = tab.locator("article[data-status=candidate]").first
    name = quote.get_attribute("id").removeprefix("quote-")
    quote.get_by_role("button", name="Yes, that is me and I agree").click()
    expect(tab.locator(f"#quote-{name}")).to_contain_text("You agreed")
    assert harvested.library.history(name)[0].who == "Marit Oyelaran by link"
    image = tab.locator(f"#quote-{name} img")
    image.scroll_into_view_if_needed()
    tab.wait_for_function(
        "image => image.complete && image.naturalWidth > 400", arg=image.element_handle()
    )


@pytest.mark.parametrize("end", ["expired", "revoked", "unknown"])
def test_a_link_that_is_over_is_a_plain_page(harvested, talk, token, tab: Page, clock, meant, end):
    meant.append(" 404 ")
    if end == "expired":
        clock.wait(days=8)
    if end == "revoked":
        with harvested.store.write() as connection:
            revoke_link(connection, talk.id, 1, NOW)
    tab.goto(f"/speaker/{'B' * 43 if end == 'unknown' else token}")
    expect(tab.get_by_text("This link opens nothing")).to_be_visible()
    assert faults(tab) == []


def test_two_people_at_one_talk_see_both_versions(harvested, talk, tab: Page, complaints, meant):
    meant.append(" 409 ")
    tab.goto(f"/talks/{talk.id}")
    harvested.library.change_talk(talk.id, {"event": "Of Bo"}, "bo", NOW)
    tab.get_by_label("Event").fill("Of Ada")
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_text("Now in the library: Of Bo")).to_be_visible()
    assert faults(tab) == []
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_text("✓ Saved")).to_be_visible()
    assert harvested.library.talk(talk.id).event == "Of Ada"
    assert len(complaints) == 1
