"""Which language a talk is in, and what a harvest makes of one that is not English."""

from datetime import UTC, datetime

import pytest

from bot import vocabulary
from bot.language import language_of
from bot.library import Library
from bot.model import UNTOLD, UNTRAINED, Details
from bot.pipeline import Cast, Terms, harvest, understood
from bot.store import open_store
from bot.transcripts import read_bytes

TALKS = {
    "en": [
        "A rope is older than any ship it was ever tied to.",
        "Nobody applauds a knot until the storm has gone by.",
        "The harbour keeps what the sea forgets to take away.",
        "You mend a net at night so that you can fish in the morning.",
    ],
    "de": [
        "Ein Seil ist älter als jedes Schiff, an dem es jemals festgemacht war.",
        "Niemand lobt einen Knoten, bevor der Sturm vorübergezogen ist.",
        "Der Hafen behält, was das Meer zu nehmen vergessen hat.",
        "Man flickt das Netz in der Nacht, damit man am Morgen fischen kann.",
    ],
    "pt": [
        "Uma corda é mais velha do que qualquer navio a que alguma vez esteve presa.",
        "Ninguém aplaude um nó antes de a tempestade ter passado por completo.",
        "O porto guarda aquilo que o mar se esqueceu de levar consigo.",
        "Remendamos a rede durante a noite para podermos pescar pela manhã.",
    ],
    "ru": [
        "Верёвка старше любого корабля, к которому её когда-либо привязывали.",
        "Никто не хвалит узел, пока буря не прошла стороной.",
        "Гавань хранит всё то, что море забыло унести с собой.",
        "Сеть чинят ночью, чтобы утром можно было выйти на лов.",
    ],
    "zh": [
        "绳子比它曾经系过的任何一条船都要古老得多。",
        "在风暴过去之前没有人会称赞一个绳结。",
        "港口留住了大海忘记带走的所有东西。",
        "我们在夜里补网为的是早上能够出海捕鱼。",
    ],
    "ar": [
        "الحبل أقدم من أي سفينة ربط بها في يوم من الأيام.",
        "لا أحد يمدح العقدة قبل أن تمر العاصفة بعيدا.",
        "الميناء يحتفظ بكل ما نسي البحر أن يأخذه معه.",
        "نصلح الشبكة في الليل حتى نتمكن من الصيد في الصباح.",
    ],
    "ja": [
        "ロープはそれが結ばれたどの船よりもずっと古いものです。",
        "嵐が過ぎ去るまで誰も結び目を褒めたりはしません。",
        "港は海が持ち去るのを忘れたものをすべて守っています。",
        "朝に漁ができるように私たちは夜のうちに網を繕います。",
    ],
}


@pytest.mark.parametrize(("code", "lines"), TALKS.items(), ids=TALKS)
def test_a_language_is_told_from_its_words(code, lines):
    assert language_of(lines * 3) == code


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        *(("pt-BR", "pt"), ("EN_us", "en"), ("de", "de"), ("", None)),
        *(("english", "en"), ("German", "de"), ("eng", "en"), ("und", None), (" auto", None)),
    ],
)
def test_what_the_file_says_comes_before_what_few_words_tell(declared, code):
    assert language_of(["Ropes! Knots! Harbours!"], declared) == code


@pytest.mark.parametrize("declared", ["hi", "ru", "zh", "en"])
def test_words_that_are_plainly_english_are(declared):
    """A recogniser that translates says what was spoken; a name in other letters tells nothing."""
    assert language_of(TALKS["en"], declared) == "en"
    assert language_of(["You are a very old rope."], declared) == "en"
    assert language_of([*TALKS["en"], "They called it мы and ты."], None) == "en"


def test_many_english_words_overrule_a_language_of_the_same_letters_few_do_not():
    assert language_of(TALKS["en"] * 4, "de") == "en"
    assert language_of(TALKS["en"], "de") == "de"


DUTCH = "Als we willen dat er iets verandert, is het nu of nooit, en we had het over morgen."


def test_small_words_that_english_has_too_do_not_overrule_a_file():
    assert vocabulary.is_english(vocabulary.spoken([DUTCH]))
    assert language_of([DUTCH] * 20, "nl") == "nl"


@pytest.mark.parametrize("code", sorted(TALKS.keys() - {"en"}))
def test_a_file_that_says_english_of_another_language_is_not_believed(code):
    assert language_of(TALKS[code] * 30, "en") == code
    assert language_of(["ತೆಂಗು"], "kn") == "kn"


UNKNOWN = {
    "vi": "Sợi dây già hơn bất kỳ con tàu nào nó từng được buộc vào. Không ai khen một nút thắt.",
    "ka": "თოკი ნებისმიერ გემზე ძველია, რომელზეც ოდესმე მიუბამთ.",
    "ta": "கயிறு எந்தக் கப்பலையும் விடப் பழமையானது.",
    "nl": "Een touw is ouder dan elk schip waaraan het ooit vastzat, en niemand prijst een knoop.",
    "tr": "Halat, bağlandığı bütün gemilerden daha yaşlıdır ve kimse düğümü övmez.",
}


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_plainly_not_english_is_not_taken_for_it(text):
    assert language_of([text]) == UNTOLD
    assert language_of([text], "und") == UNTOLD


@pytest.mark.parametrize("texts", [[], [""], ["1 2 3"], ["—"], ["Zwrt plk."]])
def test_nothing_tells_the_language_of_nothing(texts):
    assert language_of(texts) is None


@pytest.mark.parametrize(("code", "lines"), TALKS.items(), ids=TALKS)
def test_every_language_has_quotes_and_says_when_it_was_not_learned(code, lines):
    numbered = enumerate(lines * 3)
    text = "\n\n".join(f"00:{at:02}:00.000 --> 00:{at:02}:09.000\n{line}" for at, line in numbered)
    transcript = read_bytes(f"WEBVTT\n\n{text}\n".encode(), "talk.vtt")
    with open_store("sqlite://") as store:
        library = Library(store)
        reading = understood(transcript, Cast())
        found = harvest(reading, Details(), library, Terms(40), datetime.now(UTC))
        assert not library.verify()
    quotes = found.kept.quotes
    assert (found.ranked.language, len(quotes) >= 2) == (code, True)
    assert {quote.language for quote in quotes} == {code}
    assert {UNTRAINED in quote.flags for quote in quotes} == {code != "en"}
