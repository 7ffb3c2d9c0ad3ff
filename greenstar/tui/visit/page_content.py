"""What the page of a criterion shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from greenstar.assessment.model import Evidence, Finding
from greenstar.i18n.phrase import Phrase
from greenstar.tui.visit.question_view import QuestionView


@dataclass(frozen=True)
class PageContent:
    """A criterion of a visit, as it is recorded.

    `marked`: why an assessor said that it does not apply. `to_settle`: open findings of the last visit.
    `half_typed`: what waits half typed behind another key: exemption, evidence, finding.
    """

    criterion: str
    questions: Sequence[QuestionView]
    note: str = ""
    half_note: str | None = None
    marked: str | None = None
    warnings: Sequence[Phrase] = field(default_factory=tuple)
    evidence: Sequence[Evidence] = ()
    findings: Sequence[Finding] = ()
    to_settle: Sequence[Mapping[str, Any]] = ()
    half_typed: Sequence[str] = ()
    flagged: bool = False
    locked: bool = False
