"""Other languages and scripts: their marks, what may begin a line, which way a line runs.

They need fonts of the machine; without them a test is skipped and names the Debian package.
"""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from measures import ink_of
from samples import TALK, quote

from bot.cards import TEMPLATES, installed, load_look
from bot.cards.alt import write
from bot.cards.breaking import NOT_FIRST, NOT_LAST
from bot.cards.shape import shape

LETTERS = {"ja": "あ", "zh": "漢", "ko": "한", "he": "א", "ar": "ع", "hi": "क", "th": "ก"}
HEBREW = "הקוד של Maya נכתב בשנת 2024 תוך 3 ימים, ואיש לא העז למחוק אותו."
TEXTS = {
    "de": 'Sie sagte "nein" - und ging.',
    "fr": 'Elle a dit "non" : rien ne presse, vraiment !',
    "ru": 'Она сказала "нет" - и ушла домой.',
    "es": 'Dijo "no" y se fue... ¿por qué?',
    "he": HEBREW,
    "ar": "كتبنا البرنامج كله في ثلاثة أيام، ثم أمضينا ثلاث سنوات نشرح لماذا يعمل.",
    "ja": "締め切りを延ばして良くなった計画は見たことがない。「誰が決めるのか」、"
    "それだけを最初に決めれば、あとの会議は半分で済む。",
    "zh": "没有人会记得会议纪要，但是所有人都记得谁在凌晨三点接了电话，谁把手机关了静音。",
    "ko": "아무도 읽지 않는 문서는 없는 문서보다 위험하다, 있다고 믿게 만들기 때문이다.",
    "hi": "जिस कोड को कोई नहीं पढ़ता, उसे एक दिन सबको पढ़ना पड़ता है, और वह दिन हमेशा शुक्रवार होता है।",
    "th": "เอกสารที่ไม่มีใครอ่านอันตรายกว่าไม่มีเอกสาร เพราะทุกคนเชื่อว่ามีคนอ่านแล้ว",
}


@cache
def fonts(theme):
    return load_look("square", theme).fonts


def needs(language):
    """Skip where the machine has no font for a language."""
    letter = LETTERS.get(language)
    if letter and installed.font_of(letter, serif=True, bold=False, language=language) is None:
        pytest.skip(f"no font for {letter}: apt-get install {installed.package_of(letter)}")


def drawn(language, template="square", theme="midnight", text=""):
    """The words, and per row of the quote its pieces."""
    needs(language)
    one = quote(text or TEXTS[language])
    words = write(one, replace(TALK, language=language))
    layouts = TEMPLATES[template].pages(words, fonts(theme))
    rows: dict[tuple[int, float], list] = {}
    for page, layout in enumerate(layouts):
        area = next(area for area in layout.areas if area.name == "quote")
        for line in layout.lines:
            if line.ink in ("quote", "accent"):
                rows.setdefault((page, line.baseline), []).append((line, area))
    return words, list(rows.values())


def joined(rows):
    return " ".join(pieces[0][0].run.text for pieces in rows)


_ = "\u00a0"


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("de", "", f"„Sie sagte ‚nein‘{_}– und ging.“"),
        ("fr", "", f"«{_}Elle a dit “non”{_}: rien ne presse, vraiment{_}!{_}»"),
        ("ru", "", f"«Она сказала „нет“{_}— и ушла домой.»"),
        ("es", "", "«Dijo “no” y se fue… ¿por qué?»"),
        ("ja", "「はい」と言う前に数える。", "「『はい』と言う前に数える。」"),
        ("he", 'היא אמרה "לא" ועזבה.', "”היא אמרה ’לא’ ועזבה.”"),
        ("ar", "قالت لا ثم ذهبت.", "«قالت لا ثم ذهبت.»"),
    ],
)
def test_marks_are_those_of_the_language(language, text, shown):
    """Language marks, outer and inner; one theme, as fonts do not choose them."""
    rows = drawn(language, text=text)[1]
    assert joined(rows).replace(" ", "") == shown.replace(" ", "")


@pytest.mark.parametrize("theme", ["midnight", "daylight", "poster", "mono"])
@pytest.mark.parametrize("language", TEXTS)
def test_tofu_no_glyph_is_missing_in_any_script(language, theme):
    """Tofu: serif, sans, bold and monospaced themes, which take other fonts of the machine."""
    for pieces in drawn(language, theme=theme)[1]:
        assert all(glyph.id for line, _ in pieces for glyph in line.run.glyphs)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", ["ja", "zh"])
def test_no_line_begins_or_ends_with_what_may_not(language, template):
    """CJK: no line starts with 。、」 nor ends with 「, in any width there is."""
    rows = drawn(language, template)[1]
    assert len(rows) > 1
    texts = [pieces[0][0].run.text for pieces in rows]
    assert not any(text[0] in NOT_FIRST for text in texts[1:])
    assert not any(text[-1] in NOT_LAST for text in texts[:-1])


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("theme", ["midnight", "daylight", "mono"])
@pytest.mark.parametrize("language", ["he", "ar"])
def test_lines_that_run_left_stand_at_the_right_margin(language, theme, template):
    """RTL, in themes whose marks hang: the first letter at the right margin, ±0.08 em.

    Wider than for Latin, as the last letter of a joined script may be a mark above another. The
    opening mark hangs to the right, and all ink stays within the left margin.
    """
    words, rows = drawn(language, template, theme)
    for at, pieces in enumerate(rows):
        plain, area = next(one for one in pieces if one[0].ink == "quote")
        margin, em = area.x + area.width, plain.size
        assert abs(ink_of(plain)[2] - margin) <= 0.08 * em, plain.run.text
        assert min(ink_of(line)[0] for line, _ in pieces) >= area.x - 0.06 * em
        if at == 0:
            mark = next(line for line, _ in pieces if line.ink == "accent")
            assert ink_of(mark)[0] >= margin - 0.1 * em
            assert ink_of(mark)[2] <= TEMPLATES[template].width - 15
    assert words.rtl


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("הקוד של Maya נכתב ב 2024 כולו", "ולוכ 2024 ב בתכנ Maya לש דוקה"),
        ("היא אמרה ship it ואז 3.5 שניות", "תוינש 3.5 זאו ship it הרמא איה"),
        ("She said שלום עולם twice", "She said םלוע םולש twice"),
        ("Route 66 הוא כביש 7 B", "Route 66 7 שיבכ אוה B"),
    ],
)
def test_mixed_lines_stand_in_the_order_in_which_they_are_read(text, seen):
    """Bidi: glyph clusters from left to right; the order by hand after UAX 9."""
    needs("he")
    run = shape(text, fonts("midnight").quote)
    glyphs = sorted(run.glyphs, key=lambda glyph: glyph.x)
    assert "".join(text[glyph.cluster] for glyph in glyphs) == seen


def test_mixed_lines_are_drawn_in_that_order_on_a_card():
    """Bidi on a card: every run of Latin letters and figures keeps its order on its line."""
    for pieces in drawn("he")[1]:
        text = pieces[0][0].run.text
        glyphs = sorted(
            (glyph for line, _ in pieces for glyph in line.run.glyphs), key=lambda glyph: glyph.x
        )
        seen = "".join(text[glyph.cluster] for glyph in glyphs)
        for word in ("Maya", "2024"):
            assert (word in seen) == (word in text)
        hebrew = next(word for word in text.strip("”").split() if "א" <= word[0] <= "ת")
        assert hebrew.strip(",.")[::-1] in seen


@pytest.mark.parametrize("language", ["hi", "ar", "th"])
def test_scripts_with_tall_letters_have_the_room_they_need(language):
    """Leading beyond Latin's 1.12–1.25: ink of one line does not touch the next."""
    boxes = []
    for pieces in drawn(language)[1]:
        inks = [ink_of(line) for line, _ in pieces]
        boxes.append((min(ink[1] for ink in inks), max(ink[3] for ink in inks)))
    assert len(boxes) > 1
    assert all(below[0] >= above[1] for above, below in pairwise(boxes))
