"""What the readers that go through ttconv share (https://github.com/sandflow/ttconv)."""

from typing import Any

from bot.errors import TranscriptError
from bot.transcripts.base import Body
from bot.transcripts.cues import read_cues


def read_with_ttconv(given: Any, source: str, kind: str) -> Body:
    """Cues of an SCC text or EBU STL bytes; ``TranscriptError`` where ttconv is not installed."""
    try:
        import ttconv.srt.writer as srt
    except ImportError as error:
        remedy = "install pullquote[broadcast] to read it"
        raise TranscriptError(source, f"is {kind}", remedy=remedy) from error
    try:
        text = srt.from_model(_model(given))
    except Exception as error:
        reason = " ".join(f"cannot be read as {kind}: {error or type(error).__name__}".split())
        raise TranscriptError(source, reason[:200], remedy="export the captions again") from error
    return read_cues(text, source)


def _model(given: Any) -> Any:
    import logging

    logging.getLogger("ttconv").setLevel(logging.CRITICAL)  # it remarks on every odd byte
    if isinstance(given, str):
        from ttconv.scc.reader import to_model

        return to_model(given)
    import io

    from ttconv.stl.reader import to_model as stl_to_model

    return stl_to_model(io.BytesIO(given))
