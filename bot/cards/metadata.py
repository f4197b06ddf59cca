"""Pixels to files: sRGB, and the alt text inside, where editors and screen readers look for it.

PNG: https://www.w3.org/TR/png-3/ (``Description`` and XMP in iTXt). XMP: the IPTC property
Alt Text (Accessibility), https://www.iptc.org/std/photometadata/specification/.
"""

import struct
import zlib
from io import BytesIO
from xml.sax.saxutils import escape

from isal import isal_zlib
from PIL import Image

_SRGB_PERCEPTUAL = b"\0"
_EXIF_TAG, _COLOR_SPACE, _SRGB = 0x8769, 0xA001, 1
_INDEXED, _TRUE_COLOR = 3, 2
_FASTEST = 1
_LONGEST_XMP = 40_000  # bytes: a JPEG segment holds 64 kB
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">'
    '<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">{alt}</rdf:li>'
    "</rdf:Alt></Iptc4xmpCore:AltTextAccessibility></rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="r"?>'
)


def png(rows: bytes | bytearray, size: tuple[int, int], alt: str, palette: bytes = b"") -> bytes:
    """A PNG of palette entries or, without a palette, of true colour.

    ``rows`` are the pixels as they lie in the file: each row begins with its filter, 0 for none.
    ISA-L packs them six times as fast as zlib; Pillow has no way to choose what packs, so the few
    chunks are put together here.
    """
    kind = _INDEXED if palette else _TRUE_COLOR
    chunks = [
        _chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, kind, 0, 0, 0)),
        _chunk(b"sRGB", _SRGB_PERCEPTUAL),
        _chunk(b"PLTE", palette) if palette else b"",
        _text("Description", alt),
        _text("XML:com.adobe.xmp", _xmp(alt)),
        _chunk(b"IDAT", isal_zlib.compress(rows, _FASTEST)),
        _chunk(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def rows_of(image: Image.Image) -> bytes:
    """An image's rows for a PNG, none of them filtered."""
    pixels, stride = image.tobytes(), image.width * len(image.getbands())
    return b"".join(b"\0" + pixels[at : at + stride] for at in range(0, len(pixels), stride))


def jpeg(image: Image.Image, alt: str, quality: int) -> bytes:
    """A JPEG whose colours are not halved."""
    exif = Image.Exif()
    exif[_EXIF_TAG] = {_COLOR_SPACE: _SRGB}
    file = BytesIO()
    xmp = _xmp(alt).encode()
    image.save(file, "JPEG", quality=quality, subsampling=0, exif=exif, xmp=xmp)
    return file.getvalue()


def _xmp(alt: str) -> str:
    return _XMP.format(alt=escape(alt[:_LONGEST_XMP]))


def _text(keyword: str, text: str) -> bytes:
    """An international text chunk, not packed, of no language."""
    return _chunk(b"iTXt", keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode())


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
