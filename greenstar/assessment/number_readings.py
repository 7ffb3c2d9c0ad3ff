"""How a typed number can be read: in no way, in one, or in two.

`50.000` is 50 to one person and fifty thousand to another. Both readings are given, and whoever asks decides between
them: by what the question takes, or by asking back. A number in a file is never doubted, and does not come here.
"""

import re
from fractions import Fraction

from greenstar.numbers import read_number

_BLANKS = " \u00a0\u2007\u2009\u202f\u3000"
_SIGNS = {"．": ".", "。": ".", "｡": ".", "，": ",", "－": "-", "−": "-", "％": "%"}
_PLAIN = str.maketrans(
    dict(zip("０１２３４５６７８９", "0123456789", strict=True)) | dict.fromkeys(_BLANKS, " ") | _SIGNS
)
_DECIMAL = re.compile(r"-?[0-9]+([.,][0-9]+)?", re.ASCII)
_GROUPED = re.compile(r"(-?[1-9][0-9]{0,2}(?P<mark>[ .,])[0-9]{3}(?:(?P=mark)[0-9]{3})*)(?:(?!(?P=mark))[.,]([0-9]+))?")
_BEFORE_A_GROUP = re.compile(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", re.ASCII)
_DECIMALS_LIKE_A_GROUP = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", re.ASCII)


def plain_signs(text: str) -> str:
    """`text` without blanks around, with ASCII digits, signs and blanks for full-width and typographic ones.

    Line ends and tabs stay, as they part cells; so do superscripts, which are other numbers.
    """
    return text.translate(_PLAIN).strip(" ")


def number_readings(text: str) -> tuple[Fraction, ...]:
    """The numbers that `text`, in plain signs, can mean: none, one, or two.

    Two where a single `.` or `,` has exactly three digits behind it and one to three before it, the first no 0: first
    with decimals, then in groups of three. Blanks stand only between groups of three.
    """
    readings = [_with_decimals(text), _in_groups(text)]
    return tuple(reading for reading in readings if reading is not None)


def _with_decimals(text: str) -> Fraction | None:
    return read_number(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else None


def _in_groups(text: str) -> Fraction | None:
    match = _GROUPED.fullmatch(text)
    if match is None:
        return None
    whole, mark, decimals = match.groups()
    digits = whole.replace(mark, "")
    return read_number(digits if decimals is None else f"{digits}.{decimals}")


def undoubted(text: str) -> str:
    """Digits with a decimal point, spelled so that they are not taken for a group of three: `50.125` as `50.1250`."""
    return f"{text}0" if _DECIMALS_LIKE_A_GROUP.fullmatch(text) else text


def grouped(text: str) -> str:
    """Digits with or without a decimal point in groups of three, parted by blanks: `12345.5` as `12 345.5`."""
    whole, point, decimals = text.partition(".")
    return f"{_BEFORE_A_GROUP.sub(' ', whole)}{point}{decimals}"
