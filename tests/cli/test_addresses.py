"""``harvest`` with an address: a transcript on the web, a video's page with subtitles."""

import builtins

import pytest

from tests.cli.test_follow import SAID, vtt
from tests.serving import allow_loopback, serving

PAGE = (
    "<html><head><title>Knots on film</title></head><body><video src='/v.mp4'>"
    "<track kind='subtitles' srclang='{}' src='/a.vtt'></video></body></html>"
)


@pytest.fixture
def web(project):
    allow_loopback(project)
    with serving() as served:
        served.put("/a.vtt", vtt())
        yield served


def test_a_transcript_on_the_web(run, web):
    ran = run("harvest", web.url + "/a.vtt", "--title", "Knots", "--json")
    assert ran.code == 0
    assert ran.array[0]["said"] in " ".join(SAID)
    assert run("library", "verify").code == 0


def test_the_subtitles_of_a_video_page_with_its_details(run, web):
    url = web.put("/film", PAGE.format("en"))
    quote = run("harvest", url, "--json").array[0]
    assert quote["talk"].startswith("knots-on-film")
    assert quote["language"] == "en"
    assert quote["url"].startswith(f"{url}#t=")


def test_a_page_without_subtitles_is_told_what_to_do_by_hand(run, web):
    url = web.put("/film", "<html><video src='/v.mp4'></video></html>")
    ran = run("harvest", url)
    assert ran.code == 3
    assert "has no subtitles; download the captions by hand" in ran.error
    assert f"pullquote harvest FILE --url {url}" in ran.error


def test_a_site_that_refuses_is_told_with_its_reason(run, web):
    ran = run("harvest", web.url + "/none")
    assert ran.code == 5
    assert "the site refused" in ran.error
    assert "404" in ran.error
    assert "by hand" in ran.error


def test_without_the_extra_its_name_is_told(run, web, monkeypatch):
    real = builtins.__import__

    def missing(name, *rest):
        if name.startswith("yt_dlp"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    ran = run("harvest", web.put("/film", PAGE.format("en")))
    assert ran.code == 3
    assert "pip install 'pullquote[youtube]'" in ran.error


def test_addresses_inside_are_refused_unless_allowed(run, project):
    with serving() as web:
        for path in ("/a.vtt", "/film"):
            assert run("harvest", web.url + path).code == 5
        assert web.asked == []
