"""The steps in the life of a sealed visit of which its journal tells, and of each of which there is a statement."""

from collections.abc import Sequence
from typing import NamedTuple

from greenstar.assessment.model import Status
from greenstar.record.event import Event
from greenstar.record.merge import of_seal, sealings
from greenstar.record.statement import KINDS, Statement


class Stated(NamedTuple):
    """A step that is stated of a seal: which seal, the kind, when, as text, and by whom."""

    seal: str
    kind: str
    at: str
    by: str

    @classmethod
    def by_statement(cls, statement: Statement) -> "Stated":
        """The step of which a statement is."""
        return cls(statement.seal, statement.kind, statement.at, statement.by)


def stated_in(events: Sequence[Event], seal: str) -> list[Stated]:
    """The steps of a sealed revision of which its journal tells.

    Programs up to 0.2 made no statements, and no seals but their own.
    """
    sealed = sealings(events)
    of_this_seal = of_seal(events, seal) if len(sealed) > 1 else events
    older = seal in sealed and sealed[seal].carried is not None
    return [
        Stated(seal, event.kind, event.at, event.by)
        for event in of_this_seal
        if event.kind in KINDS and not (older and event.carried is not None)
    ]


def goes_by(status: Status, certificate: str | None, statement: Statement, *, decisions: int = 1) -> bool:
    """Whether a visit stands as a statement about its seal says. What was decided may be withdrawn later.

    `decisions`: how many its journal tells of. Of those that laptops made apart one gives the certificate its number,
    and each stands: only a single one must have given it.
    """
    if statement.kind == "withdrawn":
        return status is Status.WITHDRAWN
    if statement.kind == "decided":
        number = statement.content.get("certificate")
        return status in (Status.DECIDED, Status.WITHDRAWN) and (decisions > 1 or certificate in (number, None))
    return True
