"""Many cards at once, and what each carries."""

from pathlib import Path

from PIL import Image

from bot import drawing
from bot.cards import Extras, load_look
from bot.drawing import Dress, Job, draw
from bot.errors import CardError
from bot.model import Candidate, Person, Quote, Talk

TALK = Talk("t", "A talk of many cards", duration_ms=600_000)


def quote(at: int, text: str = "") -> Candidate:
    shown = text or f"Card number {at} is drawn like all the others."
    return Candidate(
        said=shown, shown=shown, edits=(), start_ms=at * 1000, end_ms=at * 1000 + 900, score=1.0,
        reasons=(), speaker="Ann Lee",
    )  # fmt: skip


def test_many_processes_draw_what_one_does_in_the_same_order(tmp_path: Path, monkeypatch) -> None:
    look = load_look("square", "midnight", alone=True)
    jobs = [Job(quote(at), TALK) for at in range(26)] + [Job(quote(40, "…"), TALK)]
    many = list(draw(jobs, look, tmp_path / "many"))
    monkeypatch.setattr(drawing, "_BATCH", 1000)
    one = list(draw(jobs, look, tmp_path / "one"))
    assert [quote for quote, _ in many] == [job.quote for job in jobs]
    assert isinstance(many[-1][1], CardError)
    assert isinstance(one[-1][1], CardError)
    for (_, ours), (_, theirs) in zip(many[:-1], one[:-1], strict=True):
        assert ours[0].path.read_bytes() == theirs[0].path.read_bytes()
        assert ours[0].alt == theirs[0].alt


def test_a_card_carries_what_is_known_of_its_speaker(tmp_path: Path) -> None:
    Image.new("RGB", (80, 100), "#808080").save(tmp_path / "ann.png")
    person = Person("Ann Lee", role="Baker", photo="ann.png")
    carried = Dress(handle="@bread", folder=tmp_path).of(quote(1), person)
    assert (carried.role, carried.handle, carried.link) == ("Baker", "@bread", "")
    assert carried.photo
    assert Dress(photos=False, folder=tmp_path).of(quote(1), person).photo is None
    assert Dress(folder=tmp_path).of(quote(1), None) == Extras()


def test_a_photo_that_is_an_address_is_not_fetched(tmp_path: Path) -> None:
    person = Person("Ann Lee", photo="https://example.com/ann.png")
    assert Dress(folder=tmp_path).of(quote(1), person).photo is None


def test_a_code_leads_to_where_the_quote_is_heard() -> None:
    link = "https://example.com/talk#t=7"
    one = Quote(
        said="So.", shown="So.", edits=(), start_ms=7000, end_ms=8000, score=1.0, reasons=(),
        id="kx3m9", talk="t", transcript=1, url=link,
    )  # fmt: skip
    assert Dress(code=True).of(one, None).link == link
    assert Dress().of(one, None).link == ""
