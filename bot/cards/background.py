"""The ground a card is drawn on: one colour, a diagonal gradient that does not band, a picture."""

from dataclasses import dataclass

from PIL import Image

from bot.cards.pictures import Picture, cropped

RGB = tuple[int, int, int]

_BAYER = (  # 8 × 8 ordered dither, Bayer 1973
    (0, 32, 8, 40, 2, 34, 10, 42),
    (48, 16, 56, 24, 50, 18, 58, 26),
    (12, 44, 4, 36, 14, 46, 6, 38),
    (60, 28, 52, 20, 62, 30, 54, 22),
    (3, 35, 11, 43, 1, 33, 9, 41),
    (51, 19, 59, 27, 49, 17, 57, 25),
    (15, 47, 7, 39, 13, 45, 5, 37),
    (63, 31, 55, 23, 61, 29, 53, 21),
)


@dataclass(frozen=True, slots=True)
class Background:
    """Upper left and lower right colour; the same twice is a flat ground.

    A ``picture`` covers both, under a scrim of the first colour with this ``opacity`` (0 to 1).
    """

    start: RGB
    end: RGB
    picture: Picture | None = None
    opacity: float = 0.0

    @property
    def flat(self) -> bool:
        """Whether one colour covers the card."""
        return self.start == self.end and self.picture is None

    def samples(self) -> list[RGB]:
        """Colours along the gradient, close enough to find the worst contrast."""
        return [self._at(step / 64) for step in range(65)]

    def image(self, width: int, height: int) -> Image.Image:
        """The ground as pixels.

        A pixel's colour depends on x + y and its threshold on (x, y) modulo 8, so every row is
        a piece of one of eight strips.
        """
        if self.picture:
            return self.veiled(cropped(self.picture, width, height))
        strips = [self._strip(row, width + height) for row in range(8)]
        rows = (strips[y % 8][3 * y : 3 * (y + width)] for y in range(height))
        return Image.frombytes("RGB", (width, height), b"".join(rows))

    def veiled(self, image: Image.Image) -> Image.Image:
        """A picture (RGBA or RGB) under the scrim."""
        ground = Image.new("RGB", image.size, self.start)
        ground.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
        return Image.blend(ground, Image.new("RGB", image.size, self.start), self.opacity)

    def _strip(self, row: int, length: int) -> bytes:
        pixels = bytearray()
        for place in range(length):
            threshold = (_BAYER[row][(place - row) % 8] + 0.5) / 64
            pixels.extend(
                int(start + (end - start) * place / length + threshold)
                for start, end in zip(self.start, self.end, strict=True)
            )
        return bytes(pixels)

    def _at(self, share: float) -> RGB:
        red, green, blue = (
            round(start + (end - start) * share)
            for start, end in zip(self.start, self.end, strict=True)
        )
        return red, green, blue
