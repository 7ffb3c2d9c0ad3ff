"""The order of cycles: by the whole numbers in them in turn, then by their text; those without a number come first.

And the cycle that follows another by its pattern.
"""

import re

from greenstar.text import folded

_NUMBER = re.compile("[0-9]+")
_PART_OF_YEAR = re.compile("([0-9]{4})(.*?)(?:H([12])|Q([1-4])|第([1-4])季度)(.*)", re.IGNORECASE)
_LAST_PART = {3: "2", 4: "4", 5: "4"}  # by the group of the pattern that it stands in
_HALVES = ("上半年", "下半年")


def cycle_key(cycle: str) -> str:
    """What cycles are ordered by, as texts; the same for two spellings of one cycle: `0042026 2026`.

    Each number stands behind how many digits it has, so that 9 comes before 10.
    """
    text = folded(cycle)
    numbers = (digits.lstrip("0") for digits in _NUMBER.findall(text))
    return "".join(f"{len(number):03}{number}" for number in numbers) + " " + text


def next_cycle(cycle: str) -> str:
    """The cycle after this one, as its text suggests: 2027 after 2026, 2027-H1 after 2026-H2, 26/27 after 25/26.

    What has no number is given one.
    """
    part = _PART_OF_YEAR.fullmatch(cycle)
    if part is not None:
        return _next_part(cycle, part)
    if _HALVES[0] in cycle:
        return cycle.replace(*_HALVES)
    text = cycle.replace(_HALVES[1], _HALVES[0])
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return f"{cycle} 2"
    chosen = numbers[:1] if text != cycle else numbers[-2:] if _follow(numbers) else numbers[-1:]
    for number in reversed(chosen):
        text = text[: number.start()] + _raised(number[0]) + text[number.end() :]
    return text


def _next_part(cycle: str, part: re.Match[str]) -> str:
    """The next half or quarter of a year; after the last the first of the next year."""
    group = next(index for index in _LAST_PART if part[index])
    last = part[group] == _LAST_PART[group]
    following = "1" if last else str(int(part[group]) + 1)
    text = cycle[: part.start(group)] + following + cycle[part.end(group) :]
    return _raised(part[1]) + text[part.end(1) :] if last else text


def _follow(numbers: list[re.Match[str]]) -> bool:
    """Whether the last two numbers are years that follow each other: 2025/26."""
    if len(numbers) <= 1:
        return False
    before, after = (number[0] for number in numbers[-2:])
    return len(before) > 1 and _raised(before).endswith(after)


def _raised(number: str) -> str:
    """One more, in as many digits."""
    return f"{int(number) + 1:0{len(number)}}"
