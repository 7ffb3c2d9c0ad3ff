"""What is still to be done in a cycle before it can be closed with nothing left open."""

from dataclasses import dataclass

from greenstar.services.workspace import Workspace


@dataclass(frozen=True)
class WorkLeft:
    """Stores by what is open in their visits: still a draft, submitted and not decided on, or two that clash."""

    draft: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    clashing: tuple[str, ...] = ()

    @property
    def by_kind(self) -> dict[str, tuple[str, ...]]:
        """The stores of each kind of which there are some."""
        return {kind: stores for kind, stores in vars(self).items() if stores}


def work_left(workspace: Workspace, cycle: str) -> WorkLeft:
    """Of a cycle; a closed store has nothing left to do."""
    stores: dict[str, list[str]] = {}
    for row in workspace.storage.closings.work_left(cycle):
        stores.setdefault(row.why, []).append(row.store)
    return WorkLeft(**{kind: tuple(codes) for kind, codes in stores.items()})
