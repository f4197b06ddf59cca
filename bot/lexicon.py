"""Closed word classes of English that wording and scoring share: who speaks, what binds, what acts.

Lists of our own making; lower case, straight apostrophes.
"""

import re
from collections.abc import Iterator
from itertools import chain, islice, pairwise
from operator import eq

from bot.remembering import on_forget, remembered

TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def straight(text: str) -> str:
    """A text with straight apostrophes, as lists and patterns have them."""
    return text.replace("’", "'")


class _Apart(dict[str, list[str]]):
    """What stands between spaces → its words: no word goes over a space, and few are new."""

    most = 32768

    def __missing__(self, given: str) -> list[str]:
        if len(self) >= self.most:
            self.clear()
        self[given] = found = TOKEN.findall(straight(given.lower()))
        return found


_APART = _Apart()
on_forget(_APART.clear)


@remembered(16384)  # spans overlap: the same sentences are taken apart again and again
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text in lower case with straight apostrophes."""
    return tuple(_tokens(text))


def first_words(text: str, count: int) -> tuple[str, ...]:
    """The first ``count`` of its ``tokens``, or as many as there are."""
    return tuple(islice(_tokens(text), count))


def _tokens(text: str) -> Iterator[str]:
    return chain.from_iterable(map(_APART.__getitem__, text.split()))


_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")  # kana and ideographs
_LETTERS_A_WORD = 2  # of Chinese and Japanese


def word_count(text: str) -> int:
    """How many words a text has; two letters count for one where words are not set apart."""
    if text.isascii():
        return len(text.split())
    unspaced = len(_UNSPACED.findall(text))
    return max(len(text.split()), unspaced // _LETTERS_A_WORD)


def is_spaced(text: str) -> bool:
    """Whether the words of a text are set apart."""
    return text.isascii() or not _UNSPACED.search(text)


def units(text: str) -> tuple[str, ...]:
    """Its ``tokens``; where words are not set apart, pairs of letters."""
    if is_spaced(text):
        return tokens(text)
    found: list[str] = []
    for word in tokens(text):
        pairs = map("".join, pairwise(word)) if _UNSPACED.search(word) and len(word) > 1 else [word]
        found.extend(pairs)
    return tuple(found)


@remembered(16384)
def steps_said_twice(words: tuple[str, ...]) -> tuple[int, ...]:
    """Of how many words, one to three, is what stands twice in a row: "you you", "if it if it"."""
    if len(set(words)) == len(words):
        return ()
    return tuple([step for step in (1, 2, 3) if _is_said_twice(words, step)])


def _is_said_twice(words: tuple[str, ...], step: int) -> bool:
    if True not in map(eq, words, words[step:]):
        return False
    return step == 1 or b"\1" * step in bytes(map(eq, words, words[step:]))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _words("""
    not no never none nobody nothing nowhere neither nor without cannot hardly barely scarcely
    seldom rarely ain't can't cant couldn't didn't doesn't don't dont hadn't hasn't haven't isn't
    aren't mustn't needn't shan't shouldn't wasn't weren't won't wouldn't nope nah
""")
CONDITIONS = _words("""
    if unless until till except only provided providing assuming suppose supposing whether lest
    otherwise when whenever while once although though because
""")
PRONOUNS = _words("i you we they he she it this that these those there")
PERSONS = _words("i me my mine myself we us our ours ourselves")
THIRD_PERSONS = _words("he him his she her hers they them their theirs it its")
DETERMINERS = _words("""
    the a an my your our his her their its every each all some most any both many few several
    another other such enough
""")
QUESTION_WORDS = _words("what who where how why which when whatever whoever")
PREPOSITIONS = _words("""
    of to for in on at by with from about into onto over under through across between among after
    before behind beyond during against around within upon off out up down away along like as than
    per via toward towards
""")
CONJUNCTIONS = _words("and or but nor so yet because if unless although though while whereas than")
AUXILIARIES = _words("""
    is are was were am be been being do does did has have had will would can could should may
    might must shall ought isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't
    won't wouldn't can't cannot couldn't shouldn't mustn't
""")
CONTRACTED = ("'s", "'re", "'ve", "'ll", "'d", "'m", "n't")
UNIVERSALS = _words("""
    always never every everyone everybody everything everywhere all nobody nothing none no-one
    anyone anybody anything whole entire forever ever only
""")
COMPARISONS = _words("""
    than more less better worse best worst most least greater greatest bigger biggest faster
    stronger harder hardest easier easiest smaller larger rather instead
""")
SUPERLATIVES = _words("""
    best worst most least greatest biggest hardest easiest smallest first last only single
    fastest strongest highest lowest
""")
OBLIGATIONS = _words("must should need needs ought gotta shall")
PEOPLE = _words("""
    people everyone everybody anyone anybody someone somebody person human humans world life men
    women man woman child children
""")
IMPERATIVES = _words("""
    ask avoid be begin believe bring build buy call care change check choose come consider count
    cut do don't dream eat embrace expect explain fail fall fight find finish fix focus follow
    forget get give go grow help hire hold hope imagine invest invite join judge keep kill know
    launch lead learn leave let let's listen live look love make measure meet mend move never open
    own pay pick plan play practice prepare protect pull push put question quit read refuse
    remember repair respect rest run save say see seek sell send serve set share ship show sit
    sleep slow solve speak spend stand start stay stop study take talk teach tell test think throw
    treat trust try turn understand use visit wait walk watch win work worry write
""")
VERBS = _words("""
    accept add admit agree allow answer appear apply argue arrive ask avoid bake become begin
    believe belong bend break bring build burn buy call care carry catch cause change charge
    choose claim close come compete complain connect consider contain continue cost count cover
    create cry cut
    dance deal decide define deliver depend describe deserve design develop die disagree discover
    do draw dream drink drive drop earn eat employ enable end enjoy enter exist expect explain
    face fade fail fall fear feed feel fight fill find finish fit fix fly focus follow forget
    forgive gain gather get give go grow happen hate hear help hide hire hit hold hope hurt ignore
    imagine improve include increase invent invest join judge jump keep kick kill know lack
    laugh launch lead learn leave let lie listen live look lose love make matter mean measure
    meet mend miss move need notice obey occur offer open outlive outlast pass pay pick plan
    play please point prefer prepare prevent produce promise protect prove provide pull push put
    quit raise reach react read realize receive recognize reduce refuse remain remember remove
    repair repeat replace require rest return reveal reward ride ring rise risk run save say see
    seem sell send serve set shape share shine ship shout show shut sing sit sleep smell smile sweep
    solve sound speak spend spread stand start stay steal stick stop struggle study succeed suffer
    support survive take talk taste teach tell tend test thank think throw touch train travel
    treat trust try turn understand use visit vote wait wake walk want warn wash waste watch wear
    win wish wonder work worry write
    ate became began bought broke brought built came caught chose did drew drove fell felt forgot
    found fought gave got grew heard held kept knew learned left lost made meant met paid ran read
    said sat saw sent showed slept sold spent spoke stood taught thought threw told took went
    woke won wore wrote
""")
ADVERBS = _words("just also never always still all")  # between a subject and its verb
SUBORDINATORS = _words("before after because if unless until while whenever although though since")
HEDGES = _words("""
    maybe perhaps probably possibly basically actually kinda sorta somewhat roughly guess suppose
    almost potentially apparently honestly literally
""")
ABSTRACT_ENDINGS = ("ness", "tion", "sion", "ity", "ment", "ship", "hood", "ism", "ance", "ence")
FUNCTION_WORDS = (
    PRONOUNS
    | PERSONS
    | THIRD_PERSONS
    | DETERMINERS
    | QUESTION_WORDS
    | PREPOSITIONS
    | CONJUNCTIONS
    | AUXILIARIES
    | NEGATIONS
    | CONDITIONS
    | HEDGES
    | _words("""
        me him them us your yours yourself himself herself itself themselves just really very too
        also even still now then here well yeah yes okay ok right oh um uh like know mean think say
        said going go get got thing things something lot kind sort much more less one two i'm i've
        i'll i'd you're you've you'll you'd we're we've we'll they're they've it's that's there's
        what's he's she's let's
    """)
)


def is_verb(word: str) -> bool:
    """Whether a lower-case word can stand as a finite verb: auxiliaries, and verbs of the list."""
    if word in AUXILIARIES or word.endswith(CONTRACTED) or word in VERBS:
        return True
    if word.endswith("ies") and word[:-3] + "y" in VERBS:
        return True
    return word.endswith("s") and (word[:-1] in VERBS or word[:-2] in VERBS)
