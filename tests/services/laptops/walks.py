"""Laptops that do anything, send anything to anybody, and have clocks that are off by a day."""

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from random import Random

from greenstar.assessment.model import Finding
from greenstar.errors import BadInput
from greenstar.services.evidence.evidence import attach
from greenstar.services.findings.findings import add
from greenstar.services.laptops.settling import keep_seal, settle, take_over
from greenstar.services.laptops.unpacking import unpack
from greenstar.services.laptops.unsettled import unsettled
from greenstar.services.stores.stores import edit_store, set_fact
from greenstar.services.visit.history import undo
from greenstar.services.visit.lifecycle import decide, reopen, submit, withdraw
from greenstar.services.workspace import Workspace
from tests.journals import journal_faults
from tests.services.conftest import fill
from tests.services.laptops.team import Team, begin, damage, known, silent


def _photo(chance: Random, laptop: Workspace, folder: Path) -> None:
    path = folder / f"{chance.randrange(4)}.jpg"
    path.write_bytes(path.name.encode() * 100)
    attach(begin(laptop), chance.choice(["W1", "E1"]), [laptop.storage.evidence.take(path)])


def _settle(chance: Random, laptop: Workspace) -> None:
    waiting = unsettled(laptop, "S-1")
    for visit in waiting.visits:
        for clash in visit.clashes[:1]:
            settle(laptop, "S-1", clash.part.subject, chance.choice([None, 1, 2]))
    for rows in waiting.sealed_apart[:1]:
        keep_seal(laptop, "S-1", chance.choice(rows).seal or "")


def _hand_in(chance: Random, laptop: Workspace) -> None:
    fill(begin(laptop), lamps=chance.randrange(100))
    submit(laptop, "S-1")


def _steps(chance: Random, laptop: Workspace, folder: Path) -> list[Callable[[], object]]:
    """What somebody may do next."""
    return [
        lambda: begin(laptop).answer("E1", Fraction(chance.randrange(4), 4)),
        lambda: begin(laptop).answer("W2", chance.choice([True, False, None])),
        lambda: begin(laptop).note("W1", chance.choice(["", "dry", "wet"])),
        lambda: begin(laptop).mark_not_applicable("E1", chance.choice([None, "the store has no lamps of its own"])),
        lambda: begin(laptop).set_fact("area_m2", Fraction(chance.randrange(1, 4))),
        lambda: add(begin(laptop), Finding("W1", "minor", f"leak {chance.randrange(3)}", "mend it")),
        lambda: _photo(chance, laptop, folder),
        lambda: undo(begin(laptop)),
        lambda: edit_store(laptop, "S-1", name=f"Store {chance.randrange(3)}"),
        lambda: set_fact(laptop, "S-1", "has_wash", chance.choice([True, False])),
        lambda: _hand_in(chance, laptop),
        lambda: decide(laptop, "S-1"),
        lambda: withdraw(laptop, "S-1", "closed"),
        lambda: reopen(laptop, "S-1", "read again"),
        lambda: take_over(laptop, "S-1"),
        lambda: _settle(chance, laptop),
    ]


def walk(team: Team, seed: int, steps: int) -> None:
    """Three laptops do anything, send anything to anybody, and come together in any order: all hold the same then."""
    chance = Random(seed)
    laptops = [team.laptop(f"{name}{seed}", hours) for name, hours in (("ada", 0), ("bo", -24), ("cy", 24))]
    begin(laptops[0])
    for target in laptops[1:]:
        if seed % 4 == 1:
            begin(target)  # each begins a visit of its own, without knowing of the others
        else:
            team.send(laptops[0], target)
    for _ in range(steps):
        number = chance.randrange(3)
        with suppress(BadInput):
            chance.choice(_steps(chance, laptops[number], team.folder))()
        if not chance.randrange(3):
            team.send(laptops[number], chance.choice(laptops))
    _come_together(team, chance, laptops, f"dan{seed}")


def _come_together(team: Team, chance: Random, laptops: list[Workspace], name: str) -> None:
    files = [team.packed(laptop)[0] for laptop in laptops]
    for laptop in laptops:
        for file in chance.sample(files, len(files)):
            unpack(laptop, [file], silent)
    late = team.laptop(name)
    unpack(late, chance.choice(list(permutations(files))), silent)
    for laptop in (*laptops, late):
        assert known(laptop) == known(laptops[0])
        assert journal_faults(laptop) == []
        assert damage(laptop) == []
