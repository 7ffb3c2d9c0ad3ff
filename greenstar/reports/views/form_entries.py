"""The findings and the evidence of a form: those that are known, and rows for new ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from greenstar.assessment.model import Finding
from greenstar.assessment.spreadsheet.layout import EVIDENCE_COLUMNS, FINDING_COLUMNS
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.record.plain import findings_from
from greenstar.reports.views.form_cell import CellValue, FormCell
from greenstar.scheme.severities import SEVERITIES
from greenstar.services.visit.form import VisitForm

_NEW_FINDINGS, _NEW_EVIDENCE = 30, 60
_TEXTS = ("text", "action", "owner")


@dataclass(frozen=True)
class EntryRow:
    """The cells of a row by their columns, and what those take that are to be filled in."""

    cells: Mapping[str, CellValue]
    to_fill: Mapping[str, FormCell]


class EntryRows:
    """Rows in the words of one language."""

    def __init__(self, form: VisitForm, catalogue: Catalogue) -> None:
        self.form = form
        self.catalogue = catalogue
        yes, no = catalogue.say("words.yes"), catalogue.say("words.no")
        self._either = self._listed((yes, no))
        self._day = FormCell("date", allowed=catalogue.say("form.allowed_date"))
        criteria = tuple(map(str, form.scheme.criteria))
        self._criterion = FormCell(allowed=catalogue.say("form.allowed_criterion"), choices=criteria)

    def findings(self) -> Iterator[EntryRow]:
        """The open ones of the last visit, of which is asked what became of them; those of this visit; new ones."""
        settling = {"still_open": self._either, "closed": self._day}
        fields = {"severity": self._listed(tuple(map(self._severity, SEVERITIES)))}
        fields |= {**dict.fromkeys(_TEXTS, FormCell()), "due": self._day, "closed": self._day}
        for finding in findings_from(self.form.to_settle):
            cells = self._finding(finding) | {"follows": finding.id, "finding_id": ""}
            cells["state"] = self.catalogue.render(Phrase("findings.state_last", cycle=self.form.previous_cycle))
            yield EntryRow(cells, settling)
        for finding in self.form.visit.findings:
            yield EntryRow(self._finding(finding), fields)
        for _ in range(_NEW_FINDINGS):
            yield EntryRow(dict.fromkeys(FINDING_COLUMNS, ""), {"criterion": self._criterion, **fields})

    def evidence(self) -> Iterator[EntryRow]:
        """What is there already, whose file stays, and rows for more."""
        fields = {"caption": FormCell(), "verified": self._either}
        for criterion, pieces in self.form.visit.evidence.items():
            for piece in pieces:
                yield EntryRow(
                    {
                        "criterion": criterion,
                        "file": piece.file,
                        "caption": piece.caption,
                        "taken": piece.taken_at,
                        "verified": self.catalogue.write(piece.verified),
                        "bytes": piece.bytes or "",
                        "sha256": piece.sha256,
                    },
                    fields,
                )
        fields |= {"criterion": self._criterion, "file": FormCell(), "taken": FormCell()}
        for _ in range(_NEW_EVIDENCE):
            yield EntryRow(dict.fromkeys(EVIDENCE_COLUMNS, ""), fields)

    def _finding(self, finding: Finding) -> dict[str, CellValue]:
        closed: Any = Phrase("findings.state_open")
        if finding.closed is not None:
            closed = Phrase("findings.state_closed", day=finding.closed)
        return {
            "criterion": finding.criterion,
            "state": self.catalogue.render(closed),
            "severity": self._severity(finding.severity),
            "text": finding.text,
            "action": finding.action,
            "owner": finding.owner,
            "due": _day(finding.due),
            "still_open": "",
            "closed": _day(finding.closed),
            "follows": finding.follows,
            "finding_id": finding.id,
        }

    def _severity(self, severity: str) -> str:
        return self.catalogue.say(f"tui.severity_{severity}")

    def _listed(self, choices: tuple[str, ...]) -> FormCell:
        return FormCell(allowed=self.catalogue.say("form.allowed_either", options=choices), choices=choices)


def _day(day: date | None) -> CellValue:
    return "" if day is None else day
