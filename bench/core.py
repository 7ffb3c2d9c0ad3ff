"""Figures of the core: reading a scheme, evaluating a rule, scoring a visit."""

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from bench.handwritten_baseline import total_and_level
from bench.measure import Effort, Figure, in_turn, repeated
from greenstar.assessment.model import Visit
from greenstar.errors import BadFile
from greenstar.ranking.ways.way import Ways, ways_to
from greenstar.resources import SHIPPED_SCHEME
from greenstar.scheme.levels import Level
from greenstar.scheme.loader import read_scheme
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import rules_of
from greenstar.scheme.rules.evaluation import evaluate
from greenstar.scheme.rules.expression import Rule
from greenstar.scheme.yaml_tree import parse
from greenstar.scoring.score import score, standing_of, work_out
from greenstar.services.visit.answers_files import open_answers


def figures(effort: Effort) -> Iterator[Figure]:
    """Each figure, as it is measured."""
    yield _reading(effort)
    yield _rule(effort)
    yield _scoring(effort)
    yield _way(effort)
    yield _refusing(effort)


def _read_with_rules() -> None:
    """The shipped scheme, with every rule compiled."""
    scheme = read_scheme(SHIPPED_SCHEME)
    for criterion in scheme.criteria.values():
        for rule in rules_of(criterion):
            rule.calculate  # noqa: B018  compiled when first asked for


def _load_plainly() -> None:
    for path in sorted(SHIPPED_SCHEME.glob("*.yaml")):
        yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _reading(effort: Effort) -> Figure:
    ours, bare = in_turn(_read_with_rules, _load_plainly, effort)
    return Figure("reading the shipped scheme, rules compiled", "CSafeLoader on the same files", ours, bare, 2)


def _rule(effort: Effort) -> Figure:
    rule = Rule("1 - fresh / total if total > 0 else 0")
    values = {"fresh": Fraction(196), "total": Fraction(980)}

    def plain(fresh: Fraction, total: Fraction) -> Fraction:
        return 1 - fresh / total if total > 0 else Fraction(0)

    times = effort.of(20_000)
    ours, bare = in_turn(
        repeated(lambda: evaluate(rule, values, {}), times), repeated(lambda: plain(**values), times), effort
    )
    return Figure("evaluating one rule", "the same as a plain function on Fraction", ours, bare, 3)


def _refusing(effort: Effort) -> Figure:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "visit.yaml"
        unknown = "".join(f"  q{number}: 1\n" for number in range(effort.of(60_000)))
        path.write_text(f"store: {{code: S}}\nanswers:\n  fresh_m3: 1\n{unknown}", encoding="utf-8")
        ours, reading = in_turn(
            lambda: _refused(path),
            lambda: parse(path.read_text(encoding="utf-8"), str(path)),
            effort.most_rounds(3),
        )
    return Figure("refusing an answers file with 60,000 unknown questions", "reading its YAML", ours, reading, 2)


def _refused(path: Path) -> None:
    scheme = read_scheme(SHIPPED_SCHEME)
    with suppress(BadFile):
        list(open_answers([path], lambda _name, _base: scheme))


def _scoring(effort: Effort) -> Figure:
    scheme = read_scheme(SHIPPED_SCHEME)
    (file,) = open_answers([SHIPPED_SCHEME / "examples" / "wuxi.yaml"], lambda _name, _base: scheme)
    _agree(scheme, file.path)
    times = effort.of(50)
    ours, bare = in_turn(
        repeated(lambda: score(scheme, file.visit), times), repeated(lambda: total_and_level(file.visit), times), effort
    )
    return Figure("scoring one visit of 60 criteria, with reasons", "the same arithmetic by hand", ours, bare, 4)


def _way(effort: Effort) -> Figure:
    """The median of the examples that have a level above."""
    scheme, times = read_scheme(SHIPPED_SCHEME), effort.of(20)
    files = open_answers(sorted((SHIPPED_SCHEME / "examples").glob("*.yaml")), lambda _name, _base: scheme)
    measured = []
    for visit in [file.visit for file in files]:
        following = score(scheme, visit).next_level
        if following is None:
            continue
        level = next(level for level in scheme.levels if level.id == following.id)
        way, bare = in_turn(
            repeated(partial(_way_of, scheme, visit, level), times),
            repeated(partial(score, scheme, visit), times),
            effort,
        )
        measured.append(Figure("the way to the next level, shipped scheme (median)", "one score()", way, bare, 5))
    return sorted(measured, key=lambda figure: figure.ratio)[len(measured) // 2]


def _way_of(scheme: Scheme, visit: Visit, level: Level) -> Ways:
    return ways_to(standing_of(scheme, visit, work_out(scheme, visit)), level, instead=0)


def _agree(scheme: Scheme, example: Path) -> None:
    """A baseline that calculates something else would be none."""
    (file,) = open_answers([example], lambda _name, _base: scheme)
    card = score(scheme, file.visit)
    assert total_and_level(file.visit) == (card.total, card.stars), (total_and_level(file.visit), card.total)
