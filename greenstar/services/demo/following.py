"""Figures of invented visits that decide no points: they follow from those that do, so that the whole fits together.

They are drawn by themselves: what decides points is drawn as if they were not asked.
"""

from collections.abc import Mapping
from random import Random
from typing import Any

from greenstar.assessment.model import Answer, Visit

FOLLOWING = frozenset(("base_grid_kwh", "base_gas_m3", "base_petrol_l", "petrol_l", "hw_kg"))


def following_figures(visit: Visit) -> Mapping[str, float]:
    """What follows from the other answers of the visit, whether it is asked or not; the same store, the same spread."""
    own = Random(f"{visit.store.code} {visit.cycle}")  # noqa: S311 - invented data
    energy = _figure(visit.answers, "base_energy_kwh")
    gas = min(_figure(visit.answers, "gas_m3") * own.uniform(0.95, 1.2), energy / 30)  # at most a third of the energy
    own_power = _figure(visit.answers, "pv_used_kwh") * own.random()  # some of it was built since
    cars, electric = (_figure(visit.answers, name) for name in ("fleet_n", "fleet_electric_n"))
    return {
        "base_gas_m3": gas,
        "base_grid_kwh": max(energy - 10 * gas - own_power, energy / 2),
        "base_petrol_l": cars * own.uniform(500, 1000),  # fewer of them were electric
        "petrol_l": max(0.0, cars - electric) * own.uniform(500, 1000),
        "hw_kg": _figure(visit.answers, "oil_total_l") * own.uniform(0.85, 1.2),  # used oil, filters, lead batteries
    }


def _figure(answers: Mapping[str, Answer], name: str) -> float:
    value: Any = answers.get(name, 0)
    return float(value)
