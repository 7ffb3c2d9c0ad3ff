"""Whatever is done to visits, in whichever order: replaying their events gives what the tables hold."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from greenstar.assessment.answer_types import Refused
from greenstar.assessment.answers_file import read_answers_files
from greenstar.assessment.calculated import Calculated
from greenstar.assessment.model import Answer, Finding, Store
from greenstar.errors import GreenStarError
from greenstar.scheme.model import Scheme
from greenstar.services.evidence import evidence
from greenstar.services.findings import findings
from greenstar.services.findings.follow_up import follow_up
from greenstar.services.stores import closing, stores
from greenstar.services.visit import history, lifecycle
from greenstar.services.visit.closing_meeting import Meeting, keep_meeting
from greenstar.services.visit.import_answers import record
from greenstar.services.visit.moving import move, plan
from greenstar.services.visit.opening import begin_check_visit, open_visit
from greenstar.services.visit.recording import Recording
from greenstar.services.visit.visit import OpenVisit
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.evidence import StoredFile
from tests.journals import journal_faults
from tests.services.conftest import Opener, fill
from tests.services.visit.test_moving import NEXT, version

WALKS = range(int(os.environ.get("GREENSTAR_WALKS", "3")))  # 300 take some minutes
_STEPS = 50
_CRITERIA = ("W1", "W2", "E1", "W-2", "E9")
_PAPER = """
store: {{code: S-1, name: {name}, facts: {{{fact}: {yes}, area_m2: {number}}}}}
cycle: "{cycle}"
assessor: Bob
answers: {{{tank}: {yes}, used: {number}}}
notes: {{W1: "{name} [twice]"}}
not_applicable: {{W1: the landlord has it}}
evidence: {{W1: [{{file: photo.jpg, verified: {yes}, caption: {name}}}]}}
findings: [{{criterion: W1, severity: minor, text: {name}}}]
"""


@dataclass
class _Walk:
    """Somebody at work on a store, at random."""

    workspace: Workspace
    random: Random
    later: Scheme
    folder: Path

    def step(self) -> None:
        """Do something, if it can be done."""
        step = self.random.choice([*self._in_visit()] * 3 + [*self._with_visits()])
        with suppress(GreenStarError, Refused):
            step()

    @property
    def visit(self) -> OpenVisit:
        return open_visit(self.workspace, "S-1")

    def _criterion(self) -> str:
        return self.random.choice(_CRITERIA)

    def _number(self) -> int:
        return self.random.randrange(10, 500)

    def _yes(self) -> bool:
        return self.random.random() < 0.7

    def _in_visit(self) -> Iterator[Callable[[], object]]:
        random, number, criterion = self.random, self._number(), self._criterion()
        value: Answer = Calculated(Fraction(number), f"{number - 1}+1") if self._yes() else Fraction(number)
        yield lambda: self.visit.answer(random.choice(["fresh", "used"]), value if self._yes() else None)
        yield lambda: self.visit.answer(random.choice(["W2", "W-2"]), self._yes())
        yield lambda: self.visit.set_fact(random.choice(["has_wash", "washes"]), self._yes())
        yield lambda: self.visit.set_fact("area_m2", Fraction(number) if self._yes() else None)
        yield lambda: self.visit.mark_not_applicable(criterion, "the landlord" if self._yes() else None)
        yield lambda: self.visit.note(criterion, f"读数 {number}" if self._yes() else "")
        yield lambda: self.visit.flag(criterion, on=self._yes())
        yield self._evidence
        yield self._finding
        yield lambda: history.undo(self.visit)
        yield lambda: history.undo(self.visit)
        yield lambda: history.redo(self.visit)
        yield lambda: keep_meeting(self.workspace, self.visit.assessment.id, Meeting("Li", f"so be it {number}"))
        yield lambda: fill(self.visit, used=number + 100)

    def _with_visits(self) -> Iterator[Callable[[], object]]:
        workspace, number = self.workspace, self._number()
        yield self._record
        yield self._record
        yield lambda: lifecycle.submit(workspace, "S-1")
        yield lambda: lifecycle.submit(workspace, "S-1")
        yield lambda: lifecycle.reopen(workspace, "S-1", "again")
        yield lambda: lifecycle.decide(workspace, "S-1")
        yield lambda: lifecycle.withdraw(workspace, "S-1", "not so")
        yield self._follow_up
        yield lambda: move(workspace, self.later, plan(workspace, ["S-1"], self.later))
        yield lambda: stores.edit_store(workspace, "S-1", name=f"First {number}")
        yield lambda: stores.set_fact(workspace, "S-1", "area_m2", Fraction(number))
        yield lambda: stores.add_store(workspace, Store(f"S-{number}", "New"))
        yield lambda: closing.close_store(workspace, "S-2", on=None, because="it ended")
        yield lambda: closing.reopen_store(workspace, "S-2", "it began")
        yield lambda: begin_check_visit(workspace.as_person("Chen"), "S-1")

    def _evidence(self) -> None:
        visit, criterion, number = self.visit, self._criterion(), self._number()
        entries = evidence.of_visit(visit)
        if not entries or number < 200:
            file = StoredFile(f"{number}.jpg", f"{number:064}", number, "2026-05-11T08:00:00.000Z")
            evidence.attach(visit, criterion, [file])
            return
        entry = self.random.choice(entries)
        changes: list[Callable[[], object]] = [
            lambda: evidence.set_caption(visit, entry, f"meter {number}"),
            lambda: evidence.set_verified(visit, entry, on=True),
            lambda: evidence.remove(visit, entry),
            lambda: evidence.move(visit, entry, criterion),
            lambda: evidence.undo(visit),
        ]
        self.random.choice(changes)()

    def _finding(self) -> None:
        visit, number = self.visit, self._number()
        entries = findings.findings_of(visit)
        finding = Finding(self._criterion(), "minor", f"loose {number}", due=date(2026, 8, 1))
        if not entries or number < 200:
            findings.add(visit, finding)
            return
        entry = self.random.choice(entries)
        changes: list[Callable[[], object]] = [
            lambda: findings.change(visit, entry, finding),
            lambda: findings.close(visit, entry),
            lambda: findings.reopen(visit, entry),
            lambda: findings.remove(visit, entry),
        ]
        self.random.choice(changes)()

    def _record(self) -> None:
        scheme = self.visit.scheme
        names = {"fact": next(iter(scheme.facts)), "tank": "W2" if "W2" in scheme.questions else "W-2"}
        values = {"name": f"Paper {self._number()}", "yes": str(self._yes()).lower(), "number": self._number()}
        path = self.folder / "paper.yaml"
        path.write_text(_PAPER.format(cycle=self.workspace.cycle, **names, **values), encoding="utf-8")
        (file,) = read_answers_files(path, lambda _name, _base: scheme)
        record(self.workspace, file, how=Recording(replace=self._yes()))

    def _follow_up(self) -> None:
        ids = [entry.finding.id for entry in findings.findings_of(self.visit) if entry.finding.closed is None]
        follow_up(self.workspace, "S-1", ids[:1], on=None, files=[str(self.folder / "photo.jpg")], because="mended")


@pytest.mark.slow
def test_replaying_events_gives_what_the_tables_hold_whatever_was_done(
    workspace: Workspace, opened: Opener, tmp_path: Path
) -> None:
    later = version(tmp_path, *NEXT)
    (tmp_path / "photo.jpg").write_bytes(b"a photo")
    people = [workspace, opened(scheme=None, assessor="Bo 波"), opened(scheme=None, cycle="2027", assessor="Ada")]
    kinds = set()
    for seed in WALKS:
        random = Random(seed)
        for step in range(_STEPS):
            _Walk(random.choice(people), random, later, tmp_path).step()
            if step % 10 == 9:
                assert journal_faults(workspace) == [], (seed, step)
    for chain in workspace.storage.events.chains():
        kinds |= {event.kind for event in workspace.storage.events.of_chain(chain)}
    assert {"started", "answer", "evidence", "finding", "store", "submitted", "reopened"} <= kinds
