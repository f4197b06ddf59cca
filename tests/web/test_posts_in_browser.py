"""Posts in a real browser: moved by keys and by drag, for everybody, in any width."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web import planned
from tests.web.chromium import NARROW, WIDE, faults, is_too_wide
from tests.web.conftest import NOW
from tests.web.planned import RAMP, become, introduce, kept, plan

WEEK = "/posts?of=2026-11-30"


@pytest.fixture
def site(site):
    return planned.with_zones(site)


@pytest.fixture
def post(harvested):
    introduce(harvested)
    return plan(harvested)


def slip(tab: Page, day: str) -> Locator:
    return tab.locator(f'.day[data-day="{day}"] .slip')


def said(tab: Page) -> Locator:
    return tab.locator("#said-of-moving")


def test_a_post_is_moved_by_keys(post, site, tab: Page):
    tab.goto(WEEK)
    grip = tab.get_by_role("button", name="Move the post of Monday, 09:30 on main")
    grip.focus()
    tab.keyboard.press("Enter")
    expect(said(tab)).to_contain_text("Picked up: Monday 30 November, 09:30")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp"):
        tab.keyboard.press(key)
    expect(said(tab)).to_have_text("Wednesday 2 December, 09:45")
    expect(tab.locator('.day.target[data-day="2026-12-02"]')).to_have_count(1)
    assert faults(tab) == []
    tab.keyboard.press("Enter")
    moved = slip(tab, "2026-12-02")
    expect(moved).to_contain_text("09:45")
    expect(moved.get_by_role("button")).to_be_focused()
    expect(said(tab)).to_contain_text("moved to Wed 2 December 2026, 09:45")
    assert kept(site, post.id).due == datetime(2026, 12, 2, 8, 45, tzinfo=UTC)
    tab.get_by_role("button", name="Undo").click()
    expect(slip(tab, "2026-11-30")).to_contain_text("09:30")


def test_escape_leaves_it_where_it_was(post, site, tab: Page):
    tab.goto(WEEK)
    tab.get_by_role("link", name=site.library.quote(post.key.quote).shown[:20]).focus()
    tab.keyboard.press("m")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Escape")
    expect(said(tab)).to_have_text("It stays where it was.")
    expect(tab.locator(".target, .held")).to_have_count(0)
    assert kept(site, post.id) == post


def test_in_a_month_keys_go_by_weeks_and_a_refusal_is_told(post, site, tab: Page, meant):
    meant.append(" 422 ")
    tab.goto("/posts?view=month&of=2026-11-30")
    grip = tab.get_by_role("button", name="Move the post of")
    grip.focus()
    for key in ("Enter", "ArrowUp", "Enter"):
        tab.keyboard.press(key)
    expect(tab.get_by_role("alert")).to_contain_text("that time has passed")
    assert kept(site, post.id) == post


def test_a_post_is_moved_by_drag(post, site, tab: Page):
    tab.goto(WEEK)
    slip(tab, "2026-11-30").drag_to(tab.locator('.day[data-day="2026-12-03"]'))
    expect(slip(tab, "2026-12-03")).to_contain_text("09:30")
    expect(tab.get_by_role("status").first).to_contain_text("moved to Thu 3 December 2026, 09:30")
    assert kept(site, post.id).due == datetime(2026, 12, 3, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_every_page_of_posts_is_for_everybody(post, site, tab: Page, size, scheme):
    become(site, plan(site, RAMP, at=1).id, "unconfirmed", reason="lost", first_at=NOW)
    become(site, plan(site, RAMP, at=2).id, "failed", reason="too large; lower `card.max_kb`")
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size(size)
    views = (WEEK, "/posts?view=month", "/posts?view=list", "/posts/history")
    for path in (*views, "/posts/unconfirmed", f"/posts/{post.id}"):
        tab.goto(path)
        assert (path, faults(tab)) == (path, [])
        assert not is_too_wide(tab), path


def test_without_scripts_a_form_moves_it(post, site, chromium, address):
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/posts?view=list")
    tab.locator("summary").click()
    tab.get_by_label("Time").fill("17:15")
    tab.get_by_role("button", name="Move", exact=True).click()
    expect(tab.locator(".strip")).to_contain_text("moved to Mon 30 November 2026, 17:15")
    tab.get_by_role("button", name="Take it out").click()
    tab.get_by_role("button", name="Undo").click()
    expect(tab.locator(".strip")).to_contain_text("back in the plan")
    assert kept(site, post.id).state == "planned"
    context.close()
