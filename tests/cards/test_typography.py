import pytest

from bot.cards.typography import nested, typeset
from bot.errors import CardError

_ = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ('say "hello" now', "say “hello” now"),
        ('("hello")', "(“hello”)"),
        ("it's the dogs' turn", "it’s the dogs’ turn"),
        ("back in the '90s, in '68", "back in the ’90s, in ’68"),
        ("rock 'n' roll, 'cause 'tis", "rock ’n’ roll, ’cause ’tis"),
        ("a 'single' one", "a ‘single’ one"),
        ("one--two", f"one{_}— two"),
        ("one-- two", f"one{_}— two"),
        ("one --two", f"one{_}— two"),
        ("one — two", f"one{_}— two"),
        ("one—two", f"one{_}— two"),
        ("one - two", f"one{_}— two"),
        ("and then I--", f"and then I{_}—"),
        ("-- and then", "— and then"),
        ('"and then--"', f"“and then{_}—”"),
        ("no--, yes", f"no{_}—, yes"),
        ("well-known, 10–20", "well-known, 10–20"),
        ("so... what. . .", "so… what…"),
        ("40 % of 5 million", f"40{_}% of 5{_}million"),
        ("Dr. Who, No. 5, J. R. Smith", f"Dr.{_}Who, No.{_}5, J.{_}R. Smith"),
        ("No. I will not", "No. I will not"),
        ("tab\tand\n new  line", "tab and new line"),
        ("e\u0301tude, soft\u00adhyphen, zero\u200bwidth", "étude, softhyphen, zerowidth"),
    ],
)
def test_typed_marks_become_typographic_ones(typed, drawn):
    assert typeset(typed) == drawn
    assert typeset(drawn) == drawn


@pytest.mark.parametrize(
    ("text", "code"), [("ring \x07", "U+0007"), ("\ue000", "U+E000"), ("\udc80", "U+DC80")]
)
def test_what_cannot_be_drawn_is_named(text, code):
    with pytest.raises(CardError, match=code.replace("+", r"\+")):
        typeset(text)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("he said “no” twice", "he said ‘no’ twice"),
        ("he said ‘no’ twice", "he said ‘no’ twice"),
        ("“the ‘x’ thing”", "‘the “x” thing’"),
        ("he said ‘no’, she said “yes”", "he said ‘no’, she said ‘yes’"),
        ("“don’t say ‘don’t’”, she said", "‘don’t say “don’t”’, she said"),
    ],
)
def test_quotation_marks_inside_the_quote_alternate(text, inside):
    assert nested(text) == inside
