"""The shipped scheme's arithmetic written by hand on `Fraction`: what `score` is measured against.

No reasons, no rules, no scheme: the formulas of the criteria as plain Python, the same worst and best, the same levels.
It takes a visit in which every question that is asked has an answer, and none is marked not applicable.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from greenstar.assessment.model import Visit

F: TypeAlias = Fraction
Points = dict[str, tuple[Fraction | int, int]]
Values = Mapping[str, Any]


def at_least(value: F, *steps: tuple[F, F]) -> F:
    """The points of the last edge reached."""
    points = F(0)
    for edge, worth in steps:
        if value >= edge:
            points = worth
    return points


def at_most(value: F, *steps: tuple[F, F]) -> F:
    """The points of the lowest edge kept."""
    for edge, worth in steps:
        if value <= edge:
            return worth
    return F(0)


def _steps(*pairs: tuple[str, str]) -> tuple[tuple[F, F], ...]:
    return tuple((F(edge), F(worth)) for edge, worth in pairs)


P5_10 = _steps(("0.05", "1"), ("0.1", "2"))
P5_10_20 = _steps(("0.05", "1"), ("0.1", "2"), ("0.2", "3"))
P30_50_80 = _steps(("0.3", "1"), ("0.5", "2"), ("0.8", "3"))
P50_80_95 = _steps(("0.5", "1"), ("0.8", "2"), ("0.95", "3"))
P50_80_100 = _steps(("0.5", "1"), ("0.8", "2"), ("1", "3"))
P60_80_90 = _steps(("0.6", "1"), ("0.8", "2"), ("0.9", "3"))
P40_60_80 = _steps(("0.4", "1"), ("0.6", "2"), ("0.8", "3"))
P50_80 = _steps(("0.5", "1"), ("0.8", "2"))
P50_90 = _steps(("0.5", "1"), ("0.9", "2"))
P30_60 = _steps(("0.3", "1"), ("0.6", "2"))
P10_20 = _steps(("0.1", "1"), ("0.2", "2"))
C2_4, C2_3, C5_8 = _steps(("2", "1"), ("4", "2")), _steps(("2", "1"), ("3", "2")), _steps(("5", "1"), ("8", "2"))
CHOICES: dict[str, dict[str, Fraction | int]] = {
    "policy": {"none": 0, "signed": 1, "targets": 2},
    "ems_level": {"none": 0, "procedures": 1, "audited": 2, "iso14001": 3},
    "carbon_level": {"none": 0, "inventory": 1, "target": 2, "achieved": 3},
    "fixture_grade": {"mixed": F(0), "grade2": F(1, 2), "grade1": F(1)},
    "energy_system": {"none": 0, "review": 1, "remote": 2, "alarms": 3},
    "ww_test": {"none": 0, "within_12": 1, "within_6": 2},
    "refrigerant_level": {"none": 0, "machine": 1, "log": 2, "balance": 3},
    "green_building": {"none": 0, "entry": 1, "middle": 2, "top": 3},
    "irrigation_kind": {"hose": F(0), "drip": F(1, 2), "sensor": F(1), "no_irrigation": F(1)},
    "charging_green": {"no_chargers": 0, "partly": 0, "all": 1},
    "customer_info": {"none": 0, "display": 1, "live": 2},
}


def points(v: Values) -> Points:
    """Each scored criterion that applies: its points, and the most it could have."""
    rain = v["controls_roof"] and v["rain_mm"] >= 400 and (v["has_car_wash"] or v["has_green_space"] or v["has_pool"])
    p: Points = {
        "MGT-01": (CHOICES["policy"][v["policy"]], 2),
        "MGT-02": (CHOICES["ems_level"][v["ems_level"]], 3),
        "MGT-03": (at_least(v["months_complete_n"] / v["months_due_n"], (F(3, 4), F(1)), (F(1), F(2))), 2),
        "MGT-04": (CHOICES["carbon_level"][v["carbon_level"]], 3),
        "WAT-08": (CHOICES["fixture_grade"][v["fixture_grade"]], 1),
    }
    _water(v, p, rain=rain)
    _energy(v, p)
    _waste(v, p)
    _rest(v, p)
    return p


def _water(v: Values, p: Points, *, rain: bool) -> None:
    outdoor = F(0)
    if v["has_green_space"]:
        outdoor += 2 * v["irrigated_m2"] * v["irrigation_days"] / 1000
    if "paving_m2" in v:
        outdoor += v["paving_l_m2"] * v["paving_m2"] * v["paving_washes_n"] / 1000
    if v["has_pool"]:
        outdoor += v["pool_area_m2"] * v["evaporation_mm"] / 1000
    if v["has_car_wash"]:
        outdoor += v["wash_makeup_m3"]
    if rain:
        use = v["rain_system"] == "in_use" and len(v["rain_treatment"]) == 4
        p["WAT-01"] = (0 if v["rain_system"] == "none" else 2 if use else 1, 2)
        if v["has_own_water_meter"]:
            used = F(0)
            if v["rain_system"] != "none" and v["rain_used_from"] == "meter":
                used = v["rain_used_m3"]
            elif v["rain_system"] != "none" and v["rain_used_from"] == "pump":
                used = v["rain_pump_h"] * v["rain_pump_m3_h"]
            everything = v["mains_water_m3"] + used + (v["reclaimed_m3"] if v["has_reclaimed_main"] else 0)
            p["WAT-03"] = (at_least(used / everything, *P5_10_20), 3)
    if (v["has_car_wash"] or v["has_green_space"] or v["has_pool"]) and (
        v["has_reclaimed_main"] or (v["controls_roof"] and v["rain_mm"] >= 400)
    ):
        p["WAT-04"] = (at_least(F(1) if outdoor == 0 else min(F(1), v["nonpotable_m3"] / outdoor), *P30_50_80), 3)
    _site_and_wash(v, p)


def _site_and_wash(v: Values, p: Points) -> None:
    if v["has_own_water_meter"] and v["open_24_months"]:
        share = F(0)
        if v["has_water_base"]:
            base = 100 * v["base_mains_water_m3"] / v["base_vehicles_n"]
            share = 1 - 100 * v["mains_water_m3"] / v["vehicles_served_n"] / base
        p["WAT-02"] = (at_least(share, *P5_10), 2)
    if v["controls_site"]:
        if v["runoff_known"]:
            ratio = v["runoff_pct"]
        else:
            area = F("0.85") * (v["roof_area_m2"] + v["hard_m2"]) + F("0.4") * v["permeable_m2"]
            area += F("0.15") * v["green_area_m2"]
            fits = (v["retention_m3"] >= v[f"depth_{n}_mm"] / 1000 * area for n in (70, 55))
            ratio = next((F(n, 100) for n, held in zip((70, 55), fits, strict=True) if held), F(0))
        p["WAT-05"] = (at_least(ratio, (F("0.55"), F(1)), (F("0.7"), F(2))), 2)
    if v["has_car_wash"]:
        if v["wash_method"] in ("automatic", "gun"):
            timed = v["wash_total_from"] != "meter"
            total = v["cars_washed_n"] * v["wash_l_min"] * v["wash_min"] / 1000 if timed else v["wash_total_m3"]
            p["WAT-06"] = (at_least(1 - v["wash_makeup_m3"] / total, *P60_80_90), 3)
        litres = 1000 * v["wash_makeup_m3"] / v["cars_washed_n"]
        p["WAT-07"] = (at_most(litres, (F(15), F(3)), (F(30), F(2)), (F(40), F(1))), 3)
    if v["has_own_water_meter"]:
        if v["leak_method"] == "none":
            leak = F(1)
        elif v["leak_method"] == "submeters":
            leak = max(F(0), 1 - v["submeter_sum_m3"] / v["mains_water_m3"])
        else:
            leak = v["night_m3"] / v["closed_h"] * 8760 / v["mains_water_m3"]
        p["WAT-09"] = (at_most(leak, (F("0.05"), F(1)), (F("0.1"), F(1, 2))), 1)


def _energy(v: Values, p: Points) -> None:
    power = v["grid_kwh"] + v["pv_used_kwh"]
    energy = power + (10 * v["gas_m3"] if v["uses_gas"] else 0) - (v["ev_charging_kwh"] if v["has_chargers"] else 0)
    booth = v["booth_kwh"] if v["has_paint_shop"] else 0
    heating = v["heating_kwh"] if v["has_heating"] else 0
    per_area = (energy - booth - heating) / v["floor_area_m2"]
    p["ENE-01"] = (at_most(per_area, (F(60), F(3)), (F(90), F(2)), (F(120), F(1))), 3)
    if v["open_24_months"]:
        base = v["base_energy_kwh"] / v["base_area_m2"] if v["has_base"] else F(1)
        p["ENE-02"] = (at_least(1 - energy / v["floor_area_m2"] / base, *P5_10) if v["has_base"] else 0, 2)
    p["ENE-03"] = (at_least(v["lamps_led_n"] / v["lamps_n"], (F("0.8"), F(1)), (F("0.98"), F(2))), 2)
    if v["has_showroom"]:
        density = 100 * v["showroom_light_w"] / v["showroom_m2"] / v["showroom_lux"]
        p["ENE-04"] = (at_most(density, (F("2.25"), F(2)), (F(3), F(1))), 2)
        electric = v["fleet_electric_n"] / v["fleet_n"]
        p["MOB-04"] = (at_least(electric, (F("0.3"), F(1, 2)), (F("0.6"), F(1))), 1)
    p["ENE-05"] = (at_least(F(len(v["light_controls"])), *C2_4), 2)
    p["ENE-06"] = (1 if v["cooling_c"] >= 26 and (not v["has_heating"] or v["heating_c"] <= 20) else 0, 1)
    p["ENE-07"] = (CHOICES["energy_system"][v["energy_system"]], 3)
    if v["controls_roof"]:
        pv = F(0) if v["pv_kwp"] == 0 else (v["pv_used_kwh"] + v["pv_exported_kwh"]) / power
        p["ENE-08"] = (at_least(pv, *P5_10_20), 3)
    green = min(F(1), (v["pv_used_kwh"] + v["green_trade_kwh"] + v["gec_kwh"]) / power)
    p["ENE-09"] = (at_least(green, (F("0.5"), F(1)), (F("0.8"), F(3)), (F(1), F(4))), 4)


def _waste(v: Values, p: Points) -> None:
    p["WST-01"] = (at_least(F(len(v["waste_streams"])) + (0 if v["has_workshop"] else 3), *C5_8), 2)
    recycled = F(0)
    if v["residual_from"] != "unknown":
        bins = v["residual_from"] == "bins"
        rest = v["bins_n"] * v["bin_l"] * F("0.12") if bins else v["residual_kg"]
        recycled = v["recycled_kg"] / (v["recycled_kg"] + rest)
    p["WST-02"] = (at_least(recycled, *P40_60_80), 3)
    if v["has_workshop"]:
        p["WST-03"] = (at_least(F(len(v["used_fluids"])), *C2_3), 2)
        kinds = ((10, "tyres"), (5, "bumpers"), (12, "glass"))
        taken = sum((kg * min(v[f"{k}_recycled_n"], v[f"{k}_replaced_n"]) for kg, k in kinds), F(0))
        fitted = sum((kg * v[f"{k}_replaced_n"] for kg, k in kinds), F(0))
        p["WST-04"] = (at_least(taken / fitted * (1 if v["metal_receipts"] else F("0.8")), *P50_80_95), 3)
        p["WST-05"] = (at_least(v["oil_bulk_l"] / v["oil_total_l"], *P50_80), 2)
    if v["services_nev"] and v["batteries_removed_n"] > 0:
        handed = (v["batteries_handed_n"] + v["batteries_kept_n"]) / v["batteries_removed_n"]
        p["WST-06"] = (at_least(handed, (F("0.95"), F(1)), (F(1), F(2))), 2)
    p["WST-07"] = (at_least(v["documents_paperless_n"] / v["documents_n"], *P50_90), 2)


def _rest(v: Values, p: Points) -> None:
    if v["has_workshop"] or v["has_car_wash"]:
        p["POL-01"] = (CHOICES["ww_test"][v["ww_test"]], 2)
    if v["has_paint_shop"]:
        coats = v["basecoat_water_l"] + v["basecoat_solvent_l"]
        p["POL-02"] = (at_least(v["basecoat_water_l"] / coats, *P50_80_100), 3)
    if v["has_workshop"]:
        p["POL-03"] = (CHOICES["refrigerant_level"][v["refrigerant_level"]], 3)
        p["POL-04"] = (at_least(F(len(v["spill_controls"])), *C2_4), 2)
    if v["controls_site"]:
        p["BLD-01"] = (CHOICES["green_building"][v["green_building"]], 3)
        site = v["site_area_m2"]
        green = F(0) if site == 0 else v["green_area_m2"] / site
        p["BLD-03"] = (at_least(green, (F("0.1"), F(1, 2)), (F("0.2"), F(1))), 1)
        paved = v["permeable_m2"] + v["hard_m2"]
        open_ground = F(0) if paved == 0 else v["permeable_m2"] / paved
        p["BLD-05"] = (at_least(open_ground, (F("0.3"), F(1, 2)), (F("0.5"), F(1))), 1)
    if v["fit_out_recent"]:
        share = F(len(v["materials_green"]), len(v["materials_used"]))
        p["BLD-02"] = (at_least(share, (F("0.1"), F(1, 2)), (F("0.2"), F(1)), (F("0.3"), F(2))), 2)
    if v["has_green_space"]:
        p["BLD-04"] = (CHOICES["irrigation_kind"][v["irrigation_kind"]], 1)
    if v["controls_site"] or v["has_green_space"]:
        p["BLD-06"] = (at_least(F(len(v["nature"])), *C2_4), 2)
    if v["has_parking"]:
        p["MOB-01"] = (at_least(v["charger_spaces_n"] / v["parking_n"], *P10_20), 2)
        p["MOB-02"] = (1 if v["public_dc"] else 0, 1)
        p["MOB-03"] = (CHOICES["charging_green"][v["charging_green"]], 1)
    if v["services_nev"]:
        p["MOB-05"] = (at_least(v["technicians_hv_n"] / v["technicians_n"], *P30_60), 2)
    p["ENG-01"] = (at_least(v["staff_trained_n"] / v["staff_n"], *P50_90), 2)
    p["ENG-02"] = (CHOICES["customer_info"][v["customer_info"]], 2)
    p["ENG-03"] = (1 if v["initiative"] else 0, 1)
    p["INN-01"] = (min(F(6), 2 * v["innovations_n"]), 6)
    p["INN-02"] = (2 if v["neutral_verified"] else 0, 2)
    p["INN-03"] = (2 if v["replication"] else 0, 2)


FULL = {"MGT": 10, "WAT": 20, "ENE": 22, "WST": 16, "POL": 10, "BLD": 10, "MOB": 7, "ENG": 5}


def prerequisites(v: Values) -> bool:
    """Whether every gate that applies is passed."""
    rain = v["controls_roof"] and v["rain_mm"] >= 400 and (v["has_car_wash"] or v["has_green_space"] or v["has_pool"])
    marked = (
        v["has_reclaimed_main"] or (rain and v["rain_system"] != "none") or (v["has_car_wash"] and v["wash_recycles"])
    )
    gates = [
        v["permits_ok"] and v["no_open_penalty"],
        v["officer_named"] and v["officer_reports"],
        not v["has_car_wash"] or (v["wash_meter"] and v["wash_meter_read"]),
        not marked or (v["np_marked"] and v["np_separate"]),
        v["power_monthly"] and (not v["has_chargers"] or v["ev_metered"]),
        not v["has_workshop"] or (v["hw_separate"] and v["hw_sealed"] and v["hw_signs"]),
        not v["has_workshop"] or (v["hw_licensed"] and v["hw_manifests"] and v["hw_ledger"] and v["hw_year"]),
        not v["services_nev"] or (v["nev_channel"] and v["nev_trace"] and (not v["nev_keeps"] or v["nev_room"])),
        not (v["has_workshop"] or v["has_car_wash"]) or (v["separator"] and v["sewer_permit"] and v["no_storm"]),
        not v["has_paint_shop"] or (v["booth_closed"] and v["abatement_on"] and v["media_log"]),
    ]
    return all(gates)


def total_and_level(visit: Visit) -> tuple[F, int]:
    """The total and the stars."""
    v = {**visit.facts, **visit.answers}
    earned: dict[str, F] = dict.fromkeys([*FULL, "INN"], F(0))
    available = dict.fromkeys(earned, 0)
    for name, (got, most) in points(v).items():
        earned[name[:3]] += got
        available[name[:3]] += most
    total = 100 * sum((earned[name] for name in FULL), F(0)) / sum(available[name] for name in FULL)
    total += min(F(10), earned["INN"])
    majors = sum(finding.severity == "major" and finding.closed is None for finding in visit.findings)
    gated = prerequisites(v) and majors == 0
    kept = {name for name, files in visit.evidence.items() if any(file.verified for file in files)}
    stars = 0
    for star, (least, share) in enumerate(((60, F("0.3")), (70, F("0.4")), (85, F("0.5"))), start=1):
        each = all(
            earned[name] >= share * available[name]
            for name, full in FULL.items()
            if available[name] and 2 * available[name] >= full
        )
        if gated and total >= least and each and (star < 3 or len(kept) * 10 >= 9 * (len(points(v)) + 10)):
            stars = star
    return total, stars
