"""The order of cycles: by the whole numbers in them in turn, then by their text; those without a number come first."""

import re

from greenstar.text import folded

_NUMBER = re.compile("[0-9]+")


def cycle_key(cycle: str) -> str:
    """What cycles are ordered by, as texts; the same for two spellings of one cycle: `0042026 2026`.

    Each number stands behind how many digits it has, so that 9 comes before 10.
    """
    text = folded(cycle)
    numbers = (digits.lstrip("0") for digits in _NUMBER.findall(text))
    return "".join(f"{len(number):03}{number}" for number in numbers) + " " + text
