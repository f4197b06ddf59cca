"""What the readers of XML share: a document without tricks."""

from typing import TYPE_CHECKING

from bot.errors import TranscriptError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_EXPORT_AGAIN = "export the captions again"
_DEEPEST = 100  # elements in each other


def root_of(text: str, source: str) -> "Element":
    """The root element; ``TranscriptError`` for what is broken, or would blow up when read."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(text.lstrip("\ufeff \t\n").encode(errors="replace"))
    except ParseError as error:
        reason = f"is not whole XML: {error.msg}"
        line = error.position[0]
        raise TranscriptError(source, reason, line=line, remedy=_EXPORT_AGAIN) from error
    except (DefusedXmlException, ValueError, LookupError) as error:
        reason = "is XML that declares entities or an encoding it should not"
        raise TranscriptError(source, reason, remedy=_EXPORT_AGAIN) from error
    if _is_deep(root):
        raise TranscriptError(source, "is XML nested too deeply", remedy=_EXPORT_AGAIN)
    return root


def _is_deep(root: "Element") -> bool:
    """Whether elements lie in each other as no captions do, and no reader can follow."""
    level = [root]
    for _ in range(_DEEPEST):
        level = [inner for one in level for inner in one]
        if not level:
            return False
    return True


def local(element: "Element") -> str:
    """The name of an element or attribute without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: "Element", name: str) -> str | None:
    """An attribute in whatever namespace."""
    return next((v for key, v in element.items() if key.rpartition("}")[2] == name), None)
