"""``follow``: new episodes once, broken ones again later, two runs never at the same feed."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.cli import follow as command
from bot.library.followed import LEASE, MOST_TRIES, Feeds
from bot.store import open_store
from tests.libraries import place_of
from tests.serving import Answer, allow_loopback, serving

SAID = [
    "A knot is a promise that a rope makes to the next person who climbs.",
    "Never trust a rope that somebody else has dried for you.",
]
OTHER = [
    "What a climber fears is never the height, it is always the ground.",
    "Every mountain teaches patience to people who came for the view.",
]


def vtt(*said):
    cues = [f"00:{at:02}.000 --> 00:{at + 4:02}.000\n{one}" for at, one in enumerate(said or SAID)]
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def episode(name, *paths, more=""):
    links = "".join(f'<podcast:transcript url="{path}" type="text/vtt"/>' for path in paths)
    return f"<item><title>{name}</title><guid>{name}</guid>{links}{more}</item>"


def feed(*episodes):
    return f"<rss><channel><title>Rope</title>{''.join(episodes)}</channel></rss>"


@pytest.fixture
def web(project):
    allow_loopback(project)
    with serving() as served:
        served.put("/a.vtt", vtt())
        served.put("/b.vtt", vtt(*OTHER))
        yield served


def titles(run):
    return {one["talk"] for one in run("library", "list", "--json").array}


@contextmanager
def at(monkeypatch, **later):
    with monkeypatch.context() as patch:
        patch.setattr(command, "now", lambda: datetime.now(UTC) + timedelta(**later))
        yield


def test_new_episodes_are_harvested_once(run, web):
    url = web.put("/feed", feed(episode("One", "/a.vtt")))
    first = run("follow", url)
    assert first.code == 0
    assert "1 to harvest now" in first.err
    assert titles(run) == {"one"}
    web.asked.clear()
    again = run("follow", url)
    assert (again.code, web.asked) == (0, ["/feed"])
    web.put("/feed", feed(episode("Two", "/b.vtt"), episode("One", "/a.vtt")))
    assert run("follow", url).code == 0
    assert titles(run) == {"one", "two"}
    assert web.asked.count("/a.vtt") == 0


def test_a_broken_episode_does_not_stop_the_rest_and_is_tried_again_later(run, web, monkeypatch):
    url = web.put("/feed", feed(episode("Broken", "/none.vtt"), episode("One", "/a.vtt")))
    first = run("follow", url)
    assert first.code == 3
    assert "left out: “Broken”" in first.err
    assert "/none.vtt: answers 404" in first.err
    assert titles(run) == {"one"}
    web.put("/none.vtt", vtt(*OTHER))
    assert "0 to harvest now" in run("follow", url).err
    with at(monkeypatch, hours=1):
        assert run("follow", url).code == 0
    assert titles(run) == {"one", "broken"}


def test_what_fails_again_and_again_is_given_up_until_asked_for(run, web, monkeypatch):
    url = web.put("/feed", feed(episode("Broken", "/none.vtt")))
    for days in range(MOST_TRIES):
        with at(monkeypatch, days=10 * days):
            assert run("follow", url).code == 3
    with at(monkeypatch, days=1000):
        given_up = run("follow", url)
        assert (given_up.code, "1 given up" in given_up.err) == (0, True)
    web.put("/none.vtt", vtt())
    assert run("follow", url, "--retry").code == 0
    assert titles(run) == {"broken"}


def test_the_next_transcript_is_taken_when_the_first_lies(run, web):
    web.put("/lie.vtt", "<html>please sign in</html>")
    url = web.put("/feed", feed(episode("One", "/gone.vtt", "/lie.vtt", "/a.vtt")))
    assert run("follow", url).code == 0
    assert titles(run) == {"one"}


def test_when_all_fail_the_best_one_says_why(run, web):
    web.put("/lie.vtt", "nothing here")
    url = web.put("/feed", feed(episode("One", "/lie.vtt", "/gone.vtt")))
    assert "/lie.vtt: is not a transcript (and 1 more of the episode)" in run("follow", url).err


def test_a_run_goes_on_where_the_last_ended(run, web):
    url = web.put("/feed", feed(episode("One", "/a.vtt"), episode("Two", "/b.vtt")))
    assert "1 left for the next run" in run("follow", url, "--at-once", "1").err
    assert titles(run) == {"one"}
    assert run("follow", url, "--at-once", "1").code == 0
    assert titles(run) == {"one", "two"}


def test_an_unchanged_feed_is_not_read_again(run, web):
    url = web.url + "/feed"
    body = feed(episode("One", "/a.vtt")).encode()
    marks = {"ETag": '"7"'}
    web.pages["/feed"] = lambda headers: (
        Answer(status=304) if headers.get("If-None-Match") == '"7"' else Answer(body, headers=marks)
    )
    assert run("follow", url).code == 0
    assert run("follow", url).err == f"{url}: nothing new\n"
    assert run("follow", url, "--quiet").err == ""


def test_marks_are_not_kept_while_something_waits(run, web, monkeypatch):
    seen = []
    body = feed(episode("Broken", "/none.vtt")).encode()
    web.pages["/feed"] = lambda headers: (
        seen.append(headers.get("If-None-Match")) or Answer(body, headers={"ETag": '"7"'})
    )
    for hours in (0, 1):
        with at(monkeypatch, hours=hours):
            run("follow", web.url + "/feed")
    assert seen == [None, None]


def test_two_runs_are_never_at_one_feed(run, web, project, monkeypatch):
    url = web.put("/feed", feed(episode("One", "/a.vtt")))
    with open_store(place_of(project)) as store:
        assert Feeds(store).begin(url, datetime.now(UTC))
    busy = run("follow", url)
    assert (busy.code, web.asked) == (0, [])
    assert "another run is at it" in busy.err
    with at(monkeypatch, minutes=LEASE.seconds / 60 + 1):
        assert run("follow", url).code == 0
    assert titles(run) == {"one"}


def test_a_feed_that_fails_does_not_stop_the_others(run, web, project):
    good = web.put("/feed", feed(episode("One", "/a.vtt")))
    ran = run("follow", web.url + "/none", web.put("/page", "<p>hello"), good)
    assert ran.code == 5
    assert ran.err.count("error: ") == 2
    assert titles(run) == {"one"}


def test_the_feeds_of_the_settings_are_followed(run, web, project):
    url = web.put("/feed", feed(episode("One", "/a.vtt")))
    path = project / "config.yaml"
    path.write_text(path.read_text("utf-8").replace("feeds: []", f"feeds: ['{url}']"), "utf-8")
    assert run("follow").code == 0
    assert titles(run) == {"one"}


def test_a_feed_of_the_settings_has_its_own_speaker_and_timeline(run, web, project):
    url = web.put("/feed", feed(episode("One", "/a.vtt")))
    config = project / "config.yaml"
    lines = f"feeds:\n    - url: {url}\n      timeline: shifted\n      speaker: Ada Quill\n"
    text = config.read_text("utf-8").replace("private_addresses: false", "private_addresses: true")
    config.write_text(re.sub(r"feeds: \[\].*\n", lines, text), "utf-8")
    (quote, *_) = run("follow", "--json").array
    assert (quote["speaker"], quote["approximate"]) == ("Ada Quill", True)
    config.write_text(config.read_text("utf-8").replace("shifted", "shfted"), "utf-8")
    assert run("follow").code == 4


def test_without_feeds_the_remedy_is_told(run, project):
    assert run("follow").error.startswith("error: there is no feed to follow; give its address")


def test_a_dry_run_keeps_and_remembers_nothing(run, web):
    url = web.put("/feed", feed(episode("One", "/a.vtt")))
    assert "“" in run("follow", url, "--dry-run").out
    assert "1 to harvest now" in run("follow", url).err
    url = web.put("/more", feed(episode("Two", "/b.vtt")))
    assert "“" in run("follow", url, "--dry-run").out  # also beside what was kept before
    assert titles(run) == {"one"}


def test_json_is_an_array_of_quotes(run, web):
    url = web.put("/feed", feed(episode("One", "/a.vtt"), episode("Two", "/b.vtt")))
    quotes = run("follow", url, "--json", "-n", "1").array
    assert [one["talk"] for one in quotes] == ["one", "two"]


def test_the_guest_is_who_speaks_as_far_as_one_knows(run, web):
    guest = '<podcast:person role="guest">Ada Quill</podcast:person>'
    url = web.put("/feed", feed(episode("One", "/a.vtt", more=guest)))
    quote = run("follow", url, "--json", "-n", "1").array[0]
    assert (quote["speaker"], quote["attribution"]["how"]) == ("Ada Quill", "inferred")


def test_addresses_inside_are_refused_unless_allowed(run, project):
    with serving() as web:
        url = web.put("/feed", feed(episode("One", "/a.vtt")))
        refused = run("follow", url)
        assert (refused.code, web.asked) == (5, [])
        assert "follow.private_addresses: true" in refused.err
