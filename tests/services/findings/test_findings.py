"""Findings: added, changed, closed, removed; those of the last visit confirmed or closed; and half-typed ones."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from greenstar.assessment.model import Finding
from greenstar.errors import BadInput
from greenstar.i18n.phrase import Phrase
from greenstar.record.canonical import canonical
from greenstar.services.findings.findings import (
    ChangedMeanwhile,
    FindingEntry,
    add,
    by_urgency,
    change,
    close,
    close_previous,
    confirm_previous,
    findings_of,
    remove,
    reopen,
    to_settle,
)
from greenstar.services.findings.form import (
    FIELDS,
    fields_of,
    finding_from,
    first_to_fill,
    half_typed,
    read_day,
    read_half_typed,
    refusal,
    remark,
)
from greenstar.services.visit import drafts
from greenstar.services.visit.history import undo
from greenstar.services.visit.lifecycle import reopen as reopen_visit
from greenstar.services.visit.lifecycle import submit
from greenstar.services.visit.opening import open_visit
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from tests import exported
from tests.builders import as_written
from tests.rows import rows
from tests.services.conftest import SCHEME, Opener, events_of, fill

TODAY = date(2026, 5, 12)
LEAK = Finding("W1", "major", "A leak", "New seal", date(2026, 8, 1))


def texts(visit: OpenVisit) -> list[tuple[str, date | None]]:
    """What the visit holds by now: each text with the day of its closing."""
    return [(finding.text, finding.closed) for finding in visit.visit.findings]


def finding_events(visit: OpenVisit) -> int:
    """How many events of findings there are."""
    return sum(kind == "finding" for kind, *_ in events_of(visit.workspace))


# -- one visit


def test_a_finding_is_added_changed_closed_reopened_and_removed_each_by_one_event(visit: OpenVisit) -> None:
    add(visit, LEAK)
    (entry,) = findings_of(visit, "W1")
    assert (as_written(entry.finding), entry.by, entry.found_on) == (LEAK, "Ada", TODAY)
    change(visit, entry, replace(LEAK, severity="minor"))
    close(visit, findings_of(visit)[0])
    assert visit.visit.findings == (replace(entry.finding, severity="minor", closed=TODAY),)
    reopen(visit, findings_of(visit)[0])
    assert findings_of(visit)[0].found_at == entry.found_at
    remove(visit, findings_of(visit)[0])
    assert (texts(visit), finding_events(visit)) == ([], 5)
    undo(visit)
    assert visit.visit.findings == (replace(entry.finding, severity="minor"),)


def test_an_open_major_finding_keeps_a_level_away_until_it_is_closed(visit: OpenVisit) -> None:
    fill(visit)
    assert visit.scorecard.level == "two"
    add(visit, LEAK)
    assert visit.scorecard.level == "one"
    close(visit, findings_of(visit)[0])
    assert visit.scorecard.level == "two"


@rows(
    ("wrong", "key"),
    [
        ({"text": " \x1b\x00\u202e\n"}, "findings.no_text"),
        ({"text": "x" * 10_001}, "answers.too_long"),
        ({"action": "novel " * 3000}, "answers.too_long"),
        ({"severity": ""}, "findings.no_severity"),
        ({"closed": date(2026, 5, 13)}, "findings.closed_in_future"),
        ({"criterion": "W9"}, "storage.unknown_criterion"),
    ],
)
def test_what_is_no_finding_is_refused_and_nothing_is_kept(visit: OpenVisit, wrong: dict[str, Any], key: str) -> None:
    with pytest.raises(BadInput) as caught:
        add(visit, replace(LEAK, **wrong))
    assert caught.value.message.key == key
    assert (texts(visit), finding_events(visit)) == ([], 0)


def test_texts_are_kept_as_people_write_them_without_escapes_and_unseen_signs(visit: OpenVisit) -> None:
    add(visit, replace(LEAK, text="\x1b[31m[/x] {0} 漏水 💧 تسرب\u202e\x00\r\nline 2 "))
    assert texts(visit)[0][0] == "[31m[/x] {0} 漏水 💧 تسرب\nline 2"


def test_the_table_of_findings_shows_what_was_changed_since(visit: OpenVisit) -> None:
    add(visit, LEAK)
    close(visit, findings_of(visit)[0])
    submit(visit.workspace, "S-1")
    (row,) = exported.finding_rows(visit.workspace)
    assert (row["text"], row["due"], row["closed"], row["assessor"]) == ("A leak", "2026-08-01", "2026-05-12", "Ada")


# -- two windows


def test_what_two_windows_add_comes_together(visit: OpenVisit, opened: Opener) -> None:
    other = open_visit(opened(assessor="Bo"), "S-1")
    add(visit, LEAK)
    add(other, replace(LEAK, text="A crack"))
    close(visit, findings_of(visit)[0])
    assert texts(visit) == [("A leak", TODAY), ("A crack", None)]
    assert [entry.by for entry in findings_of(visit)] == ["Ada", "Bo"]


def test_one_that_another_window_changed_or_removed_is_told_and_not_overwritten(
    visit: OpenVisit, opened: Opener
) -> None:
    add(visit, LEAK)
    other = open_visit(opened(assessor="Bo"), "S-1")
    (entry,) = findings_of(visit)
    change(other, findings_of(other)[0], replace(LEAK, severity="minor"))
    with pytest.raises(ChangedMeanwhile) as caught:
        change(visit, entry, replace(LEAK, action="Another seal"))
    assert caught.value.theirs is not None
    assert (caught.value.theirs.finding.severity, caught.value.by) == ("minor", "Bo")
    remove(other, findings_of(other)[0])
    with pytest.raises(ChangedMeanwhile) as caught:
        close(visit, entry)
    assert caught.value.theirs is None
    assert texts(other) == []


def test_one_whose_text_another_window_changed_is_still_the_same_one(visit: OpenVisit, opened: Opener) -> None:
    at = visit.workspace.now()
    rows = [
        FindingEntry(replace(LEAK, text=text, id=text[:3]), at, "Ada").row for text in ("A leak", "A crack", "Rust")
    ]
    visit.put("finding", "W1", canonical(rows))
    other = open_visit(opened(assessor="Bo"), "S-1")
    leak, crack, rust = findings_of(visit)
    theirs = change(other, crack, replace(LEAK, text="A long crack"))
    change(other, leak, replace(LEAK, text="No leak"))
    change(other, theirs, replace(LEAK, text="A wide crack", severity="minor"))
    remove(other, rust)
    with pytest.raises(ChangedMeanwhile) as caught:
        change(visit, crack, replace(LEAK, text="Two cracks"))
    assert caught.value.by == "Bo"
    assert caught.value.at is not None
    assert [text for text, _ in texts(other)] == ["No leak", "A wide crack"]
    assert caught.value.theirs is not None
    assert caught.value.theirs.finding.text == "A wide crack"
    kept = change(visit, caught.value.theirs, replace(LEAK, text="Two cracks"))
    assert [text for text, _ in texts(visit)] == ["No leak", "Two cracks"]
    assert findings_of(visit)[1] == kept
    with pytest.raises(ChangedMeanwhile) as caught:
        close(visit, rust)
    assert caught.value.theirs is None


# -- the last visit


@pytest.fixture
def again(visit: OpenVisit, opened: Opener) -> OpenVisit:
    """The next cycle's visit to a store that was left with two open findings and a closed one, by another assessor."""
    add(visit, LEAK)
    add(visit, Finding("E1", "observation", "Old lamps"))
    add(visit, replace(LEAK, text="A crack"))
    close(visit, findings_of(visit, "W1")[1])
    submit(visit.workspace, "S-1")
    return open_visit(opened(cycle="2027", assessor="Bo"), "S-1")


def test_open_findings_of_the_last_visit_stand_in_the_way_until_each_is_confirmed_or_closed(again: OpenVisit) -> None:
    first, second = to_settle(again)
    assert [(entry.finding.text, entry.cycle, entry.by) for entry in (first, second)] == [
        ("A leak", "2026", "Ada"),
        ("Old lamps", "2026", "Ada"),
    ]
    with pytest.raises(BadInput) as caught:
        submit(again.workspace, "S-1")
    assert sorted(caught.value.message.values["ids"]) == ["E1", "W1"]
    confirm_previous(again, first)
    assert [entry.finding.text for entry in to_settle(again)] == ["Old lamps"]
    close_previous(again, second)
    assert texts(again) == [("A leak", None), ("Old lamps", TODAY)]
    kept = findings_of(again)[0]
    assert (kept.found_at, kept.by, as_written(kept.finding)) == (first.found_at, "Ada", LEAK)
    assert (kept.finding.follows, kept.finding.id != first.finding.id) == (first.finding.id, True)
    submit(again.workspace, "S-1")


def test_one_that_was_carried_over_may_change_and_is_known_all_the_same(again: OpenVisit) -> None:
    confirm_previous(again, to_settle(again, "W1")[0])
    (entry,) = findings_of(again, "W1")
    change(again, entry, replace(LEAK, text="Another leak", severity="minor", due=date(2026, 9, 1)))
    assert (again.visit.findings[0].severity, to_settle(again, "W1")) == ("minor", [])
    assert again.visit.findings[0].follows == entry.finding.follows
    remove(again, findings_of(again, "W1")[0])
    assert [as_written(entry.finding) for entry in to_settle(again, "W1")] == [LEAK]


def test_no_finding_of_the_same_text_settles_one_of_the_last_visit(visit: OpenVisit, opened: Opener) -> None:
    for severity in ("major", "major", "observation"):
        add(visit, replace(LEAK, severity=severity))
    close(visit, findings_of(visit)[2])
    submit(visit.workspace, "S-1")
    again = open_visit(opened(cycle="2027", assessor="Bo"), "S-1")
    add(again, replace(LEAK, severity="observation", closed=TODAY))
    first, second = to_settle(again)
    close_previous(again, second)
    assert [entry.finding.id for entry in to_settle(again)] == [first.finding.id]


def test_an_id_stays_through_revisions_and_the_next_cycle_follows_the_last_link(
    visit: OpenVisit, opened: Opener
) -> None:
    identity = add(visit, LEAK).finding.id
    submit(visit.workspace, "S-1")
    reopen_visit(visit.workspace, "S-1", "a second look")
    assert [finding.id for finding in open_visit(visit.workspace, "S-1").visit.findings] == [identity]
    submit(visit.workspace, "S-1")
    follows = [identity]
    for cycle in ("2027", "2028"):
        again = open_visit(opened(cycle=cycle), "S-1")
        confirm_previous(again, to_settle(again)[0])
        assert again.visit.findings[0].follows == follows[-1]
        follows.append(again.visit.findings[0].id)
        submit(again.workspace, "S-1")
    assert len(set(follows)) == 3


def test_a_level_may_ask_that_nothing_of_the_last_visit_is_still_open(
    tmp_path: Path, opened: Opener, visit: OpenVisit
) -> None:
    strict = tmp_path / "strict.yaml"
    strict.write_text(SCHEME.replace('version: "1"', 'version: "2"').replace("{major: 0}", "{repeated: 0}"))
    fill(visit)
    add(visit, replace(LEAK, severity="observation"))
    submit(visit.workspace, "S-1")
    again = open_visit(opened(scheme=str(strict), cycle="2027"), "S-1")
    fill(again)
    add(again, replace(LEAK, severity="observation", text="Another"))
    assert again.scorecard.level == "two"
    confirm_previous(again, to_settle(again)[0])
    assert (again.scorecard.level, again.scorecard.best.level) == ("one", "two")
    close(again, findings_of(again)[1])
    assert again.scorecard.level == "two"


def test_settling_what_another_window_has_settled_says_so(again: OpenVisit, opened: Opener) -> None:
    other = open_visit(opened(cycle="2027"), "S-1")
    entry = to_settle(again, "W1")[0]
    close_previous(other, entry)
    with pytest.raises(ChangedMeanwhile):
        confirm_previous(again, entry)
    again.refresh()
    assert texts(again) == [("A leak", TODAY)]


def test_one_of_a_criterion_that_does_not_apply_now_must_be_settled_too(again: OpenVisit) -> None:
    again.set_fact("has_wash", False)
    assert [entry.finding.criterion for entry in to_settle(again)] == ["W1", "E1"]
    close_previous(again, to_settle(again, "W1")[0])
    assert texts(again) == [("A leak", TODAY)]


# -- typed


@rows(
    ("text", "day"),
    [
        ("2026-08-01", date(2026, 8, 1)),
        (" 2026/8/1 ", date(2026, 8, 1)),
        ("２０２６年８月１日", date(2026, 8, 1)),
        ("+30", date(2026, 6, 11)),
        ("-1", date(2026, 5, 11)),
        ("", None),
    ],
)
def test_days_are_read_as_people_type_them(text: str, day: date | None) -> None:
    assert read_day(text, TODAY) == day


def test_of_days_without_a_year_what_is_due_lies_ahead_and_what_was_closed_behind() -> None:
    assert remark("due", "1月20日", TODAY, TODAY) == Phrase("findings.means_day", day=date(2027, 1, 20))
    assert remark("closed", "20 Jan", TODAY, date.min) == Phrase("findings.means_day", day=date(2026, 1, 20))


@rows("text", ["2026-02-30", "tomorrow", "+", "+99999", "-9999999", "2026-8", "01.08.2026", "²"])
def test_what_is_no_day_is_refused_with_a_sentence(text: str) -> None:
    wrong = refusal("due", text, TODAY)
    assert wrong is not None
    assert wrong.key == "findings.no_day"


def test_a_day_before_the_finding_is_allowed_and_remarked_upon_and_a_closing_to_come_is_refused() -> None:
    remarks = [remark("due", text, TODAY, TODAY) for text in ("2026-05-01", "+3", "2026-05-20")]
    assert [phrase and phrase.key for phrase in remarks] == ["findings.due_before_found", "findings.means_day", None]
    wrong = refusal("closed", "+1", TODAY)
    assert wrong is not None
    assert wrong.key == "findings.closed_in_future"


def test_the_fields_make_a_finding_once_all_are_in_order() -> None:
    assert finding_from("W1", fields_of(LEAK), TODAY) == LEAK
    for name, wrong in (("severity", ""), ("text", " "), ("action", "x" * 10_001), ("due", "x"), ("closed", "+1")):
        with pytest.raises(BadInput):
            finding_from("W1", {**fields_of(LEAK), name: wrong}, TODAY)


def test_what_is_half_typed_is_kept_beside_the_visit_and_is_no_event(visit: OpenVisit, workspace: Workspace) -> None:
    values = {**fields_of(None), "text": 'A "leak" [/x]\n漏水', "due": "+30"}
    number = visit.assessment.id
    drafts.keep(workspace, "S-1", number, "finding:W1", half_typed(None, values, TODAY, "due"))
    kept = read_half_typed(drafts.kept(workspace, "S-1", number)["finding:W1"])
    assert kept == (None, {**values, "due": "2026-06-11"}, "due")
    assert finding_events(visit) == 0
    add(visit, replace(LEAK, text=values["text"]))
    assert drafts.kept(workspace, "S-1", number) == {}


def test_a_form_that_goes_on_stands_where_something_was_typed_last() -> None:
    whole, empty = fields_of(LEAK), fields_of(None)
    assert first_to_fill(whole, TODAY, "due") == "due"
    assert [first_to_fill(values, TODAY) for values in (whole, empty, {**empty, "severity": "minor"})] == [
        "text",
        "severity",
        "text",
    ]
    kept = read_half_typed('{"entry": null, "severity": "", "text": "x", "action": "", "due": "", "closed": ""}')
    assert kept == (None, {**empty, "text": "x"}, "")  # as it was kept by an earlier version


def test_a_pasted_novel_is_cut_before_it_spoils_what_is_kept(visit: OpenVisit) -> None:
    add(visit, replace(LEAK, text='"\n' * 4_998 + "end", action="\t" * 9_000 + "x"))
    (entry,) = findings_of(visit)
    values = dict.fromkeys(FIELDS, '"\n' * 500_000)
    text = half_typed(entry, values, TODAY)
    assert text is not None
    assert len(text) < drafts.MOST_CHARACTERS
    kept = read_half_typed(text)
    assert kept is not None
    assert kept[0] == entry


@rows("text", [None, "", "{", "[]", '"x"', '{"entry": null}', '{"entry": {}, "text": ""}'])
def test_a_kept_text_that_is_no_form_is_nothing(text: str | None) -> None:
    assert read_half_typed(text) is None


def test_a_form_as_it_is_kept_already_is_not_half_typed(visit: OpenVisit) -> None:
    add(visit, LEAK)
    (entry,) = findings_of(visit)
    assert half_typed(entry, fields_of(LEAK), TODAY) is None
    assert half_typed(None, fields_of(None), TODAY) is None


def test_what_is_to_be_settled_comes_first_then_the_gravest_of_these_what_is_due_first_and_closed_ones_last() -> None:
    def entry(name: str, severity: str, due: str = "", closed: str = "", cycle: str | None = None) -> FindingEntry:
        days = [date.fromisoformat(day) if day else None for day in (due, closed)]
        finding = Finding("WAT-06", severity, name, due=days[0], closed=days[1])  # type: ignore[arg-type]  # a text
        return FindingEntry(finding, "2026-05-12T09:30:00.000Z", "A. Assessor", cycle)

    entries = [
        entry("closed", "major", closed="2026-05-01"),
        entry("observed", "observation", due="2026-01-01"),
        entry("minor, some day", "minor"),
        entry("minor, overdue", "minor", due="2026-05-01"),
        entry("minor, due", "minor", due="2026-06-01"),
        entry("major", "major"),
        entry("of last year", "observation", cycle="2025"),
    ]
    assert [entry.finding.text for entry in by_urgency(entries)] == [
        *("of last year", "major", "minor, overdue", "minor, due", "minor, some day", "observed", "closed")
    ]
