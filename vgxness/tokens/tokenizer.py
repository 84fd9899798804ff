"""Which tokenizer counts: a real one where its package is installed, else an estimate from the length.

No maker of the models behind Claude Code or Antigravity publishes its tokenizer, so both answers stand for
them and are exact for neither; what differs is printed with every ledger.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any, Final, cast

_BYTES_PER_TOKEN: Final = 4
_ENCODING: Final = "o200k_base"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokenizer:
    """Counts the tokens of a text.

    Attributes:
        name: what a reader may look up.
        exact: whether it is the tokenizer of some model, and not an estimate.
        note: what the count is worth, one sentence.
        count: of any text; 0 for "".
    """

    name: str
    exact: bool
    note: str
    count: Callable[[str], int]


def _estimated(text: str) -> int:
    return -(-len(text.encode("utf-8", "surrogatepass")) // _BYTES_PER_TOKEN)


ESTIMATE: Final = Tokenizer(
    name="estimate",
    exact=False,
    note="An estimate: four bytes of UTF-8 are one token. For a real count: pip install 'vgxness[tokens]'.",
    count=_estimated,
)


@cache
def best_tokenizer() -> Tokenizer:
    """Return o200k_base where the extra `tokens` is installed and works, else the estimate.

    Its ranks are shipped inside the package, so nothing is ever downloaded.
    """
    if find_spec("bpe_openai") is None:
        return ESTIMATE
    try:
        encode = _encoder()
    except Exception:  # noqa: BLE001 -- a package that is installed and broken must not cost the user the ledger
        return ESTIMATE
    return Tokenizer(
        name=f"{_ENCODING} (bpe-openai)",
        exact=True,
        note="The tokenizer of OpenAI's models; Claude's and Gemini's are not published and count otherwise.",
        count=lambda text: len(encode(text.encode("utf-8", "replace").decode())),
    )


def _encoder() -> Callable[[str], list[int]]:
    from importlib import import_module

    with warnings.catch_warnings():
        # It opens its data by a function that Python 3.11 and 3.12 call deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        package: Any = import_module("bpe_openai")
        encoding: Any = package.get_encoding(_ENCODING)
    # `encode` refuses a text that spells a special token; this one reads it as text.
    encode = cast("Callable[[str], list[int]]", encoding.encode_ordinary)
    encode("")
    return encode
