"""A report's page of what comes next: each gate of the next level, the ways there, what every criterion would bring."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from greenstar.assessment.model import Finding
from greenstar.i18n.phrase import Phrase, Quantity, Text
from greenstar.numbers import ZERO
from greenstar.reports.views.criteria import criterion_result
from greenstar.reports.views.figures import Figure
from greenstar.reports.views.ways import WaysView, ways_view
from greenstar.scheme.model import Scheme
from greenstar.scheme.parts import points_of
from greenstar.scoring.edges import ScorecardEdges
from greenstar.scoring.explain.requirements import every_requirement, held_sentence
from greenstar.scoring.explain.unmet import needed_and_actual, unmet_sentence
from greenstar.scoring.groups import now
from greenstar.scoring.partial_sums import PartialSums
from greenstar.scoring.scorecard import Outcome, Unmet
from greenstar.services.results.report import ReportMaterial

_TOGETHER = ("prerequisites", "each_category")  # those that hold share a line


@dataclass(frozen=True)
class GateLine:
    """One thing that a level asks for, whether it holds, and what there is (None: the sentence says it)."""

    sentence: Phrase
    holds: bool
    actual: Phrase | Quantity | None = None


@dataclass(frozen=True)
class Goal:
    """The next level with all that it asks for; where the highest is `held`, that one with what keeps it."""

    title: Text
    stars: int
    held: bool
    possible: bool
    gates: tuple[GateLine, ...]


@dataclass(frozen=True)
class Gain:
    """By how much one criterion in full would lift the total, and how many peers (`having` of `of`) have it so."""

    id: str
    title: Text
    gain: Figure
    reason: Phrase
    having: int
    of: int


@dataclass(frozen=True)
class FindingView:
    """A finding at a criterion. `again`: it was open at the last visit already."""

    criterion: str
    title: Text | str
    severity: str
    text: str
    action: str
    owner: str
    due: date | None
    closed: date | None
    again: bool


@dataclass(frozen=True)
class NextView:
    """All of the page. `goal` is None where the scheme has no levels. `gains`: the greatest first.

    `totals`: what the way and each other way would bring the total to; unknown where rules read the points of others.
    """

    goal: Goal | None
    ways: WaysView | None
    totals: tuple[Figure, ...]
    gains: tuple[Gain, ...]
    open_findings: tuple[FindingView, ...]
    closed_findings: tuple[FindingView, ...]


def next_view(material: ReportMaterial) -> NextView:
    """What keeps the next level, and what would bring it."""
    scheme, card, ways = material.scheme, material.card, material.ways
    findings = [_finding(scheme, finding) for finding in material.visit.findings]
    sums = PartialSums(scheme, material.standing.scores, now, material.standing.now)
    return NextView(
        goal=_goal(material) if card.levels else None,
        ways=None if ways is None else ways_view(scheme, card, ways),
        totals=tuple(_totals(material, sums)),
        gains=tuple(_gains(material, sums)),
        open_findings=tuple(sorted((each for each in findings if each.closed is None), key=_first_due)),
        closed_findings=tuple(each for each in findings if each.closed is not None),
    )


def _first_due(finding: FindingView) -> tuple[bool, date]:
    return (finding.due is None, finding.due or date.max)


def _finding(scheme: Scheme, finding: Finding) -> FindingView:
    criterion = scheme.criteria.get(finding.criterion)
    return FindingView(
        criterion=finding.criterion,
        title=criterion.title if criterion is not None else "",
        severity=finding.severity,
        text=finding.text,
        action=finding.action,
        owner=finding.owner,
        due=finding.due,
        closed=finding.closed,
        again=bool(finding.follows),
    )


# -- the gates of the next level


def _goal(material: ReportMaterial) -> Goal:
    scheme, card = material.scheme, material.card
    result = card.next_level or card.levels[-1]
    level = scheme.level_by_id[result.id]
    holding = {known.id for known in card.levels if known.holds}
    wanted = every_requirement(material.standing, level.requires, holding)
    edges = ScorecardEdges(scheme, card)
    lines = tuple(_gate_lines(material, edges, wanted, result.unmet))
    return Goal(level.title, level.stars, result.holds, result.possible, lines)


def _gate_lines(
    material: ReportMaterial, edges: ScorecardEdges, wanted: Sequence[Unmet], unmet: Sequence[Unmet]
) -> Iterator[GateLine]:
    """A line each, those that are lacking first; prerequisites and categories that hold share one."""
    for lacking in (requirement for requirement in wanted if requirement in unmet):
        yield _gate_line(material, edges, lacking, holds=False)
    held = [requirement for requirement in wanted if requirement not in unmet]
    for requirement in held:
        alike = [other for other in held if other.requirement == requirement.requirement]
        if requirement.requirement not in _TOGETHER or len(alike) == 1:
            yield _gate_line(material, edges, requirement, holds=True)
        elif requirement is alike[0]:
            others = any(lacking.requirement == requirement.requirement for lacking in unmet)
            yield _held_together(material, edges, alike, others=others)


def _gate_line(material: ReportMaterial, edges: ScorecardEdges, requirement: Unmet, *, holds: bool) -> GateLine:
    if requirement.requirement == "total" and requirement.needed is not None:
        figures = needed_and_actual(requirement, edges.requirement(requirement))
        sentence = Phrase("report.gate_total", needed=figures["needed"])
        return GateLine(sentence, holds, figures["actual"] if holds else _missing(requirement))
    if not holds:
        return GateLine(unmet_sentence(edges, requirement), holds)
    return GateLine(held_sentence(material.standing, edges, requirement), holds)


def _missing(requirement: Unmet) -> Phrase:
    missing = (requirement.needed or ZERO) - (requirement.actual or ZERO)
    return Phrase("report.missing", points=Figure(missing, (ZERO,), percent=requirement.percent).quantity)


def _held_together(
    material: ReportMaterial, edges: ScorecardEdges, alike: Sequence[Unmet], *, others: bool
) -> GateLine:
    """A line for all that hold; `others`: some of their kind do not."""
    scheme, card = material.scheme, material.card
    if alike[0].requirement == "prerequisites":
        key = "report.gate_prerequisites_others" if others else "report.gate_prerequisites"
        applying = sum(card.criteria[each.subject].outcome is Outcome.MET for each in alike)
        return GateLine(Phrase(key, count=applying), holds=True)
    key = "report.gate_categories_others" if others else "report.gate_categories"
    lowest = min(alike, key=lambda each: each.actual or ZERO)
    figures = needed_and_actual(lowest, edges.requirement(lowest))
    actual = Phrase("report.lowest", title=scheme.groups[lowest.subject].title, actual=figures["actual"])
    return GateLine(Phrase(key, needed=figures["needed"]), holds=True, actual=actual)


# -- what each criterion would bring


def _totals(material: ReportMaterial, sums: PartialSums) -> Iterator[Figure]:
    """The total after each way: as far as each step's criterion comes, of what it counts for here."""
    ways, scheme, scores = material.ways, material.scheme, material.standing.scores
    edges = ScorecardEdges(scheme, material.card).total()
    for way in [] if ways is None or ways.way is None else [ways.way, *ways.instead]:
        points = {
            step.criterion: step.after / points_of(scheme.criteria[step.criterion]) * scores[step.criterion].available
            for step in way.steps
            if step.after is not None and points_of(scheme.criteria[step.criterion])
        }
        known = ways is not None and not ways.unplanned and bool(points)
        yield Figure(sums.with_points(points).total if known else None, edges)


def _gains(material: ReportMaterial, sums: PartialSums) -> Iterator[Gain]:
    """Of the criteria that lack points, those that move the total."""
    standing, card, scheme, peers = material.standing, material.card, material.scheme, material.peers
    before = card.total or ZERO
    gains: list[tuple[Fraction, str]] = []
    for name, score in standing.scores.items():
        if score.applies and score.earned < points_of(scheme.criteria[name]):
            gains.append(((sums.with_points({name: score.available}).total or ZERO) - before, name))
    for gain, name in sorted(gains, key=lambda pair: -pair[0]):
        if gain > 0:
            criterion = scheme.criteria[name]
            yield Gain(
                id=name,
                title=criterion.title,
                gain=Figure(gain),
                reason=criterion_result(scheme, standing.scores[name]).reason,
                having=peers.with_at_least(name, points_of(criterion)),
                of=len(peers.points.get(name, ())),
            )
