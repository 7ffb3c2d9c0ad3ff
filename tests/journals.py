"""Whether the journal of a workspace holds: its chains, and that replaying them gives what the tables hold."""

from collections.abc import Iterator

from greenstar.record.journal import faults, heads_of
from greenstar.record.merge import of_seal
from greenstar.record.replay import State, differing, replay
from greenstar.services.workspace import Workspace
from tests.sql import database_of


def journal_faults(workspace: Workspace) -> list[object]:
    """All that does not hold: nothing, wherever only the program has been at work."""
    return list(_faults(workspace))


def _faults(workspace: Workspace) -> Iterator[object]:
    events = workspace.storage.events
    for chain in events.chains():
        every = events.of_chain(chain)
        yield from faults(every)
        if heads_of(every) != events.heads(chain):
            yield chain, heads_of(every)
        held = _held(workspace, chain)
        seal = held.header.get("seal") if held is not None else None
        if held is not None and (sides := differing(replay(of_seal(every, seal)), held)) is not None:
            yield chain, *sides


def _held(workspace: Workspace, chain: str) -> State | None:
    kind, _, name = chain.partition(":")
    if kind == "visit":
        number = database_of(workspace).value("SELECT id FROM assessment WHERE ulid = ?", (name,))
        return workspace.storage.contents.state(number)
    return workspace.storage.stores.state(name) if kind == "store" else None
