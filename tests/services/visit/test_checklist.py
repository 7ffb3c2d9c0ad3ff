"""What is left to do before one leaves: what blocks, what it may cost, and where it is done."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from greenstar.errors import BadInput
from greenstar.i18n.catalogue import Catalogue
from greenstar.record.canonical import canonical
from greenstar.services.findings.form import fields_of, half_typed
from greenstar.services.visit import drafts
from greenstar.services.visit.checklist import checklist_of
from greenstar.services.visit.checklist_item import ChecklistItem, ItemKind
from greenstar.services.visit.clock import clock_off
from greenstar.services.visit.drafts import field
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.submission import again, lost_files, to_be_sealed
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests.builders import of
from tests.services.conftest import SCHEME, Clock, Opener, fill

MORE = """\
      - id: E2
        title: {en: Timer, zh: 定时}
        points: 5
        place: bay
        questions:
          pump_h: {type: number, ask_if: used > 50, ask: {en: Pump, zh: 水泵}}
          timer: {type: boolean, ask: {en: Timer, zh: 定时}}
        score: {of: pump_h if used > 50 else 5}
levels:
"""


def evidence(visit: OpenVisit, *, verified: bool) -> str:
    """A file that is kept, as the database keeps it."""
    path = Path(visit.workspace.storage.where).with_name("meter.jpg")
    path.write_bytes(b"a meter")
    kept = visit.workspace.storage.evidence.take(path)
    return canonical([
        {"criterion": "W1", "file": "meter.jpg", "caption": "", "verified": int(verified), "sha256": kept.sha256,
         "bytes": kept.bytes}
    ])  # fmt: skip


def finding(severity: str = "major", identity: str = "F-1", follows: str = "") -> str:
    """A finding, as the database keeps it."""
    return canonical([
        {"criterion": "W1", "severity": severity, "text": "leak [/x]", "action": "", "due": None, "closed": None,
         "id": identity, "follows": follows, "owner": ""}
    ])  # fmt: skip


def kinds(visit: OpenVisit) -> list[tuple[ItemKind, str]]:
    return [(item.kind, item.criterion) for item in checklist_of(visit)]


def said(item: ChecklistItem) -> str:
    return Catalogue("en").render(item.message)


def only(visit: OpenVisit, kind: ItemKind) -> ChecklistItem:
    (only_item,) = [item for item in checklist_of(visit) if item.kind is kind]
    return only_item


@pytest.fixture
def richer(scheme_file: Path) -> Callable[..., None]:
    """Changes the small scheme before it is used."""

    def change(*pairs: tuple[str, str]) -> None:
        text = SCHEME
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        scheme_file.write_text(text, encoding="utf-8")

    return change


def test_what_is_open_comes_by_the_levels_and_points_that_it_may_cost(visit: OpenVisit) -> None:
    left = checklist_of(visit)
    assert [of(item, "kind criterion question levels points") for item in left] == [
        [ItemKind.UNANSWERED, "W1", "fresh", 1, 60],
        [ItemKind.UNANSWERED, "E1", "E1", 1, 30],
        [ItemKind.UNANSWERED, "W2", "W2", 0, 10],
    ]
    assert [said(item) for item in left] == [
        "2 meters or figures to read",
        "1 meter or figure to read",
        "1 question open",
    ]
    visit.answer("fresh", Fraction(10))
    assert of(checklist_of(visit)[0], "criterion question") == ["W1", "used"]
    fill(visit)
    assert kinds(visit) == [(ItemKind.EVIDENCE, "W1")]


def test_a_missing_fact_is_one_thing_however_much_it_keeps_open(workspace: Workspace) -> None:
    visit = open_visit(workspace, "S-1")
    first = checklist_of(visit)[0]
    assert of(first, "kind criterion question points levels") == [ItemKind.FACT, "W1", "has_wash", 60, 1]
    assert [name for kind, name in kinds(visit) if kind is ItemKind.UNANSWERED] == ["E1", "W2"]


@pytest.mark.usefixtures("visit")
def test_a_criterion_that_waits_for_another_leads_to_where_that_is_answered(
    opened: Opener, richer: Callable[..., None]
) -> None:
    richer(('version: "1"', 'version: "2"'), ("levels:\n", MORE))
    with opened(cycle="2027") as other:
        later = open_visit(other, "S-1")
        later.answer("timer", True)
        (waiting,) = [item for item in checklist_of(later) if item.criterion == "E2"]
        assert of(waiting, "at question") == ["W1", "used"]
        assert said(waiting) == "waits for an answer at W1"
        later.answer("used", Fraction(100))
        (asked,) = [item for item in checklist_of(later) if item.criterion == "E2"]
        assert of(asked, "at question") == ["E2", "pump_h"]


def test_a_figure_that_only_the_network_adds_up_is_left_to_do_and_costs_nothing(
    workspace: Workspace, richer: Callable[..., None]
) -> None:
    petrol = "{type: number, unit: L, min: 0, ask: {en: Petrol, zh: 汽油}}"
    richer(
        ("          used: {", f"          petrol_l: {petrol}\n          used: {{"),
        ("levels:\n", "indicators: {petrol: {of: petrol_l, title: {en: Petrol, zh: 汽油}}}\nlevels:\n"),
    )
    visit = open_visit(workspace, "S-1")
    visit.set_fact("has_wash", True)
    assert ItemKind.ADDED_UP not in dict(kinds(visit)), "its criterion is open"
    fill(visit)
    item = only(visit, ItemKind.ADDED_UP)
    assert of(item, "criterion question levels points blocks") == ["W1", "petrol_l", 0, 0, False]
    assert said(item) == "1 meter or figure to read, for what the network adds up"
    visit.answer("petrol_l", Fraction(0))
    assert kinds(visit) == [(ItemKind.EVIDENCE, "W1")]


def test_evidence_is_missing_until_a_file_is_verified(visit: OpenVisit) -> None:
    fill(visit)
    assert said(only(visit, ItemKind.EVIDENCE)) == "no evidence yet"
    visit.put("evidence", "W1", evidence(visit, verified=False))
    assert said(only(visit, ItemKind.EVIDENCE)) == "1 file, not verified"
    visit.put("evidence", "W1", evidence(visit, verified=True))
    assert checklist_of(visit) == []
    (path,) = (path for path in Path(f"{visit.workspace.storage.where}.evidence").glob("*/*"))
    assert lost_files(visit) is None
    path.unlink()
    assert said(only(again(visit), ItemKind.EVIDENCE)) == "verified, but gone or damaged: meter.jpg"
    sentence = lost_files(visit)
    assert sentence is not None
    assert Catalogue("en").render(sentence) == (
        "1 verified file is gone or damaged, and will be sealed as not verified: meter.jpg"
    )


@pytest.mark.usefixtures("workspace")
def test_evidence_that_a_level_asks_for_may_cost_it(opened: Opener, richer: Callable[..., None]) -> None:
    richer(("total: 80,", "total: 80, evidence: 90%,"))
    with opened(cycle="2027") as other:
        visit = open_visit(other, "S-1")
        fill(visit)
        item = only(visit, ItemKind.EVIDENCE)
        assert item.levels == 1
        assert said(item) == "no evidence yet; Two stars asks for 90 % (is 0 %)"


def test_a_warning_is_settled_by_a_note_at_its_criterion(visit: OpenVisit) -> None:
    fill(visit, fresh=1)
    item = only(visit, ItemKind.WARNING)
    assert of(item, "criterion question levels points blocks") == ["W1", "fresh", 0, 0, False]
    assert said(item) == "a note is asked for: Over 95 % recycled"
    visit.note("W2", "elsewhere")
    assert only(visit, ItemKind.WARNING)
    visit.note("W1", "meter read twice")
    assert ItemKind.WARNING not in dict(kinds(visit))


def test_a_contradiction_comes_first_and_blocks(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit)
    visit.answer("E1", None)
    visit.put("answer", "used", '"5"')  # as an older program left it
    first = checklist_of(visit)[0]
    assert of(first, "kind criterion question blocks") == [ItemKind.REFUSED, "W1", "fresh", True]
    assert said(first) == "cannot be: Fresh cannot exceed all"
    visit.note("W1", "a note is not enough")
    assert checklist_of(visit)[0] == first
    with pytest.raises(BadInput):
        submit(workspace, "S-1")


def test_answers_of_the_last_visit_are_one_thing_a_criterion_until_they_are_confirmed(
    workspace: Workspace, visit: OpenVisit, opened: Opener
) -> None:
    fill(visit)
    visit.answer("W2", None)
    submit(workspace, "S-1")
    with opened(cycle="2027") as other:
        later = open_visit(other, "S-1")
        assert [of(item, "kind criterion question") for item in checklist_of(later)] == [
            [ItemKind.BEFORE, "W1", "fresh"],
            [ItemKind.BEFORE, "E1", "E1"],
            [ItemKind.UNANSWERED, "W2", "W2"],
        ]
        assert said(checklist_of(later)[0]) == "2 answers of 2026 to confirm"
        later.answer("used", Fraction(100))
        assert said(checklist_of(later)[0]) == "1 answer of 2026 to confirm"
        later.answer("fresh", Fraction(10))
        assert [name for kind, name in kinds(later) if kind is ItemKind.BEFORE] == ["E1"]


def test_open_findings_of_the_last_visit_block_until_they_are_taken_up(
    workspace: Workspace, visit: OpenVisit, opened: Opener
) -> None:
    fill(visit)
    visit.put("finding", "W1", finding())
    submit(workspace, "S-1")
    with opened(cycle="2027") as other:
        later = open_visit(other, "S-1")
        first = checklist_of(later)[0]
        assert of(first, "kind criterion blocks levels") == [ItemKind.FINDING, "W1", True, 1]
        assert said(first) == "confirm or close: leak [/x] (last visit)"
        with pytest.raises(BadInput):
            submit(other, "S-1")
        later.put("finding", "W1", finding(identity="F-2"))
        assert checklist_of(later)[0].blocks  # however alike, it does not say that it goes on from the other
        later.put("finding", "W1", finding(identity="F-2", follows="F-1"))
        assert not any(item.blocks for item in checklist_of(later))
        still = next(item for item in checklist_of(later) if item.kind is ItemKind.OPEN_FINDING)
        assert of(still, "criterion blocks levels") == ["W1", False, 1]
        submit(other, "S-1")


def test_half_typed_text_is_left_until_it_is_whole(workspace: Workspace, visit: OpenVisit) -> None:
    fill(visit)
    visit.put("evidence", "W1", evidence(visit, verified=True))
    finding = half_typed(None, fields_of(None) | {"severity": "minor", "text": "y" * 99}, workspace.today())
    for name, text in (("fresh", "12x"), (field("note", "W2"), "two\nlines"), (field("finding", "E1"), finding)):
        drafts.keep(workspace, "S-1", visit.assessment.id, name, text)
    drafts.keep(workspace, "S-1", visit.assessment.id, "area_m2", "4,")
    drafts.keep(workspace, "S-1", None, "has_wash", "on the page")
    drafts.keep(workspace, "S-1", visit.assessment.id, "asked_no_more", "1")
    told = {(item.criterion, item.question): said(item) for item in checklist_of(visit)}
    assert told == {
        ("", "area_m2"): "half typed, no fact yet: 4,",
        ("W1", "fresh"): "half typed, no answer yet: 12x",
        ("W2", None): "half typed, no note yet: two lines",
        ("E1", None): f"half typed, no finding yet: {'y' * 60}…",
    }
    visit.answer("fresh", Fraction(12))
    visit.note("W2", "whole")
    visit.set_fact("area_m2", Fraction(400))
    assert kinds(visit) == [(ItemKind.HALF_TYPED, "E1")]


def test_what_is_flagged_is_left_and_costs_what_it_costs_if_open(visit: OpenVisit) -> None:
    visit.flag("E1", on=True)
    assert of(only(visit, ItemKind.FLAGGED), "criterion levels points") == ["E1", 1, 30]
    fill(visit)
    assert of(only(visit, ItemKind.FLAGGED), "criterion levels points") == ["E1", 0, 0]


def test_what_will_be_sealed_is_one_sentence(visit: OpenVisit) -> None:
    assert Catalogue("en").render(to_be_sealed(visit)) == (
        "0 of 3 criteria answered, 0 of 100 points, no level, no files and no findings will be sealed; "
        "afterwards nothing can be changed, only reopened as a new revision."
    )
    fill(visit)
    visit.put("evidence", "W1", evidence(visit, verified=True))
    visit.put("finding", "W1", finding("minor"))
    assert "3 of 3 criteria answered, 100 of 100 points, Two stars, 1 file and 1 finding (1 open)" in Catalogue(
        "en"
    ).render(to_be_sealed(visit))
    assert "二星、1 份材料、1 项评审发现（1 项未关闭）" in Catalogue("zh").render(to_be_sealed(visit))


def test_the_copy_of_a_visit_is_refreshed_in_its_own_time(visit: OpenVisit) -> None:
    copy = again(visit)
    visit.answer("W2", True)
    assert (copy.refresh(), copy.visit.answers) == (True, {"W2": True})
    copy.flag("E1", on=True)
    assert visit.refresh()


def test_a_clock_that_is_behind_the_visit_or_stood_is_told_before_its_day_is_sealed(
    visit: OpenVisit, clock: Clock
) -> None:
    def off() -> str:
        told = clock_off(visit.workspace, visit.assessment)
        return "" if told is None else Catalogue("en").render(told)

    assert not off()
    clock.at -= timedelta(days=3650)
    assert "2016-05-1" in off()
    visit.note("W2", "later, by an earlier clock")
    assert "changed at 2026-05-12" in off()
    fresh = open_visit(visit.workspace, "S-2")
    told = clock_off(visit.workspace, fresh.assessment)
    assert told is not None
    assert told.key == "checklist.clock_stood"
