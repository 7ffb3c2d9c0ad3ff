"""Handing a visit in: what will be sealed, in a sentence."""

from greenstar.i18n.phrase import Phrase, Quantity
from greenstar.scoring.edges import ScorecardEdges
from greenstar.services.evidence.lost import lost_evidence
from greenstar.services.visit.visit import OpenVisit
from greenstar.text import excerpt, first_of


def again(visit: OpenVisit) -> OpenVisit:
    """The same visit, read anew from the storage: another screen keeps its own copy, to refresh it when it is shown."""
    return OpenVisit(visit.workspace, visit.workspace.storage.assessments.get(visit.assessment.id))


def left_behind(visit: OpenVisit) -> list[Phrase]:
    """The open findings of the last visit that can be neither confirmed nor closed: their criteria are no more."""
    previous = visit.previous
    if previous is None:
        return []
    store, cycle = visit.assessment.store, previous.cycle
    return [
        Phrase(
            "checklist.left_behind",
            criterion=finding["criterion"],
            text=excerpt(finding["text"]),
            store=store,
            cycle=cycle,
        )
        for finding in previous.left_behind
    ]


def lost_files(visit: OpenVisit) -> Phrase | None:
    """The verified evidence that would be sealed as not verified, as its files are not here; None: there is none."""
    files = [entry.file for entry in lost_evidence(visit)]
    return Phrase("checklist.lost_sealed", count=len(files), files=first_of(files)) if files else None


def to_be_sealed(visit: OpenVisit) -> Phrase:
    """What would be sealed if the visit were handed in now, in one sentence."""
    card, content = visit.scorecard, visit.visit
    level = visit.scheme.level_title(card.level)
    files = sum(len(pieces) for pieces in content.evidence.values())
    open_findings = sum(finding.closed is None for finding in content.findings)
    findings = Phrase("checklist.findings", count=len(content.findings), open=str(open_findings))
    return Phrase(
        "checklist.sealing" if visit.scheme.levels else "checklist.sealing_no_levels",
        answered=str(card.answered),
        asked=str(card.asked),
        total="-" if card.total is None else Quantity(card.total, None, ScorecardEdges(visit.scheme, card).total()),
        available=card.available,
        level=level if level is not None else Phrase("checklist.no_level"),
        files=Phrase("checklist.files", count=files) if files else Phrase("checklist.no_files"),
        findings=findings if content.findings else Phrase("checklist.no_findings"),
    )
