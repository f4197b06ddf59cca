"""The page in a real browser: first run, deciding, keys, signing in; for everybody, any width."""

import re

import pytest
from playwright.sync_api import Page, expect

from bot.web.users import User, add_user
from tests.web.chromium import NARROW, WIDE, faults, is_too_wide
from tests.web.conftest import KEPT, NOW, PASSWORD

HOSTILE = "<img src=x onerror=alert(1)>"


def test_what_is_wrong_in_a_browser_is_seen(harvested, tab: Page, complaints, meant):
    meant += ["broken", "http://127.0.0.1:9/"]
    tab.goto("/people")
    assert (complaints, faults(tab), is_too_wide(tab)) == ([], [], False)
    tab.evaluate("setTimeout(() => { throw new Error('broken') })")
    tab.evaluate("fetch('http://127.0.0.1:9/').catch(() => 0)")
    tab.evaluate("document.body.innerHTML = '<img src=\"/static/icon.svg\" width=3000>'")
    assert "image-alt" in str(faults(tab))
    assert is_too_wide(tab)
    assert {"broken" in str(complaints), "127.0.0.1:9" in str(complaints)} == {True}


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_every_page_is_for_everybody(harvested, tab: Page, complaints, meant, size, scheme):
    meant.append(" 404 ")
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size(size)
    for path in ("/", "/welcome", "/talks", "/people", "/nothing"):
        tab.goto(path)
        assert (path, faults(tab)) == (path, [])
        assert not is_too_wide(tab), path
    [of_nothing] = complaints
    assert "404" in of_nothing


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_is_for_everybody(people, tab: Page, meant, scheme):
    meant.append(" 401 ")
    tab.emulate_media(color_scheme=scheme)
    tab.goto("/")
    assert faults(tab) == []
    sign_in(tab, "Pia", "not her word")
    expect(tab.get_by_role("alert")).to_have_text("Name and password do not go together.")
    assert faults(tab) == []


def sign_in(tab: Page, name: str, password: str = PASSWORD) -> None:
    tab.get_by_label("Name").fill(name)
    tab.get_by_label("Password").fill(password)
    tab.keyboard.press("Enter")


def test_from_nothing_to_the_inbox(site, tab: Page):
    tab.goto("/")
    tab.get_by_role("button", name="Try the sample talk").click()
    expect(tab.get_by_role("heading", name="Inbox")).to_be_visible()
    waiting = len(site.library.queue())
    assert waiting > 30
    expect(tab.get_by_text(f"0 of {waiting} decided")).to_be_visible()
    assert tab.get_by_role("article").count() == 1


def test_a_refusal_is_told_inside_the_page(harvested, tab: Page, meant):
    meant.append(" 403 ")
    tab.goto("/")
    card = tab.get_by_role("article").first
    tab.evaluate("document.body.setAttribute('hx-headers', '{}')")
    form = card.locator(".deciding")
    form.locator("[name=csrf]").evaluate("field => field.value = 'old'")
    card.get_by_role("button", name="Reject").click()
    expect(tab.get_by_role("alert")).to_contain_text("This page is too old")
    expect(form.locator("[name=csrf]")).to_have_count(1)
    tab.get_by_role("button", name="Dismiss").click()
    expect(tab.get_by_role("alert")).to_have_count(0)


def test_a_server_that_is_gone_is_told(harvested, tab: Page, meant):
    meant += ["ERR_INTERNET_DISCONNECTED", "htmx:sendError"]
    tab.goto("/")
    tab.context.set_offline(True)
    tab.get_by_role("button", name="Reject").first.click()
    expect(tab.get_by_role("alert")).to_contain_text("does not answer")


def test_a_question_mark_lists_the_keys(harvested, tab: Page):
    tab.goto("/")
    tab.keyboard.press("?")
    keys = tab.get_by_role("dialog", name="On the keyboard")
    expect(keys).to_be_visible()
    assert faults(tab) == []
    tab.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_the_keyboard_reaches_the_content_first(harvested, tab: Page):
    tab.goto("/")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="Skip to the content")).to_be_focused()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("article").first.get_by_role("button").first).to_be_focused()


def test_in_and_out_again(people, tab: Page, complaints, meant):
    meant.append(" 401 ")
    tab.goto("/talks")
    sign_in(tab, "Pia", "not her word")
    expect(tab.get_by_role("alert")).to_be_visible()
    sign_in(tab, "pia")
    expect(tab.get_by_role("heading", name="Talks")).to_be_visible()
    tab.get_by_role("button", name="Sign out").click()
    expect(tab).to_have_url(re.compile("/signin$"))
    tab.go_back()
    tab.reload()
    expect(tab.get_by_role("heading", name="Sign in")).to_be_visible()
    assert len(complaints) == 1


def test_a_script_in_a_name_stays_text(people, tab: Page, complaints):
    with people.store.write() as connection:
        add_user(connection, User(HOSTILE, "editor", NOW), KEPT)
    tab.on("dialog", lambda box: complaints.append(box.message))
    tab.goto("/people")
    sign_in(tab, HOSTILE)
    expect(tab.get_by_role("listitem").filter(has_text=HOSTILE)).to_have_count(1)
    expect(tab.locator(".who")).to_have_text(HOSTILE)
    assert tab.locator("img").count() == 0


def test_pages_work_without_scripts(harvested, chromium, address):
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/")
    words = tab.get_by_role("article").first.locator("blockquote").inner_text()
    tab.get_by_role("button", name="Reject").first.click()
    expect(tab.get_by_role("heading", name="Inbox")).to_be_visible()
    assert tab.get_by_role("article").first.locator("blockquote").inner_text() != words
    context.close()
