"""What a person may give a card that cannot be shown: one clear error, or drawn as it should."""

import threading
from dataclasses import replace

import pytest
from samples import LOOKS, QUOTES, TALK, quote

from bot import assets
from bot.cards import (
    Cache,
    Extras,
    Overrides,
    draw_into,
    load_look,
    render,
    render_talk,
)
from bot.errors import BotError, CardError, ConfigError, UsageError

FONT = (assets.SHIPPED / "fonts" / "Inter-Medium.ttf").read_bytes()
CAROUSEL = load_look("carousel", "paper", alone=True)


@pytest.mark.parametrize("look", [LOOKS["paper"], CAROUSEL], ids=["square", "carousel"])
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no words"),
        (" \n\t ", "no words"),
        ("🎉🎉🎉", "no words"),
        ("\u0301", "no words"),
        ("word " * 2000, "too long for any card: 2000 words"),
        ("x" * 80, "“xxxxxxxxxxxxxxxxxxxxxxxx…” (80 letters) is too wide"),
        ("word " * 550, "too long for the card"),
        ("a " * 1200, "too long for any card"),
        ("bell \x07 rings", "U+0007, a control character"),
        ("half \ud800 pair", "U+D800, half of a character"),
        ("own \ue000 sign", "U+E000, of private use"),
        ("no \uffff sign", "U+FFFF, no character"),
        ("Z" + "\u0301" * 10_000 + "algo", "10000 marks on one letter"),
        ("Z" + "\u0301\u0316\u0334" * 3333 + "algo", "9999 marks on one letter"),
    ],
)
def test_words_no_card_can_show_are_refused(text, reason, look):
    with pytest.raises(CardError) as error:
        render(quote(text), TALK, look)
    assert reason in str(error.value)
    assert error.value.remedy


@pytest.mark.parametrize("text", ["one \u0301 two", "\u0301one two", "Z" + "\u0301" * 10 + "a"])
def test_a_lone_mark_and_a_few_of_them_are_drawn(text):
    assert render(quote(text), TALK, LOOKS["paper"])


def test_piles_of_marks_leave_title_and_name_and_a_long_name_is_refused():
    titled = replace(TALK, title="Small" + "\u0301" * 5000 + " libraries")
    assert "Small libraries" in render(quote("Hi."), titled, LOOKS["paper"])[0].alt
    assert render(quote("Hi."), replace(TALK, title="مرحبا " * 5000), LOOKS["paper"])
    with pytest.raises(CardError, match="the name is too long"):
        render(replace(quote("Hi."), speaker="Ann " * 1000), TALK, LOOKS["paper"])


@pytest.mark.parametrize("title", ["", "🎉", "\u0301"])
def test_a_cover_needs_a_title(title):
    with pytest.raises(CardError, match="no title for the cover"):
        render_talk([quote("Hi.")], replace(TALK, title=title), CAROUSEL, [Extras()])


def test_a_letter_that_no_font_has_names_the_setting_of_fonts():
    with pytest.raises(
        CardError, match=r"no font has .* name one under card\.fonts in config\.yaml"
    ):
        render(quote("The tar boils at 84\ufffdC."), TALK, LOOKS["paper"])


@pytest.mark.parametrize("words", ["never", "oo", "*", ".", " "])
def test_only_whole_words_of_the_quote_are_stressed(words):
    with pytest.raises(CardError, match="to stress; write whole words"):
        render(quote("Ship the door."), TALK, LOOKS["paper"], Extras(emphasis=(words,)))


def test_stressed_words_need_no_spaces_where_a_script_has_none():
    with pytest.raises(CardError, match="no font has"):  # it was found, then not drawn
        render(quote("私は世界を見た。"), TALK, LOOKS["paper"], Extras(emphasis=("世界",)))


@pytest.mark.parametrize("theme", ["midnight", "poster"])
def test_a_quote_may_be_stressed_from_end_to_end_on_every_image(theme):
    words = "Ship it. " + "Then do it again and again, slowly. " * 15
    look = load_look("carousel", theme, alone=True)
    assert len(render(quote(words), TALK, look, Extras(emphasis=(words.strip(),)))) > 1


@pytest.mark.parametrize(
    ("end", "reason"), [("x" * 300, "too long for a QR code"), ("\udcff", "what no address has")]
)
def test_a_link_that_is_no_code_is_refused(end, reason):
    with pytest.raises(CardError, match=reason):
        render(quote("Hi."), TALK, LOOKS["paper"], Extras(link="https://a.example/" + end))


@pytest.mark.parametrize("data", [b"", b"no font " * 99, FONT[:40], FONT[:99_000], FONT[:-9]])
@pytest.mark.parametrize("kit", ["fonts", "brand"])
def test_a_file_that_is_no_whole_font_is_refused(tmp_path, data, kit):
    (tmp_path / "own.ttf").write_bytes(data)
    key = {"fonts": "quote", "brand": "quote_font"}[kit]
    said = Overrides(**{kit: {key: "own.ttf"}}, path=tmp_path / "c.yaml", lines={(kit, key): 7})
    with pytest.raises(ConfigError, match=r"line 7: the font own\.ttf .*cut short"):
        load_look("square", "brand" if kit == "brand" else "paper", overrides=said)


@pytest.mark.parametrize("name", ["folder", "~nobody-here/x.ttf", "x" * 300, "a\0b"])
def test_a_font_that_is_no_file_is_refused_with_those_there_are(tmp_path, name):
    (tmp_path / "folder").mkdir()
    said = Overrides(fonts={"quote": name}, path=tmp_path / "c.yaml")
    with pytest.raises(ConfigError, match=r"no font file .*Inter-Medium\.ttf"):
        load_look("square", "paper", overrides=said)


@pytest.mark.parametrize("name", ["../../mine", "../themes/mine", "/etc/passwd", ".", "x" * 300])
def test_a_name_with_parts_of_a_path_leads_nowhere(tmp_path, name):
    paper = assets.find("themes", "paper.yaml").read_text()
    (tmp_path / "mine.yaml").write_text(paper)
    (tmp_path / "assets" / "themes").mkdir(parents=True)
    (tmp_path / "assets" / "themes" / "mine.yaml").write_text(paper)
    for options in ((name, "paper"), ("square", name)):
        with pytest.raises(UsageError, match="there are"):
            load_look(*options, user_folder=tmp_path / "assets")


def test_a_brand_hardly_told_apart_is_refused_at_once(tmp_path):
    lines = {("brand", "text"): 9}
    said = Overrides(brand={"text": "#eeeeee"}, path=tmp_path / "c.yaml", lines=lines)
    with pytest.raises(ConfigError, match=r"line 9: “text” has a contrast of 1\.2:1"):
        load_look("square", "brand", overrides=said)


@pytest.mark.parametrize("left", [0, 1, 3000, -12, -1])
@pytest.mark.parametrize("theme", ["paper", "dusk"], ids=["PNG", "JPEG"])
@pytest.mark.parametrize("place", ["cache", "out"])
def test_a_card_cut_short_is_drawn_again(tmp_path, left, theme, place):
    cache = Cache(tmp_path / "cache", 10_000_000)
    of = quote(QUOTES[0]), TALK, LOOKS[theme]
    whole = draw_into(tmp_path / "first", *of, cache=cache)[0].path.read_bytes()
    cut = next(path for path in cache.folder.iterdir() if path.suffix in (".png", ".jpg"))
    if place == "out":
        (tmp_path / "out").mkdir()
        cut = cut.replace(tmp_path / "out" / cut.name)
    cut.write_bytes(whole[:left])
    again = draw_into(tmp_path / "out", *of, cache=cache)[0]
    assert (again.reused, again.path.read_bytes()) == (False, whole)


def test_an_alt_text_that_is_no_text_is_written_again(tmp_path):
    first = draw_into(tmp_path, quote("Hi."), TALK, LOOKS["paper"])[0]
    first.path.with_suffix(".txt").write_bytes(b"\xff\xfe\xff")
    again = draw_into(tmp_path, quote("Hi."), TALK, LOOKS["paper"])[0]
    assert (again.alt, first.path.with_suffix(".txt").read_text("utf-8")) == (
        first.alt,
        first.alt + "\n",
    )


def test_a_cache_that_takes_nothing_is_done_without(tmp_path):
    (tmp_path / "file").write_text("kept")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / ("x" * 300)):
        drawn = draw_into(
            tmp_path / "out",
            quote(f"Hi {len(str(folder))}."),
            TALK,
            LOOKS["paper"],
            cache=Cache(folder, 9),
        )
        assert drawn[0].path.is_file()
    assert (tmp_path / "file").read_text() == "kept"


def test_the_same_card_drawn_twice_at_once_is_one_whole_card(tmp_path):
    failed = []

    def draw():
        try:
            draw_into(tmp_path, quote(QUOTES[0]), TALK, LOOKS["paper"])
        except BotError as error:
            failed.append(error)

    threads = [threading.Thread(target=draw) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    card = render(quote(QUOTES[0]), TALK, LOOKS["paper"])[0]
    assert not failed
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".png", ".txt"]
    assert (tmp_path / card.name).read_bytes() == card.data
