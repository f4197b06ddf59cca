"""From a library and settings to complete posts, and what happens when a quote changes."""

from dataclasses import replace
from datetime import UTC, timedelta
from io import BytesIO

import pytest
from desks import ACCOUNTS, NOW, project
from PIL import Image
from spoken import candidates, transcript
from sqlalchemy import insert, update

from bot.cards import load_look, render
from bot.cards.reduce import reduced
from bot.errors import CardError, ConfigError, InputError, NeedsPerson, UsageError
from bot.model import Attribution, Details
from bot.networks import NETWORKS
from bot.posting.handoff import hand_over
from bot.posting.planning import PLANNED, account_of
from bot.posting.terms import all_terms, terms_of
from bot.publishing import queue
from bot.publishing.matching import comparable
from bot.publishing.rows import picture
from bot.store.publishing import posts, timeline


def test_a_planned_post_is_complete(desk) -> None:
    (name,) = desk.approve(0)
    desk.plan()
    (post,) = desk.listing("planned")
    quote = desk.library.quote(name)
    assert post.words.text == f"“{quote.shown}” – Ada Quill, Lights 0:00"
    assert post.words.counted == len(post.words.text)
    assert post.due == NOW.replace(hour=12)
    assert post.link == quote.url
    assert quote.url
    assert post.alts[0].startswith(f"Quote card: “{quote.shown[:10]}")
    assert post.look == {"template": "square", "theme": "midnight"}
    assert post.why.startswith("the only one that waits: score ")
    with desk.library.store.read() as connection:
        data = picture(connection, post.pictures[0]).data
    with Image.open(BytesIO(data)) as card:
        assert card.size == (1080, 1080)


def test_each_account_gets_the_quote_once_however_often_it_is_planned(desk) -> None:
    desk.approve(0, 1)
    assert [len(one.drafts) for one in desk.plan().accounts] == [2, 2]
    assert [len(one.drafts) for one in desk.plan().accounts] == [0, 0]
    assert len(desk.listing()) == len(desk.listing(network="linkedin")) == 2
    assert desk.listing(network="linkedin")[0].words.text.endswith("\n#lights")


def test_a_quote_that_changed_is_taken_out_and_comes_back_when_it_stands(desk) -> None:
    edited, rejected, retracted = desk.approve(0, 1, 2)
    desk.plan()
    longer = desk.library.quote(edited).shown + " My grandmother kept one for thirty years."
    desk.library.edit(edited, longer, "Pia", NOW)
    desk.library.decide([rejected], "reject", "Pia", NOW)
    desk.library.retract([retracted], "Pia", NOW)
    assert {one.key.quote: one.reason for one in desk.listing("cancelled")} == {
        edited: "the quote is candidate now",
        rejected: "the quote is rejected now",
        retracted: "the quote is retracted now",
    }
    desk.library.decide([edited, rejected], "approve", "Pia", NOW, confirmed=True)
    desk.plan()
    waiting = {one.key.quote: one.words.text for one in desk.listing("planned")}
    assert set(waiting) == {edited, rejected}
    assert longer in waiting[edited]


def test_words_changed_and_approved_again_between_two_plans_are_planned_anew(desk) -> None:
    (name,) = desk.approve(0)
    desk.plan()
    longer = desk.library.quote(name).shown + " My grandmother kept one for thirty years."
    desk.library.edit(name, longer, "Pia", NOW)
    desk.approve(0)
    (post,) = desk.listing("cancelled")
    assert post.reason == "the quote is candidate now"
    desk.plan()
    (post,) = desk.listing("planned")
    assert longer in post.words.text


@pytest.mark.parametrize(
    ("details", "reason"),
    [
        ({"permission": "refused"}, "permission was refused"),
        ({"embargo_until": "2026-12-24"}, "nothing goes out of before 2026-12-24"),
    ],
)
def test_what_a_talk_forbids_is_taken_out(desk, details: dict, reason: str) -> None:
    desk.approve(0)
    desk.plan()
    desk.library.change_talk(desk.quotes[0].talk, details, "Pia", NOW)
    outcome = desk.plan()
    assert all(reason in one.reason for one in outcome.cancelled)
    assert len(outcome.cancelled) == 2
    assert desk.listing("planned") == []


def test_a_cancelled_post_stays_out_until_it_is_pinned(desk) -> None:
    (name,) = desk.approve(0)
    desk.plan()
    desk.cancel(desk.listing("planned")[0].id)
    (left,) = desk.plan().accounts[0].left
    assert left.why.startswith("its post was cancelled")
    draft = desk.pin(name, hours=5)
    (post,) = desk.listing("planned")
    assert (post.due, post.pinned, post.key.occasion) == (draft.due, True, 1)


def test_a_pin_has_words_of_its_own_and_comes_back_when_its_quote_stands_again(desk) -> None:
    (name,) = desk.approve(0)
    desk.plan()
    desk.pin(name, hours=30, words="Today! “{quote}”")
    (post,) = desk.listing("planned")
    assert post.words.text.startswith("Today! “")
    desk.library.decide([name], "reject", "Pia", NOW)
    desk.plan()
    assert desk.listing("planned") == []
    desk.library.decide([name], "approve", "Pia", NOW)
    desk.plan()
    (again,) = desk.listing("planned")
    assert (again.due, again.words, again.pinned) == (post.due, post.words, True)


@pytest.mark.parametrize(
    ("words", "hours", "told"),
    [
        ("{qoute}", 1, "did you mean {quote}"),
        ("x" * 600 + " {quote}", 1, "too long"),
        (None, -1, "has passed"),
    ],
)
def test_a_pin_that_cannot_be_is_told(desk, words, hours: int, told: str) -> None:
    (name,) = desk.approve(0)
    with pytest.raises(InputError, match=told):
        desk.pin(name, hours=hours, words=words)
    assert desk.listing() == []


@pytest.mark.parametrize("state", ["sending", "unconfirmed"])
def test_a_quote_that_may_be_out_is_not_pinned_again(desk, state: str) -> None:
    (name,) = desk.approve(0)
    desk.plan()
    with desk.library.store.write() as connection:
        connection.execute(update(posts).values(state=state))
    with pytest.raises(NeedsPerson, match=f"is {state}: it may be out.*schedule settle"):
        desk.pin(name)
    assert len(desk.listing()) == 1


def test_a_quote_nobody_approved_cannot_be_pinned(desk) -> None:
    with pytest.raises(InputError, match="candidate, not approved"):
        desk.pin(desk.quotes[0].id)


def test_the_rule_approves_labelled_speakers_without_flags_alone(desk) -> None:
    text = transcript(source="more.txt", shift_ms=900_000)
    run = candidates(text, every=3, how="labelled")[:5]
    plain = replace(run[0], flags=(), score=90)
    harder = [
        plain,
        replace(run[1], flags=("proposed",), score=95),
        replace(run[2], flags=(), score=95, attribution=Attribution("inferred", 0.9)),
        replace(run[3], flags=(), score=95, role="audience"),
        replace(run[4], flags=(), score=60),
    ]
    talk = desk.library.keep(Details(title="More", url="https://a.org/2"), text, harder, NOW).talk
    desk.project = project(approve={"score": 80})
    (name,) = desk.plan().approved
    quote = desk.library.quote(name)
    assert (quote.shown, quote.talk, quote.status) == (plain.shown, talk.id, "approved")
    (decision,) = desk.library.history(name)
    assert (decision.who, decision.action) == ("rule: score ≥ 80", "approve")
    desk.library.undo(name, "Pia", NOW)
    assert desk.plan().approved == ()  # a person took it back: the rule does not insist


def test_accounts_that_nobody_signed_in_wait_and_the_others_go_on(desk, monkeypatch) -> None:
    monkeypatch.setitem(NETWORKS, "other", replace(NETWORKS["preview"], name="other"))
    desk.project = project({**ACCOUNTS, "out": {"network": "other", "slots": ["daily 12:00"]}})
    desk.approve(0)
    outcome = desk.plan().accounts
    assert [len(one.drafts) for one in outcome] == [1, 1, 0]
    assert "`pullquote network login out`" in outcome[2].waits


def test_posts_are_handed_over_once(desk, tmp_path) -> None:
    desk.approve(0, 1)
    desk.plan()
    terms = terms_of(desk.project, "li")

    def handed(to="csv", folder=tmp_path / "out"):
        with desk.library.store.write() as connection:
            of = account_of(connection, desk.project, terms, NOW)
            due = queue.listing(connection, states=PLANNED, account=(of.network, of.id))
            return hand_over(connection, [(terms, one) for one in due], to, folder, NOW)

    first = handed()
    assert [f"{one.at:%H:%M}" for one in first] == ["12:00", "12:00"]
    table = next((tmp_path / "out").glob("*.csv")).read_text("utf-8")
    assert table.startswith("account,network,text,images,alt,at,zone,at_utc,link,tags")
    assert "2026-11-02T11:00:00+00:00" in table
    assert "Quote card: " in table
    assert {*(tmp_path / "out").glob("*.png")} == {
        tmp_path / "out" / one.images[0] for one in first
    }
    assert handed() == ()
    desk.plan()
    assert handed() == ()
    sent = desk.listing("sent", network="linkedin")
    assert [one.remote_id for one in sent] == [one.mark for one in first]
    assert all(one.remote_id.startswith("handed:csv:") for one in sent)


def test_what_cannot_be_understood_is_told_with_its_line() -> None:
    for bad, told in [
        ({"slots": ["monday"]}, "'monday' is no time"),
        ({"zone": "Europe/Berln"}, "no zone 'Europe/Berln'"),
        ({"quiet": ["2026-13-01"]}, "no quiet day"),
        ({"wording": "{qoute}"}, "did you mean {quote}"),
        ({"network": "twiter", "handoff": False}, "no network 'twiter'"),
    ]:
        with pytest.raises(ConfigError, match=told):
            all_terms(project({"li": {**ACCOUNTS["li"], **bad}}))
    with pytest.raises(UsageError, match="no account 'main'"):
        terms_of(project(), "main")


def test_an_account_wins_over_the_settings_of_all() -> None:
    settings = {"schedule": {"zone": "Asia/Kolkata", "late_minutes": 45}, "post": {"link": "text"}}
    pre, li = all_terms(project(**settings))
    assert (str(pre.rota.zone), str(li.rota.zone)) == ("Asia/Kolkata", "Europe/Berlin")
    assert (pre.late_minutes, pre.style.link, li.style.tags) == (45, "text", ("lights",))


def test_a_queue_that_runs_dry_is_told(desk) -> None:
    desk.approve(0)
    assert desk.plan().accounts[0].dry_from == NOW.replace(hour=12) + timedelta(days=1)
    desk.approve(1, 2, 3, 4)
    assert desk.plan().accounts[0].dry_from is None


@pytest.mark.parametrize(
    ("limits", "mime", "smaller"),
    [
        ({}, "image/png", False),
        ({"mimes": ("image/jpeg",)}, "image/jpeg", False),
        ({"max_pixels": 500_000}, "image/jpeg", True),
        ({"max_bytes": 40_000}, "image/jpeg", True),
    ],
)
def test_a_card_is_made_to_fit(desk, limits: dict, mime: str, smaller: bool) -> None:
    quote = desk.quotes[0]
    (card,) = render(quote, desk.library.talk(quote.talk), load_look("square", "midnight"))
    usual = {"max_bytes": 900_000, "max_pixels": None, "mimes": ("image/png", "image/jpeg")}
    made = reduced(card, **{**usual, **limits})
    assert made.mime == mime
    assert len(made.data) <= limits.get("max_bytes", 900_000)
    assert (made.width < 1080) is smaller
    with Image.open(BytesIO(made.data)) as opened:
        assert opened.size == (made.width, made.height)
        assert opened.width * opened.height <= (limits.get("max_pixels") or 1080 * 1080)
    with pytest.raises(CardError):
        reduced(card, **{**usual, "max_bytes": 500})


def test_times_are_in_utc(desk) -> None:
    desk.approve(0)
    desk.plan()
    (post,) = desk.listing(network="linkedin")
    assert post.due == NOW.replace(hour=11)
    assert post.due.tzinfo == UTC


def test_what_somebody_posted_by_hand_is_never_planned(desk) -> None:
    first, second = desk.approve(0, 1)
    words = comparable("So true:", desk.library.quote(first).shown)
    with desk.library.store.write() as connection:
        account = account_of(connection, desk.project, all_terms(desk.project)[0], NOW)
        values = {"network": account.network, "account": account.id, "words": words}
        connection.execute(insert(timeline).values(**values, remote_id="9", at=NOW))
    desk.plan()
    assert [one.key.quote for one in desk.listing("planned")] == [second]
    assert [one.key.quote for one in desk.listing("sent")] == [first]
