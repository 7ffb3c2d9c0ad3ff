"""A database changed behind the program's back: rows, and whole chains rewritten, cut, swapped and rolled back.

Whoever does that has the file, SQLite and this program's own code, so that each hash fits; but neither the keys of
others nor the receipts. Each way is told as what it is.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from greenstar.errors import GreenStarError
from greenstar.record.canonical import sha256_of
from greenstar.record.event import Event
from greenstar.services.verification.received import SIGNATURE, make_receipt
from greenstar.services.visit.lifecycle import withdraw
from greenstar.services.visit.opening import open_visit
from greenstar.storage.opening import open_storage
from tests.services.verification.forgeries import FORGERIES, Tamper, kinds, tampered, verified
from tests.torture.columns import columns, judge, results
from tests.torture.outcome import Outcome
from tests.torture.running import alone
from tests.torture.whole import Whole, a_whole

Rewrite = Callable[[Sequence[Event], Random], Sequence[Event]]


def events_of(path: Path, store: str) -> list[Event]:
    """The journal of the visit to a store."""
    with closing(open_storage(path, write=False)) as storage:
        (row,) = storage.assessments.every_of_store(store)
        return storage.events.of_chain(f"visit:{row.journal}")


def chained(events: Sequence[Event]) -> list[Event]:
    """Events with hashes that fit, each behind the one before."""
    chain: list[Event] = []
    for place, event in enumerate(events, 1):
        previous = (chain[-1].hash,) if chain else ()
        chain.append(event._replace(place=place, previous=previous).hashed())
    return chain


def put(file: sqlite3.Connection, before: Sequence[Event], after: Sequence[Event]) -> None:
    """Put another chain in the place of one; events keep their identities."""
    kept = {event.id for event in after}
    file.executemany("DELETE FROM event WHERE ulid = ?", [(event.id,) for event in before if event.id not in kept])
    for event in after:
        values = (event.at, event.by, event.after, event.place, json.dumps(event.previous, separators=(",", ":")))
        sql = "UPDATE event SET at = ?, by = ?, became = ?, place = ?, previous = ?, hash = ? WHERE ulid = ?"
        file.execute(sql, (*values, event.hash, event.id))
    chain = after[-1].chain
    file.execute("DELETE FROM head WHERE chain = ?", (chain,))
    file.execute("INSERT INTO head VALUES (?, ?, ?)", (chain, after[-1].hash, after[-1].place))


# -- whole chains --------------------------------------------------------------------------------------------------


def _someone_else(events: Sequence[Event], chance: Random) -> Sequence[Event]:
    """From some event on, somebody else did it."""
    first = chance.randrange(len(events))
    return chained([*events[:first], *(event._replace(by="Cy") for event in events[first:])])


def _earlier(events: Sequence[Event], chance: Random) -> Sequence[Event]:
    """From some event on, it was done two months before."""
    first = chance.randrange(len(events))
    return chained(
        [*events[:first], *(event._replace(at=event.at.replace("-05-", "-03-")) for event in events[first:])]
    )


def _cut(events: Sequence[Event], chance: Random) -> Sequence[Event]:
    """The last events are gone."""
    return events[: chance.randrange(1, len(events))]


def _gap(events: Sequence[Event], chance: Random) -> Sequence[Event]:
    """An event in the middle is gone, and the others close up."""
    gone = chance.randrange(1, len(events) - 1)
    return chained([*events[:gone], *events[gone + 1 :]])


def _two_swapped(events: Sequence[Event], chance: Random) -> Sequence[Event]:
    """Two events in the other order."""
    first = chance.randrange(1, len(events) - 1)
    return chained([*events[:first], events[first + 1], events[first], *events[first + 2 :]])


CHAINS: tuple[Rewrite, ...] = (_someone_else, _earlier, _cut, _gap, _two_swapped)
_OF_A_CHAIN = {"rewritten", "truncated", "differs", "rolled_back"}


def chains_swapped(whole: Whole) -> Callable[[sqlite3.Connection], object]:
    """The events of two visits, each under the other's name."""
    first, second = (events_of(whole.path, store) for store in ("S-1", "S-2"))

    def tamper(file: sqlite3.Connection) -> None:
        for events, other in ((first, second), (second, first)):
            for event in events:
                file.execute("UPDATE event SET chain = ? WHERE ulid = ?", (other[0].chain, event.id))

    return tamper


def sealed_of(other: Path) -> Callable[[sqlite3.Connection], object]:
    """What another database sealed of a store of that code, with its seal, which fits, and its signature."""

    def tamper(file: sqlite3.Connection) -> None:
        with closing(sqlite3.connect(other)) as source:
            seal, sealed = source.execute("SELECT seal, sealed FROM assessment WHERE seal IS NOT NULL").fetchone()
            armours = source.execute("SELECT * FROM signature WHERE document = ?", (seal,)).fetchall()
        assert sha256_of(sealed) == seal
        file.execute("UPDATE assessment SET seal = ?, sealed = ? WHERE seal IS NOT NULL", (seal, sealed))
        file.executemany("INSERT OR IGNORE INTO signature VALUES (?, ?, ?)", armours)

    return tamper


# -- receipts ------------------------------------------------------------------------------------------------------


def received(whole: Whole) -> Path:
    """A receipt of the database as it is now."""
    with whole.opened(assessor="Bo") as workspace:
        database, at = workspace.storage.events.database_id(), workspace.now()
        made = make_receipt(workspace.storage, database, by="Bo", at=at, signing=workspace.signing)
    receipt = whole.folder / "green.receipt"
    receipt.write_bytes(made.receipt.document)
    receipt.with_name(receipt.name + SIGNATURE).write_text(made.signature.armour, encoding="ascii")
    return receipt


def rolled_back(whole: Whole, folder: Path) -> Iterator[tuple[str, set[str]]]:
    """An earlier copy of the file, and one that went on otherwise: what verifying says with a receipt."""
    folder.mkdir(exist_ok=True)
    before = folder / whole.path.name
    shutil.copy(whole.path, before)
    shutil.copytree(f"{whole.path}.evidence", f"{before}.evidence", dirs_exist_ok=True)
    with whole.opened(assessor="Bo") as office:
        open_visit(office, "S-2").note("W1", "later")
        withdraw(office, "S-1", "a meter of the neighbour's")
    receipt = received(whole)
    problems = verified(whole.path, receipt, trust=whole.trust).problems
    assert not problems, problems
    yield "rolled_back", kinds(verified(before, receipt, trust=whole.trust))
    now, whole.path = whole.path, before
    with whole.opened(assessor="Ada") as workspace:
        for text in ("one", "two", "three"):
            open_visit(workspace, "S-2").note("W1", text)
    whole.path = now
    yield "rewritten", kinds(verified(before, receipt, trust=whole.trust))


# -- doing it ------------------------------------------------------------------------------------------------------


def _judge(outcome: Outcome, name: str, wanted: set[str], told: set[str]) -> None:
    with outcome.run(name):
        assert told & wanted, f"{sorted(told) or 'nothing'} is told, and not that it is {' or '.join(sorted(wanted))}"
        outcome.ended("told")


def _told(whole: Whole, change: Tamper) -> tuple[set[str], Path]:
    """What verifying says of a database that was changed, or that it cannot be opened; and where it is."""
    path = whole.path.with_name("tampered.db")
    try:
        return kinds(tampered(whole.path, change)), path
    except GreenStarError as error:
        return {error.message.key}, path


def _chain(whole: Whole, receipt: Path, store: str, rewrite: Rewrite, chance: Random) -> set[str]:
    """What verifying says, with a receipt, of a chain that was rewritten with hashes that fit."""
    before = events_of(whole.path, store)
    after = rewrite(before, chance)
    tampered(whole.path, lambda file: put(file, before, after))
    return kinds(verified(whole.path.with_name("tampered.db"), receipt, trust=whole.trust))


def torture(outcome: Outcome, number: int, seed: int) -> None:
    """Each way of changing rows, and so many rewritten chains of each kind."""
    chance = Random(seed)
    with a_whole() as other, a_whole() as whole:  # whose keys are at home last
        receipt = received(whole)
        for tamper, kind in FORGERIES:
            name: Any = tamper if isinstance(tamper, str) else tamper.__name__
            if name == "closed":
                continue  # the cycle is closed here already
            _judge(outcome, str(name), {kind}, kinds(tampered(whole.path, tamper)))
        every = sorted(columns())
        some = chance.sample(every, min(2 * number, len(every)))
        judge(outcome, lambda change: _told(whole, change), list(results(whole.path)), some)
        _judge(outcome, "chains swapped", {"rewritten"}, kinds(tampered(whole.path, chains_swapped(whole))))
        _judge(outcome, "another's seal", {"differs", "rewritten"}, kinds(tampered(whole.path, sealed_of(other.path))))
        for _ in range(number):
            rewrite, store = chance.choice(CHAINS), chance.choice(("S-1", "S-2"))
            told = _chain(whole, receipt, store, rewrite, chance)
            _judge(outcome, f"{rewrite.__doc__} ({store})", _OF_A_CHAIN, told)
        for wanted, told in rolled_back(whole, whole.folder / "earlier"):
            _judge(outcome, wanted, {wanted}, told)


if __name__ == "__main__":
    alone("tampering")
