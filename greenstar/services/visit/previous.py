"""The visit of the last cycle, for a re-visit: shown beside the fields, and never counted until it is confirmed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from greenstar.assessment.model import Answer, Finding, Visit
from greenstar.numbers import exact_figure
from greenstar.scheme.model import Scheme
from greenstar.services.schemes import registry
from greenstar.services.schemes.carried import carried_answers, carried_row
from greenstar.services.schemes.refit import taken
from greenstar.services.visit.codec import load
from greenstar.services.visit.worked_visit import WorkedVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols import Row
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.storage.protocols.storage import Storage


@dataclass(frozen=True)
class Previous:
    """What the last cycle's visit said: answers, open findings, shares by category.

    `answers` are those that were asked for then, and that this scheme still takes.
    `findings` are rows of the storage, with `found_at` and `by`; `left_behind` those at criteria that are no more.
    `version`: of the rules it was scored by, where they are others than now.
    """

    cycle: str
    assessor: str
    visited: date | None
    answers: Mapping[str, Answer]
    findings: tuple[Row, ...] = ()
    left_behind: tuple[Row, ...] = ()
    shares: Mapping[str, Fraction | None] = field(default_factory=dict)
    version: str = ""


@dataclass(frozen=True)
class Rechecked:
    """Of the questions that were answered last time and are asked now: how many have the same answer, or another."""

    same: int
    changed: int
    left: tuple[str, ...]

    @property
    def asked(self) -> int:
        """How many there are."""
        return self.same + self.changed + len(self.left)


def last_visit(workspace: Workspace, store: str, cycle: str, scheme: Scheme) -> Previous | None:
    """The visit that counts of a store's last cycle before this one, under a scheme of the same name."""
    storage = workspace.storage
    before = storage.assessments.previous(store, scheme.name, cycle)
    if before is None:
        return None
    held = json.loads(storage.assessments.sealed(before.id) or "{}")
    its_scheme = registry.stored(storage, before.scheme)
    asked = WorkedVisit(its_scheme, load(storage, before.id, its_scheme)).asked
    names = scheme.earlier_names
    given = {name: value for name, value in held.get("answers", {}).items() if name in asked}
    answers = {
        name: taken(scheme, scheme.questions[name], value)
        for name, value in carried_answers(scheme, given, names.question).items()
        if name in scheme.questions
    }
    card = storage.scorecards.of([before.id]).get(before.id)
    groups = card.row.groups if card is not None else ()
    findings = _open_findings(storage, before, scheme)
    return Previous(
        cycle=before.cycle,
        assessor=before.assessor,
        visited=before.visited,
        answers={name: answer for name, answer in answers.items() if answer is not None},
        findings=tuple(finding for finding in findings if finding["criterion"] in scheme.criteria),
        left_behind=tuple(finding for finding in findings if finding["criterion"] not in scheme.criteria),
        shares={names.group(group.group): exact_figure(group.share) for group in groups},
        version="" if its_scheme.rules_sha256 == scheme.rules_sha256 else its_scheme.version,
    )


def open_findings_before(storage: Storage, row: AssessmentRow, scheme: Scheme) -> list[Row]:
    """The open findings of the visit that counts of the store's last cycle before this assessment's."""
    before = storage.assessments.previous(row.store, row.scheme_name, row.cycle)
    return [] if before is None else _open_findings(storage, before, scheme)


def _open_findings(storage: Storage, before: AssessmentRow, scheme: Scheme) -> list[Row]:
    """The open findings of a visit, at the criteria as they are called now."""
    findings = storage.contents.entries("finding", before.id)
    return [carried_row(scheme, finding) for finding in findings if finding["closed"] is None]


def rechecked(previous: Previous, visit: Visit, asked: set[str]) -> Rechecked:
    """How much of the last cycle's answers was looked at again. `asked`: the questions that are asked now."""
    same = changed = 0
    left = []
    for name, answer in previous.answers.items():
        if name not in asked:
            continue
        if name not in visit.answers:
            left.append(name)
        elif visit.answers[name] == answer:
            same += 1
        else:
            changed += 1
    return Rechecked(same, changed, tuple(left))


def still_to_settle(previous: Previous | None, findings: tuple[Finding, ...]) -> list[Row]:
    """The open findings of the last visit that are not among the findings of this visit.

    One is where another says that it follows it, or has its id; never by what it says.
    """
    if previous is None:
        return []
    taken_up = {identity for finding in findings for identity in (finding.follows, finding.id) if identity}
    return [finding for finding in previous.findings if finding["id"] not in taken_up]
