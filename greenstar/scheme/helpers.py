"""What helps to answer a question (`helper`): a flow from litres and seconds, or the difference of two readings."""

from collections.abc import Mapping
from fractions import Fraction

from greenstar.i18n.phrase import Text
from greenstar.text import folded

FLOW_UNITS: Mapping[str, Fraction] = {
    "L/s": Fraction(1),
    "L/min": Fraction(60),
    "L/h": Fraction(3600),
    "m³/h": Fraction("3.6"),
}
"""The units that a flow may have, with how many of them one litre a second is."""

_FACTORS = {folded(unit): factor for unit, factor in FLOW_UNITS.items()}


def flow_factor(unit: Text | None) -> Fraction | None:
    """How many of a unit one litre a second is; None: it is the unit of no flow, in whichever language."""
    words = unit.by_language.values() if unit is not None else ()
    return next((factor for factor in map(_FACTORS.get, map(folded, words)) if factor is not None), None)
