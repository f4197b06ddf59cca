"""What a curator is shown of a quote: its neighbours, what is doubtful, what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.library import Around, Library, Queued
from bot.library.decide import is_inferred
from bot.library.saying import label_of
from bot.library.twins import Twin, question
from bot.model import ABOUT, PROPOSED, UNTRAINED, Decision, Quote, Status, Talk
from bot.scoring import spoken_for
from bot.web.hearing import Recording, recording_of
from bot.web.site import Site
from bot.web.visit import Visit

_REASONS = 5
_HOW = {"labelled": "named in the transcript", "given": "confirmed by a person"}
_DONE = {
    "approve": "approved for posting",
    "reject": "rejected",
    "propose": "proposed",
    "edit": "words edited",
    "tag": "tags changed",
    "note": "note written",
    "attribute": "speaker named",
    "confirm": "speaker confirmed",
    "veto": "refused by its speaker",
    "retract": "taken down",
    "add": "added",
    "move": "moved to where its newest transcript has it",
}
PUBLISHING = ("approve", "reject", "veto", "retract", "move")  # what a publisher alone undoes
_FLAGS = {
    ABOUT: "approximate time",
    PROPOSED: "proposed: somebody wants this approved",
    UNTRAINED: "a language the ranking did not learn",
}
Mode = Literal["", "edit", "ask"]


@dataclass(frozen=True, slots=True)
class Scope:
    """The list a person goes through: of one talk with what is decided, or of all what waits."""

    talk: Talk | None
    lines: tuple[Queued, ...]
    publisher: bool

    @property
    def name(self) -> str:
        """The talk's id, as forms carry it; empty for all talks."""
        return self.talk.id if self.talk else ""

    @property
    def decided(self) -> int:
        """How many of the list this person need not look at again."""
        return sum(not self.waits(line) for line in self.lines)

    def waits(self, line: Queued) -> bool:
        """Whether it is this person's turn."""
        return _waits(line.status, proposed=line.proposed, publisher=self.publisher)

    def first(self) -> str | None:
        """The best that waits, else the best."""
        waiting = (line.id for line in self.lines if self.waits(line))
        return next(waiting, self.lines[0].id if self.lines else None)

    def after(self, quote: str) -> str | None:
        """The next that waits, from the top again after the last; None when no other does."""
        place = self.place(quote)
        around = (*self.lines[place + 1 :], *self.lines[: max(place, 0)])
        return next((line.id for line in around if self.waits(line)), None)

    def place(self, quote: str) -> int:
        """Where a quote stands in the list, from 0; -1 if it does not."""
        return next((at for at, line in enumerate(self.lines) if line.id == quote), -1)

    def beside(self, quote: str, step: int) -> str | None:
        """The one before (-1) or after (1) in the list."""
        place = self.place(quote) + step
        return self.lines[place].id if 0 <= place < len(self.lines) else None


@dataclass(frozen=True, slots=True)
class Stage:
    """One quote in focus, with all that a person needs to decide on it."""

    quote: Quote
    talk: Talk
    around: Around
    history: tuple[Decision, ...]
    publisher: bool
    recording: Recording | None = None
    mode: Mode = ""
    twin: Twin | None = None

    @property
    def last(self) -> Decision | None:
        """The last change that still holds."""
        return last_of(self.history)

    @property
    def undoable(self) -> Decision | None:
        """The last change, if the person who looks may take it back."""
        if self.quote.status == "retracted" or not self.last:
            return None
        return self.last if self.publisher or self.last.action not in PUBLISHING else None

    @property
    def questions(self) -> list[str]:
        """What only a person can know, asked before it is approved."""
        return questions(self.quote, self.twin)

    @property
    def flags(self) -> list[str]:
        """What is doubtful about it, in plain words."""
        return flags(self.quote)

    @property
    def reasons(self) -> list[str]:
        """Why it was picked, what spoke for it most first."""
        return spoken_for(self.quote.reasons, _REASONS)

    @property
    def known(self) -> str:
        """How its speaker is known."""
        return how_known(self.quote)

    @property
    def nameable(self) -> bool:
        """Whether a person may say who says it: no label of the transcript does."""
        return self.quote.status != "retracted" and not label_of(self.quote)

    @property
    def waits(self) -> bool:
        """Whether it is still to be decided by the person who looks."""
        proposed = PROPOSED in self.quote.flags
        return _waits(self.quote.status, proposed=proposed, publisher=self.publisher)


def scope_of(library: Library, talk: str, visit: Visit) -> Scope:
    """The list of a talk, or (no name) of all; of the only talk where there is one."""
    publisher = visit.may_publish
    if not talk:
        talks = library.talks(2)
        talk = talks[0].id if len(talks) == 1 else ""
    found = library.talk(talk) if talk else None
    lines = library.queue(found.id if found else None, proposed_first=publisher)
    return Scope(found, lines, publisher)


def stage_of(site: Site, quote: str, visit: Visit, mode: Mode = "") -> Stage:
    """A quote brought into focus; ``Unknown`` if there is none of that id."""
    library = site.library
    found = library.quote(quote)
    talk = library.talk(found.talk)
    around, history = library.around(found), library.history(found.id)
    sound = recording_of(site.project, talk)
    twin = twin_of(library, found)
    return Stage(found, talk, around, history, visit.may_publish, sound, mode, twin)


def twin_of(library: Library, quote: Quote) -> Twin | None:
    """An approved quote with the words of one that is not, by another name."""
    decided = quote.status in ("approved", "retracted")
    return None if decided else library.twins([quote.id]).get(quote.id)


def last_of(history: Sequence[Decision]) -> Decision | None:
    """The last change that still holds."""
    return next((one for one in reversed(history) if not one.undone), None)


def questions(quote: Quote, twin: Twin | None = None) -> list[str]:
    """What only a person can know of a quote; ``twin`` says the same by another name."""
    who = quote.speaker or "the speaker"
    asked = [f"Is this {quote.speaker}?"] if is_inferred(quote) else []
    if twin:
        doubt = question(quote, twin)
        asked = [f"{doubt[:1].upper()}{doubt[1:]}."]
    if quote.role == "audience":
        asked.append(f"{who[:1].upper()}{who[1:]} spoke from the audience: did they agree?")
    return asked


def flags(quote: Quote) -> list[str]:
    """What is doubtful about a quote, in plain words."""
    found = [f"is this {quote.speaker}?"] if is_inferred(quote) else []
    found += ["from the audience"] if quote.role == "audience" else []
    about = [ABOUT] if quote.approximate else []
    return found + [_FLAGS.get(one, one) for one in dict.fromkeys((*about, *quote.flags))]


def how_known(quote: Quote) -> str:
    """How the speaker of a quote is known, if there is one."""
    if not quote.speaker:
        return ""
    if quote.attribution is None:
        return "not known"
    sure = min(quote.attribution.confidence, 0.99)  # a guess is never certain
    return _HOW.get(quote.attribution.how, f"a guess, {sure:.0%} sure")


def done_words(action: str) -> str:
    """What was done, for a person to read."""
    return _DONE.get(action, action)


def changed_words(decision: Decision) -> list[str]:
    """What a change made of a quote beside its status, a line each."""
    was, became = decision.was, decision.became
    lines = [f"“{was['shown']}” became “{became['shown']}”"] if "shown" in became else []
    if "tags" in became:
        old, new = _texts(was.get("tags")), _texts(became["tags"])
        lines += [f"+ {tag}" for tag in new if tag not in old]
        lines += [f"− {tag}" for tag in old if tag not in new]
    if "speaker" in became:
        lines.append(f"said by {became['speaker']}, before by {was.get('speaker') or 'nobody'}")
    if became.get("note"):
        lines.append(f"“{became['note']}”")
    return lines


def _waits(status: Status, *, proposed: bool, publisher: bool) -> bool:
    """Whether it is somebody's turn: what an editor proposed waits for a publisher."""
    return status == "candidate" and (publisher or not proposed)


def _texts(stored: object) -> Sequence[str]:
    return stored if isinstance(stored, list | tuple) else ()
