"""What falls due: open findings, and the last days of certificates."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class DueRow:
    """An open finding with its due day, or a certificate with its last day; days as texts.

    `assessment`: the visit that it belongs to. Of a certificate `certificate` is its number and the finding's texts are
    empty. `uid` names the finding or certificate for good; `changed_at`: when its visit was last changed, as text.
    """

    store: str
    name: str
    region: str
    cycle: str
    day: str
    assessment: int
    criterion: str = ""
    severity: str = ""
    text: str = ""
    owner: str = ""
    certificate: str = ""
    uid: str = ""
    changed_at: str = ""


class Due(Protocol):
    """What falls due at stores that are open."""

    def findings(self) -> list[DueRow]:
        """The open findings that have a due day, each where it is open now; the earliest first."""

    def open_findings(self, cycle: str) -> list[DueRow]:
        """All open findings of a cycle's visits, those without a due day (it is empty) last; else as `findings`."""

    def certificates(self) -> list[DueRow]:
        """The newest certificate of each store, where it has an end; the earliest first."""
