"""A quote with a time becomes a complete post: its words, its card, its alt text."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot import outfit
from bot.cards import Look, render
from bot.cards.reduce import reduced
from bot.config import Project
from bot.drawing import Dress
from bot.errors import UsageError
from bot.model import UNTOLD, Card, Quote
from bot.post import Account, Draft, Image, Key, Limits, Words
from bot.posting.quotes import Material
from bot.posting.terms import Terms, wrong_look
from bot.publishing.choices import Placed
from bot.publishing.posts import alt_text, compose


@dataclass(slots=True)
class Desk:
    """What posts are drawn with, opened once each."""

    project: Project
    material: Material
    looks: dict[tuple[str, str], Look] = field(default_factory=dict)
    wears: Dress | None = None

    def draft(self, terms: Terms, account: Account, placed: Placed) -> Draft:
        """The post of a placed quote; CardError when no card can show it."""
        quote = self.material.quotes[placed.quote]
        limits = limits_of(terms, account)
        theme = placed.theme or terms.theme
        look = {"template": terms.template, "theme": theme}
        if placed.pinned and placed.wording:
            look["wording"] = placed.wording
        images = [_image(one, limits) for one in self._cards(quote, terms, theme)]
        own = terms.settings
        return Draft(
            key=Key(account.network, account.id, quote.id, placed.occasion),
            due=placed.due,
            words=self.words(terms, account, quote, placed.wording),
            images=tuple(images[: limits.images]),
            language=own.language or (quote.language if quote.language != UNTOLD else None),
            visibility=own.visibility,
            warning=own.warning,
            link=quote.url,
            why=placed.why,
            pinned=placed.pinned,
            revision=quote.revision,
            shown=quote.shown,
            speaker=quote.speaker,
            look=look,
        )

    def words(self, terms: Terms, account: Account, quote: Quote, wording: str | None) -> Words:
        """The words of a quote's post there."""
        style = replace(terms.style, wording=wording) if wording else terms.style
        source = self.material.source(quote, terms.network)
        return compose(source, style, limits_of(terms, account))

    def _cards(self, quote: Quote, terms: Terms, theme: str) -> list[Card]:
        kind = terms.template, theme
        if kind not in self.looks:
            try:
                self.looks[kind] = outfit.look(self.project, *kind)
            except UsageError as error:
                raise wrong_look(self.project, terms, theme, error) from error
        self.wears = self.wears or outfit.dress(self.project)
        person = self.material.people.get(quote.speaker or "")
        extras = self.wears.of(quote, person)
        talk = self.material.talks[quote.talk]
        return render(quote, talk, self.looks[kind], extras)


def limits_of(terms: Terms, account: Account) -> Limits:
    """What the server of an account said it takes, else what its network usually does."""
    if not account.limits:
        return terms.limits
    known = {name: account.limits[name] for name in Limits.__slots__ if name in account.limits}
    if "mimes" in known:
        known["mimes"] = tuple(known["mimes"])
    return replace(terms.limits, **known)


def shown_at(due: datetime, terms: Terms) -> datetime:
    """A time on the clock of an account."""
    return due.astimezone(terms.rota.zone)


def _image(card: Card, limits: Limits) -> Image:
    made = reduced(
        card, max_bytes=limits.image_bytes, max_pixels=limits.image_pixels, mimes=limits.mimes
    )
    return Image(made.data, made.mime, made.width, made.height, alt_text(card.alt, limits.alt))
