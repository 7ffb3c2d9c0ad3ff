"""Texts that are known already and are offered under a field: those that fit, and the next of them."""

from collections.abc import Sequence

from greenstar.i18n.catalogue import Catalogue
from greenstar.text import folded

_MOST_SHOWN = 8


def fitting_texts(known: Sequence[str], typed: str) -> list[str]:
    """The known texts that hold what is typed, first those that begin so; all of them where one stands there."""
    typed = folded(typed)
    if any(folded(text) == typed for text in known):
        return list(known)
    fitting = [text for text in known if typed in folded(text)]
    return sorted(fitting, key=lambda text: not folded(text).startswith(typed))


def listed_texts(fitting: Sequence[str], catalogue: Catalogue) -> str:
    """The first few of them, how many more there are, and the keys that pick one; nothing where none fits."""
    shown = fitting[:_MOST_SHOWN]
    if not shown:
        return ""
    more = len(fitting) - len(shown)
    listed = "  ".join(shown) + (f"  {catalogue.say('tui.more', count=more)}" if more else "")
    return catalogue.say("life.pick", choices=listed)


def beside(fitting: Sequence[str], typed: str, by: int) -> str:
    """The text so many after what is typed, around the ends; the first or the last where none of them is typed."""
    at = next((index for index, text in enumerate(fitting) if folded(text) == folded(typed)), None)
    return fitting[(0 if by > 0 else -1) if at is None else (at + by) % len(fitting)]
