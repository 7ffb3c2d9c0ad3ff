"""Whether another decided, where a visit's scheme says so: by name and by key, nobody who had a hand in the visit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from greenstar.i18n.phrase import Phrase
from greenstar.record.event import Event
from greenstar.record.merge import SUBMITTED
from greenstar.record.public_key import PublicKey
from greenstar.record.replay import ENTERED, KINDS, State
from greenstar.record.statement import Statement
from greenstar.services.trust.trust import KeyStanding, Trust
from greenstar.services.verification.problem import Verification, Wrong
from greenstar.services.verification.sealed_row import SealedRow
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.text import folded

_CHANGES = {*KINDS, SUBMITTED}


@dataclass(frozen=True)
class _Hand:
    """Who had a hand in a revision: their names as compared, and the keys that sealed it."""

    row: SealedRow
    names: set[str] = field(default_factory=set)
    keys: set[PublicKey] = field(default_factory=set)


class Hands:
    """Who had a hand in sealed revisions, as they are noted one by one; and whether any of them decided."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, str, str], dict[int, _Hand]] = {}

    def note_people(self, row: SealedRow, names: Iterable[str]) -> None:
        """Note by name who had a hand in a revision."""
        self._hand(row).names.update(folded(name) for name in names if name)

    def note_keys(self, row: SealedRow, keys: Iterable[PublicKey]) -> None:
        """Note the keys that signed the seal of a revision."""
        self._hand(row).keys.update(keys)

    def _hand(self, row: SealedRow) -> _Hand:
        return self._of.setdefault(_visit(row), {}).setdefault(row.id, _Hand(row))

    def _behind(self, row: SealedRow) -> list[_Hand]:
        """Those of a revision and of what counted before it; another laptop's, that was set aside for it, is none."""
        return [
            hand
            for hand in self._of.get(_visit(row), {}).values()
            if hand.row.id == row.id or (hand.row.revision < row.revision and hand.row.set_aside is None)
        ]

    def check_decision(
        self,
        row: SealedRow,
        statement: Statement,
        keys: Mapping[PublicKey, KeyStanding],
        trust: Trust,
        result: Verification,
    ) -> None:
        """Note where a decision is by whoever had a hand in this revision or one before, or signed with their key.

        `keys`: those that signed it. One that counts and is nobody's who had a hand in it is enough.
        """
        hands = self._behind(row)
        names = set().union(*(hand.names for hand in hands))
        if folded(statement.by) in names:
            result.wrong(Wrong.OWN_WORK, Phrase("verify.decided_own_work", by=statement.by), row.place)
        barred = trust.keys_of(names).union(*(hand.keys for hand in hands))
        signing = [key for key, standing in keys.items() if standing is KeyStanding.COUNTS] or list(keys)
        if signing and barred.issuperset(signing):
            sentence = Phrase("verify.decided_with_key", by=statement.by, key=signing[0].fingerprint)
            result.wrong(Wrong.OWN_WORK, sentence, row.place)


def people_in(row: AssessmentRow, kept: State, events: Iterable[Event]) -> set[str]:
    """The assessor of a revision, and everybody who entered something of it or submitted it.

    A fact that came from the store's page is no work on the visit: headquarters keeps the list of stores, and decides.
    """
    entered = {entry.by for (kind, _), entry in kept.held.items() if kind in ENTERED}
    return {row.assessor} | entered | {event.by for event in events if event.kind in _CHANGES}


def _visit(row: SealedRow) -> tuple[str, str, str]:
    return row.store, row.cycle, row.scheme_name
