"""Which of several seals of one revision is kept: what was stated last of that very revision, however it arrived."""

from fractions import Fraction
from pathlib import Path

import pytest

from greenstar.record.canonical import sha256_of
from greenstar.record.statement import Statement
from greenstar.record.ulids import ulid_of
from greenstar.services.laptops.settling import keep_seal
from greenstar.services.laptops.unpacking import unpack
from greenstar.services.visit.lifecycle import submit
from greenstar.services.workspace import Workspace
from tests.services.conftest import fill
from tests.services.laptops.forging import again, contents
from tests.services.laptops.team import Team, begin, damage, silent


def sealed_apart(team: Team) -> tuple[Workspace, Workspace, list[Path]]:
    """Two laptops that know two seals of one revision, and a file of each from before it knew of the other."""
    ada, bo = team.laptop("ada"), team.laptop("bo", hours=1)
    for laptop, lamps in ((ada, 50), (bo, 70)):
        fill(begin(laptop))
        begin(laptop).answer("E1", Fraction(lamps))
        submit(laptop, "S-1")
    files = [team.packed(laptop)[0] for laptop in (ada, bo)]
    for laptop in (ada, bo):
        unpack(laptop, files, silent)
    return ada, bo, files


def _place(entry: tuple[str, bytes]) -> int:
    """Where an entry lies in a bundle."""
    parts = "journals", "seals", "statements", "signatures", "schemes", "evidence"
    return parts.index(entry[0].partition("/")[0])


def counting(laptop: Workspace) -> dict[str, bool]:
    """Whether each sealed visit counts, by who sealed it and where."""
    rows = [row for code in laptop.storage.stores.codes() for row in laptop.storage.assessments.every_of_store(code)]
    return {f"{row.store} {row.assessor}": row.counts for row in rows}


@pytest.mark.slow
def test_what_was_kept_last_stays_kept_when_a_file_from_before_arrives_again(team: Team) -> None:
    ada, bo, files = sealed_apart(team)
    for laptop, assessor in ((ada, "ada"), (bo, "bo")):  # bo's clock is an hour ahead
        seals = [row.seal or "" for row in laptop.storage.assessments.of_store("S-1") if row.assessor == assessor]
        keep_seal(laptop, "S-1", seals[0])
    team.send(bo, ada)
    for file in (*files, *reversed(files)):
        assert counting(ada) == {"S-1 ada": False, "S-1 bo": True}
        unpack(ada, [file], silent)
    assert damage(ada) == []


@pytest.mark.slow
def test_no_statement_sets_aside_the_seal_of_another_visit(team: Team) -> None:
    ada, bo = team.laptop("ada"), team.laptop("bo")
    fill(begin(ada))
    hers = submit(ada, "S-1").seal
    fill(begin(bo, "S-2"))
    his = submit(bo, "S-2").seal
    path, _ = team.packed(bo, "S-2")
    identity, at = ulid_of(bo.clock(), "forged"), "2026-06-01T10:00:00.000Z"
    forged = Statement(identity, "settled", his, at, "bo", bo.storage.events.database_id(), {"set_aside": [hers]})
    entries = {f"statements/{sha256_of(forged.document.decode())}.json": forged.document, **contents(path)}
    unpack(ada, [again(path, dict(sorted(entries.items(), key=_place)))], silent)
    assert counting(ada) == {"S-1 ada": True, "S-2 bo": True}
    assert damage(ada) == []


def test_statements_are_read_in_the_order_of_their_times(team: Team) -> None:
    ada = team.laptop("ada")
    for hour in range(10):
        at = f"2026-06-01T{hour:02}:00:00.000Z"
        ada.storage.statements.keep(Statement("1", "settled", "0" * 64, at, "ada", "2", {"set_aside": []}))
    assert [row.at[11:13] for row in ada.storage.statements.all()] == [f"{hour:02}" for hour in range(10)]
