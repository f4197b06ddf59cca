"""The same words in several quotes: one thought, whoever is said to say it. Pure.

Two files may give one sentence two names, or one a name and the other none. At most one is right
as a rule, and who reads the account has read the words: so one of them goes out, for all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.publishing.choices import Choice, Known


@dataclass(slots=True)
class Thoughts:
    """The standing posts of an account by what they say."""

    posts: dict[str, list[Known]] = field(default_factory=dict)

    def note(self, post: Known) -> None:
        """Take a post into account."""
        if post.words:
            self.posts.setdefault(post.words, []).append(post)

    def others(self, one: Choice | Known) -> list[Known]:
        """Posts of other quotes with the same words, but those that were taken down there."""
        said = self.posts.get(one.words)
        if not said:
            return []
        return [post for post in said if post.quote != one.quote and post.state != "deleted"]

    def last(self, one: Choice) -> Known | None:
        """The last of them."""
        if one.words not in self.posts:
            return None
        return max(self.others(one), key=lambda post: post.at, default=None)


def thought(choice: Choice) -> str:
    """What a quote says; one without words says what no other does."""
    return choice.words or f"quote {choice.quote}"


def in_turn(choices: Iterable[Choice]) -> list[Choice]:
    """Those whose speaker is no guess before others, what was approved first before the later."""

    def rank(one: Choice) -> tuple[bool, float, str]:
        return not one.sure, one.approved_at.timestamp(), one.quote

    return sorted(choices, key=rank)


def first_of_each(choices: Iterable[Choice]) -> dict[str, Choice]:
    """Of each thought the first of these quotes, which goes out for all."""
    firsts: dict[str, Choice] = {}
    for one in choices:
        firsts.setdefault(thought(one), one)
    return firsts


def doubled(
    choices: Sequence[Choice], known: Sequence[Known], days: int
) -> Iterator[tuple[Known, Known]]:
    """Planned posts with the words of another quote's, within so many days (0: ever) of it.

    Each with that one. A time that a person chose stays.
    """
    order = {one.quote: place for place, one in enumerate(in_turn(choices))}
    may_go, kept = list[Known](), Thoughts()
    for one in known:
        if one.state == "planned" and not one.pinned:
            may_go.append(one)
        elif one.state not in ("failed", "cancelled"):
            kept.note(one)
    for one in sorted(may_go, key=lambda post: (order.get(post.quote, len(order)), post.at)):
        too_soon = (other for other in kept.others(one) if _is_near(one, other, days))
        if other := next(too_soon, None):
            yield one, other
        else:
            kept.note(one)


def _is_near(one: Known, other: Known, days: int) -> bool:
    return not days or other.state != "sent" or abs(one.at - other.at) < timedelta(days=days)
