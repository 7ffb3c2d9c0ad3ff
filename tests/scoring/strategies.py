"""Small schemes and visits that nobody thought of: plain trees, as a file would hold them."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from greenstar.assessment.model import Evidence, Finding, Store, Visit
from greenstar.scheme.loader import scheme_from_json
from greenstar.scheme.model import Scheme
from tests.builders import answer

Tree = dict[str, Any]
Draw = st.DrawFn

POLICIES = ["exclude", "award", "zero", "forbid"]
FIGURES = st.integers(-2, 24).map(lambda half: Decimal(half) / 2)
WEIGHTS = st.sampled_from([1, 2, 3, Decimal("0.5"), Decimal("12.5")])
APPLIES = ["f", "not f", "n > 3", "f or n > 3", "f and n >= m", "v > 2", "n / m > 1", "m > 2 or f"]
WHENS = [
    *("total > 8", "n >= 3", "not_applicable_points < 5", "total < 30 or f", "excused_points <= 4"),
    *("k == 0", "k >= 1", "w < 3", "not (w >= 2 and k > 0)", "w != 1 or total > 5", "v > 3", "total + k > 2"),
    *('years("2023-05-12", visited) >= 3', 'months(visited, "2026-05-12") < 3 or k > 1'),
]
WHERE_APPLIES = {"min": "40%", "where_applies": "60%"}
VISITED = ["2026-05-12", "2025-02-28"]


def plain(tree: Any) -> Any:
    """A tree as the strict reader sees it: every scalar a text."""
    if isinstance(tree, dict):
        return {key: plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [plain(value) for value in tree]
    return str(tree).lower() if isinstance(tree, bool) else str(tree)


def made(tree: Tree) -> Scheme:
    """The scheme of a tree."""
    return scheme_from_json(json.dumps(plain(tree)))


def visited(tree: Tree) -> Visit:
    """The visit of a tree."""
    return Visit(
        store=Store("S", "S"),
        facts={name: answer(value) for name, value in tree["facts"].items()},
        answers={name: answer(value) for name, value in tree["answers"].items()},
        visited=date.fromisoformat(tree["visited"]) if tree.get("visited") else None,
        not_applicable=tree["not_applicable"],
        evidence={name: (Evidence("photo.jpg", verified=True),) for name in tree["evidence"]},
        findings=tuple(
            Finding("c0", severity, "seen", follows="earlier" if taken_over else "")
            for severity, taken_over in tree["findings"]
        ),
    )


# -- schemes -----------------------------------------------------------------------------------------------------


@st.composite
def schemes(draw: Draw) -> Tree:
    """A scheme of one to three categories with up to a dozen criteria, and levels."""
    ids: list[str] = []
    categories = [draw(groups(f"G{index}", ids, nested=True)) for index in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        bonus = draw(groups("BON", ids, nested=False))
        bonus.pop("weight", None)
        categories.append({**bonus, "bonus": True, "max": draw(st.integers(1, 20))})
    scoring: Tree = {"method": draw(st.sampled_from(["sum", "sum", "mean", "min", "geometric"]))}
    if draw(st.booleans()):
        scoring["points"] = draw(st.sampled_from([10, 100, 400]))
    tree: Tree = {
        "scheme": "invented",
        "version": "1",
        "title": "t",
        "languages": ["en"],
        "scoring": scoring,
        "facts": {
            "f": {"type": "boolean", "ask": "q"},
            "n": {"type": "number", "ask": "q"},
            "m": {"type": "number", "ask": "q", "ask_if": "f"},
        },
        "values": {"v": {"of": "n * 2 if f else m", "title": "t"}, **draw(counts(categories, ids))},
        "categories": categories,
    }
    tree["levels"] = draw(levels(tree, ids))
    return tree


@st.composite
def counts(draw: Draw, categories: list[Tree], ids: list[str]) -> Tree:
    """Named quantities over the answers and points of criteria: `k` and `w`, which levels read."""
    rows = [criterion for group in leaves(categories) for criterion in group["criteria"]]
    terms = []
    for row in rows:
        match row.get("type"):
            case "boolean":
                terms.append(f'(1 if answer("{row["id"]}") else 0)')
            case "choice":
                terms.append(f'(1 if answer("{row["id"]}") == "r" else 0)')
    if any(row.get("type") == "choice" for row in rows):
        terms.append('chosen("r")')
    scored = [name for name in ids if not name.startswith("gate")]
    terms += [f'{function}("{name}")' for name in scored for function in ("points", "share")]
    chosen = draw(st.lists(st.sampled_from(terms), min_size=1, max_size=3, unique=True)) if terms else ["1"]
    return {
        "k": {"of": " + ".join(chosen), "title": "t"},
        "w": {
            "of": draw(st.sampled_from(["k * 2 - 1", "max(k, 1) / n", "k if f else 3", "-abs(k - 2)"])),
            "title": "t",
        },
    }


@st.composite
def groups(draw: Draw, name: str, ids: list[str], *, nested: bool) -> Tree:
    method = draw(st.sampled_from(["sum", "sum", "sum", "mean", "min", "geometric"]))
    group: Tree = {"category": name, "title": "t", "method": method}
    if draw(st.booleans()):
        group["weight"] = draw(WEIGHTS)
    if draw(st.booleans()):
        group["points"] = draw(st.sampled_from([1, 18, 100]))
    if nested and draw(st.integers(0, 3)) == 0:
        group["categories"] = [draw(groups(f"{name}.{index}", ids, nested=False)) for index in range(2)]
        return weighted_if_it_earns(group)
    weighted = draw(st.booleans())
    policies = POLICIES if weighted or method != "sum" else [*POLICIES, "redistribute", "redistribute"]
    group["criteria"] = []
    for _ in range(draw(st.integers(1, 3))):
        criterion = draw(criteria(ids))
        criterion["not_applicable"] = draw(st.sampled_from(policies))
        if weighted and not criterion.get("prerequisite") and criterion["points"]:
            criterion["weight"] = draw(WEIGHTS)
        group["criteria"].append(criterion)
    return weighted_if_it_earns(group)


def weighted_if_it_earns(group: Tree) -> Tree:
    """The group, without a weight where nothing in it has points: that is refused."""
    if not any(criterion.get("points") for leaf in leaves([group]) for criterion in leaf["criteria"]):
        group.pop("weight", None)
    return group


@st.composite
def criteria(draw: Draw, ids: list[str]) -> Tree:
    scored = [name for name in ids if not name.startswith("gate")]
    kinds = ["steps", "steps", "line", "plain", "ratio", "boolean", "choice", "multiple", "asked", "fact", "gate"]
    kind = draw(st.sampled_from([*kinds, "look_up"] if scored else kinds))
    index = len(ids)
    identifier = f"num{index}" if kind in ("steps", "line", "plain") else f"c{index}"
    most = draw(st.sampled_from([0, 1, 3, 10, 10, Decimal("2.5")]))
    made: Tree = {"id": identifier, "title": "t", "points": most}
    if draw(st.integers(0, 3)) == 0:
        earlier = [f'answer("{name}")' for name in ids if name.startswith("gate")]
        earlier += [f'answer("{name}") > 1' for name in ids if name.startswith("num")]
        earlier += [f'share("{name}") > 0.3' for name in scored]
        made["applies_if"] = draw(st.sampled_from([*APPLIES, *earlier, *earlier[-3:]]))
    if draw(st.booleans()):
        made["evidence"] = ["photo"]
    figure = {"type": "number", "ask": "q"}
    match kind:
        case "steps" | "line":
            way = "linear" if kind == "line" else draw(st.sampled_from(["at_least", "at_most"]))
            edges = draw(st.lists(FIGURES, min_size=1, max_size=3, unique=True))
            worth = [draw(st.sampled_from([0, most, Decimal(str(most)) / 2])) for _ in edges]
            made |= {**figure, "score": {way: dict(zip(map(str, edges), worth, strict=True))}}
        case "plain":
            made |= {**figure, "score": {"of": f'answer("{identifier}")'}}
        case "ratio":
            made["questions"] = {f"x{index}": figure, f"y{index}": figure}
            made["score"] = {"of": f"x{index} / y{index} * {most}"}
        case "boolean":
            made |= {"type": "boolean", "ask": "q"}
        case "choice" | "multiple":
            options = {
                name: {"label": "l", "points": draw(st.sampled_from([0, most, Decimal(str(most)) / 4]))}
                for name in "rst"
            }
            made |= {"type": kind, "ask": "q", "options": options}
        case "asked":
            made["questions"] = {
                f"b{index}": {"type": "boolean", "ask": "q"},
                f"z{index}": {**figure, "ask_if": draw(st.sampled_from([f"b{index}", "f", f"b{index} or f"]))},
            }
            made["score"] = {"of": f"z{index} if b{index} else 1"}
        case "fact":
            made["score"] = {"of": draw(st.sampled_from(["n", "n - v", "v / n", "max(n, 2) if f else 1"]))}
        case "look_up":
            function = draw(st.sampled_from(["points", "share"]))
            made["score"] = {"of": f'{function}("{draw(st.sampled_from(scored))}") * 2'}
        case _:
            identifier = made["id"] = f"gate{index}"
            del made["points"]
            made |= {"type": "boolean", "ask": "q", "prerequisite": True}
    ids.append(identifier)
    return made


@st.composite
def levels(draw: Draw, tree: Tree, ids: list[str]) -> list[Tree]:
    """Three levels; besides a rising total, a requirement stands in one of them only."""
    names = [group["category"] for group in tree["categories"]]
    points = {
        criterion["id"]: criterion["points"]
        for group in leaves(tree["categories"])
        for criterion in group["criteria"]
        if "points" in criterion
    }
    chosen = draw(st.sampled_from(ids))
    least = draw(st.sampled_from([0, 5, 20, "10%", "40%"]))
    kinds: list[Tree] = [
        {"each_category": draw(st.sampled_from(["20%", 3, {"min": "50%", "except": names[:1]}, WHERE_APPLIES]))},
        {"categories": {draw(st.sampled_from(names)): draw(st.sampled_from(["30%", 2]))}},
        {"any_of": {"at_least": 1, "of": sorted({chosen, ids[0]})}},
        {"findings": {"major": 0, "minor": 1, "repeated": 0}},
        {"complete": True},
        {"prerequisites": "none"},
        {"when": draw(st.sampled_from(WHENS))},
        {"excused": draw(st.sampled_from([0, 3, 8, "10%", "25%", "50%"]))},
        {"evidence": draw(st.sampled_from(["40%", "80%"]))},
        {"level": "low"},
        {"criteria": {name: Decimal(worth) / 2 for name, worth in points.items()}},
    ]
    high: Tree = {"total": least}
    for requirement in draw(st.lists(st.sampled_from(kinds), max_size=3)):
        high |= requirement
    return [
        {"id": "low", "title": "t", "requires": {"total": least}},
        {"id": "high", "title": "t", "requires": high},
    ]


def leaves(roots: list[Tree]) -> list[Tree]:
    """The groups that hold criteria."""
    return [leaf for group in roots for leaf in (leaves(group["categories"]) if "categories" in group else [group])]


# -- visits ------------------------------------------------------------------------------------------------------


@st.composite
def visits(draw: Draw, tree: Tree, *, complete: bool = False) -> Tree:
    """A visit: some or (`complete`) all facts and answers, and a few marks of the assessor."""
    asked: Tree = {}
    away: dict[str, str] = {}
    for group in leaves(tree["categories"]):
        for criterion in group["criteria"]:
            asked |= {criterion["id"]: criterion} if "ask" in criterion else criterion.get("questions", {})
            if criterion["not_applicable"] != "forbid" and draw(st.integers(0, 5)) == 0:
                away[criterion["id"]] = "not there"
    asking = [criterion["id"] for leaf in leaves(tree["categories"]) for criterion in leaf["criteria"]]
    return {
        "facts": {
            name: value(draw, question)
            for name, question in tree["facts"].items()
            if complete or draw(st.integers(0, 4))
        },
        "answers": {
            name: value(draw, question) for name, question in asked.items() if complete or draw(st.integers(0, 3))
        },
        "not_applicable": away,
        "findings": [
            (draw(st.sampled_from(["major", "minor"])), draw(st.booleans()))
            for _ in range(draw(st.integers(0, 3)) // 3)
        ],
        "evidence": {name: [True] for name in asking if draw(st.booleans())},
        "visited": draw(st.sampled_from(VISITED if complete else [None, *VISITED])),
    }


def value(draw: Draw, question: Tree) -> Any:
    """An answer to a question."""
    match question["type"]:
        case "boolean":
            return draw(st.booleans())
        case "number":
            return Fraction(draw(FIGURES))
        case "choice":
            return draw(st.sampled_from("rst"))
        case _:
            return sorted(draw(st.sets(st.sampled_from("rst"))))
