"""Make the list of words English has, ``assets/words/en.bloom``.

``python -m benchmarks.train_words --out FILE``, from wordfreq's large English list
(https://github.com/rspeer/wordfreq, data CC BY-SA 4.0): words said at least 30 times in a thousand
million. Needs ``pip install wordfreq``, which weighs 57 MB; the program reads the fifth of a
megabyte that this makes of it.
"""

import json
import math
from pathlib import Path
from typing import Annotated

import typer
import wordfreq

from bot.vocabulary import built

_LEAST_ZIPF = 1.5  # log10 of times in a thousand million words
_BITS_A_WORD, _HASHES = 10, 7  # 0.8 % of unknown words pass


def main(out: Annotated[Path, typer.Option(help="The file to write.")]) -> None:
    """Write the vocabulary, whence it is in its first line."""
    shares = wordfreq.get_frequency_dict("en", "large")
    common = [word for word, share in shares.items() if math.log10(share) + 9 >= _LEAST_ZIPF]
    words = sorted(word for word in common if word[0].isalpha())
    made = built(words, len(words) * _BITS_A_WORD // 8, _HASHES)
    head = {
        "words": len(words),
        "hashes": _HASHES,
        "least_zipf": _LEAST_ZIPF,
        "from": "wordfreq, large English list",
        "by": "Robyn Speer and the sources that wordfreq names",
        "licence": "CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/",
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(json.dumps(head, ensure_ascii=False).encode() + b"\n" + made.bits)
    typer.echo(f"{len(words)} words in {out.stat().st_size} bytes")


if __name__ == "__main__":
    typer.run(main)
