"""The library page: found by the query language, many quotes changed at once, all or none."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.chromium import NARROW, WIDE, faults, is_too_wide
from tests.web.conftest import NOW, browser

HOSTILE = "<img src=x onerror=alert(1)>"


def ids(site, count=3):
    return [quote.id for quote in site.library.quotes(limit=count)]


def send(visitor, act, names, **more):
    fields = {"csrf": visitor.token(), "act": act, "ids": names, **more}
    return visitor.post("/library/many", data=fields)


def statuses(site, names):
    return {site.library.quote(name).status for name in names}


def test_what_is_looked_for_is_marked(harvested, visitor):
    best = harvested.library.quotes(limit=1)[0]
    word = max(re.findall(r"\w+", best.shown), key=len)
    answer = visitor.get("/library", params={"q": f'talk:{best.talk} "{word}"'})
    assert answer.status_code == 200
    assert f"<mark>{word}</mark>" in answer.text


@pytest.mark.parametrize("query", ["stat:approved", '"open', "date:2026-13", "-", "score:>x"])
def test_a_query_that_is_none_is_told_with_its_place(harvested, visitor, query):
    answer = visitor.get("/library", params={"q": query})
    assert (answer.status_code, "query, character" in answer.text) == (422, True)


def test_a_guessed_speaker_is_asked_about_before_any_is_approved(harvested, visitor):
    names = ids(harvested)
    asked = send(visitor, "approve", names)
    assert (asked.status_code, "Who speaks?" in asked.text) == (409, True)
    assert statuses(harvested, names) == {"candidate"}
    assert send(visitor, "approve", names, confirmed="true").status_code == 303
    assert statuses(harvested, names) == {"approved"}


def test_a_speaker_is_called_a_guess_until_somebody_approved(harvested, visitor):
    names = ids(harvested)
    before = visitor.get("/library").text.count("speaker is a guess")
    assert before >= len(names)
    send(visitor, "approve", names, confirmed="true")
    assert visitor.get("/library").text.count("speaker is a guess") == before - len(names)


def test_many_are_changed_and_taken_back(harvested, visitor):
    names = ids(harvested)
    assert "3+quotes+were+rejected" in send(visitor, "reject", names).headers["location"]
    send(visitor, "tag", names, tag="Spring, ramp")
    assert harvested.library.quote(names[0]).tags == ("spring", "ramp")
    send(visitor, "untag", names, tag="spring")
    for _ in range(3):
        send(visitor, "undo", names)
    assert statuses(harvested, names) == {"candidate"}
    assert harvested.library.quote(names[0]).tags == ()


@pytest.mark.parametrize("act", ["reject", "propose", "undo", "tag"])
def test_one_that_is_not_there_leaves_all_as_they_were(harvested, visitor, act):
    names = ids(harvested)
    if act == "undo":
        harvested.library.note(names, "kept", "me", NOW)
    before = [harvested.library.quote(name) for name in names]
    assert send(visitor, act, [*names, "zzzzzz"], tag="ramp").status_code == 404
    assert [harvested.library.quote(name) for name in names] == before


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("csv", "\ufeffid,status,text"), ("json", '[\n  {\n    "id": "'), ("markdown", "## ")],
)
def test_what_was_found_is_taken_along(harvested, visitor, form, beginning):
    one = harvested.library.quotes(limit=1)[0]
    harvested.library.tag([one.id], "me", NOW, add=["ramp"])
    answer = visitor.get("/library/export", params={"q": "tag:ramp", "as": form})
    assert answer.content.decode().startswith(beginning)
    assert answer.text.count(one.id) == 1
    assert "attachment" in answer.headers["content-disposition"]


def test_an_editor_proposes_and_cannot_approve(harvested, people):
    visitor = browser(people)
    visitor.sign_in("Ed")
    names = ids(harvested)
    assert send(visitor, "approve", names, confirmed="true").status_code == 403
    assert send(visitor, "propose", names).status_code == 303
    assert "proposed" in harvested.library.quote(names[0]).flags


@pytest.mark.parametrize("act", ["approve", "reject"])
def test_an_editor_takes_back_nothing_that_a_publisher_decided(harvested, people, act):
    visitor = browser(people)
    visitor.sign_in("Ed")
    names = ids(harvested)
    harvested.library.decide(names[:1], act, "Pia", NOW, confirmed=True)
    send(visitor, "tag", names[1:], tag="ramp")
    before = statuses(harvested, names)
    assert send(visitor, "undo", names).status_code == 403
    assert statuses(harvested, names) == before
    assert send(visitor, "undo", names[1:]).status_code == 303


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_it_is_for_everybody(harvested, tab: Page, size, scheme):
    harvested.library.tag(ids(harvested), "me", NOW, add=[HOSTILE])
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size(size)
    for query in ("", "?q=libraries", "?q=tag%3Anothing"):
        tab.goto(f"/library{query}")
        assert faults(tab) == []
        assert not is_too_wide(tab)


def test_many_are_chosen_by_keys(harvested, tab: Page):
    tab.goto("/library?q=status:candidate")
    tab.keyboard.press("j")
    tab.keyboard.press("x")
    tab.keyboard.press("j")
    tab.keyboard.press("x")
    expect(tab.get_by_text("2 chosen")).to_be_visible()
    tab.get_by_role("button", name="Reject").click()
    expect(tab.get_by_role("status")).to_have_text("2 quotes were rejected.")
    assert len(harvested.library.quotes(statuses=["rejected"])) == 2
