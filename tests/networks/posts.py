"""Posts for tests: a picture with its words, never twice the same."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from PIL import Image as Pillow

from bot.post import Image, Key, Outgoing, Words


def picture(alt: str = "A card: “Ship it.”", colour: str = "#204060") -> Image:
    """A small PNG."""
    file = io.BytesIO()
    Pillow.new("RGB", (64, 48), colour).save(file, "PNG")
    return Image(file.getvalue(), "image/png", 64, 48, alt)


def post(network: str, account: str, text: str = "", **more: object) -> Outgoing:
    """A post with one picture, its words unlike all others."""
    quote = uuid4().hex
    words = Words(text or f"“Small libraries win.” – Marit Oyelaran {quote[:8]}")
    key, now = Key(network, account, quote), datetime.now(UTC)
    made = Outgoing(key=key, words=words, images=(picture(),), at=now, language="en")
    return replace(made, **more)  # type: ignore[arg-type]
