"""Where the key comes from that somebody is to be trusted by: a file, standard input, or what was typed."""

import sys
from pathlib import Path

from greenstar.errors import BadInput, reason_of

_MOST_BYTES = 100_000
_MOST_SHOWN = 300  # characters of what was typed


def key_text(named: str, *, or_name: bool = False) -> str:
    """The text of a key: `-` is standard input, a key stands for itself, anything else is a file's name.

    `or_name`: where there is no such file it is whatever else says who is meant. BadInput: it cannot be read.
    """
    if named == "-":
        return sys.stdin.read(_MOST_BYTES)
    if "ssh-" in named and " " in named:
        return named
    try:
        file = Path(named)
        if or_name and not file.is_file():
            return named
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:
            raise BadInput("trust.no_key_file", named=named[:_MOST_SHOWN])
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("trust.no_key", count=0) from error
    except (OSError, ValueError) as error:
        raise BadInput("trust.key_unreadable", named=named[:_MOST_SHOWN], reason=reason_of(error)) from error
