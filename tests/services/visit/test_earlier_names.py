"""A new version says what things were called: the last visit's answers and open findings follow."""

from pathlib import Path

from greenstar.assessment.model import Finding
from greenstar.i18n.catalogue import Catalogue
from greenstar.services.findings.findings import add, confirm_previous, findings_of, to_settle
from greenstar.services.stores.stores import set_fact, store_facts
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.submission import left_behind
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.services.conftest import Opener, fill

NEXT_VERSION = (
    ('version: "1"', 'version: "2"'),
    ("has_wash: {", "washes: {formerly: [has_wash], "),
    ("applies_if: has_wash", "applies_if: washes"),
    ("id: W2\n", "id: W-2\n        formerly: [W2]\n"),
    ("fresh: {type", "fresh_m3: {formerly: [fresh], type"),
    ("fresh > used", "fresh_m3 > used"),
    ("fresh < 0.05", "fresh_m3 < 0.05"),
    ("1 - fresh /", "1 - fresh_m3 /"),
)


def test_the_last_visit_is_read_under_the_names_of_this_version(
    workspace: Workspace, visit: OpenVisit, opened: Opener, scheme_file: Path
) -> None:
    fill(visit)
    add(visit, Finding("W2", "major", "The tank leaks"))
    submit(workspace, "S-1")
    text = scheme_file.read_text(encoding="utf-8")
    for before, after in NEXT_VERSION:
        assert before in text
        text = text.replace(before, after)
    scheme_file.write_text(text, encoding="utf-8")
    with opened(cycle="2027") as later:
        assert store_facts(later, "S-1") == {"washes": True}
        set_fact(later, "S-1", "washes", True, seen=True)
        again = open_visit(later, "S-1")
        assert again.previous is not None
        assert again.previous.answers == {"fresh_m3": 10, "used": 100, "W-2": True, "E1": 1}
        assert again.visit.facts == {"washes": True}
        assert [entry.finding.criterion for entry in to_settle(again)] == ["W-2"]
        confirm_previous(again, to_settle(again)[0])
        assert ([entry.finding.text for entry in findings_of(again, "W-2")], to_settle(again)) == (
            ["The tank leaks"],
            [],
        )


def test_a_finding_whose_criterion_is_no_more_is_told_of_before_the_visit_is_sealed(
    workspace: Workspace, visit: OpenVisit, opened: Opener, scheme_file: Path
) -> None:
    add(visit, Finding("W2", "major", "The tank leaks"))
    submit(workspace, "S-1")
    text = scheme_file.read_text(encoding="utf-8")
    scheme_file.write_text(
        text.replace('version: "1"', 'version: "2"').replace("id: W2\n", "id: W-9\n"), encoding="utf-8"
    )
    with opened(cycle="2027") as later:
        again = open_visit(later, "S-1")
        assert to_settle(again) == []
        (told,) = (Catalogue("en").render(phrase) for phrase in left_behind(again))
        assert told.startswith(
            "An open finding of the last visit stands at W2, which these criteria do not have any more"
        )
        assert "`greenstar follow-up S-1 --cycle 2026` closes it" in told
