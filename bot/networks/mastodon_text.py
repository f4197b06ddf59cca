"""Words as an instance gives them back, in HTML, and whether they are those that were sent (pure).

https://docs.joinmastodon.org/spec/activitypub/#sanitization
"""

import re
from html.parser import HTMLParser

_ELSEWHERE = re.compile(r"(@[\w.-]+)@[\w.-]+")  # a mention, shown without its instance


def plain(html: str) -> str:
    """The words of a post: paragraphs and breaks as lines, links whole as their address."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts).strip()


def same_words(shown: str, sent: str) -> bool:
    """Whether an instance's plain words are those sent; space and mentions' hosts aside."""
    return bool(sent.strip()) and _compared(shown) == _compared(sent)


def _compared(text: str) -> str:
    return " ".join(_ELSEWHERE.sub(r"\1", text).split())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag == "br":
            self.parts.append("\n")
        elif tag == "p" and self.parts:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
