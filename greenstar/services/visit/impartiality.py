"""Who decides on a visit: where its scheme says `decided_by: another`, nobody who had a hand in it.

As ISO/IEC 17065, 7.6 has it: whoever was involved in the evaluation does not decide. Names prevent slips, and keys
prevent fraud: with the key that sealed a visit nobody decides on it, under whatever name.
"""

from collections.abc import Iterator
from contextlib import suppress

from greenstar.errors import BadInput
from greenstar.record.public_key import PublicKey
from greenstar.record.replay import ENTERED, KINDS
from greenstar.record.signing import NoSignature, read_signature
from greenstar.scheme.model import Scheme
from greenstar.services.demo.sample import needs_no_signature
from greenstar.services.signing.key_file import CannotSign
from greenstar.services.trust.trust import load_trust
from greenstar.services.workspace import Workspace
from greenstar.storage.protocols.assessments import AssessmentRow
from greenstar.text import folded


def refuse_own_work(workspace: Workspace, row: AssessmentRow, scheme: Scheme) -> None:
    """Refuse (BadInput) a decision by whoever assessed, answered or submitted the visit, where the scheme says so."""
    if scheme.document.decided_by == "anyone":
        return
    involved = {folded(name) for name in people_behind(workspace, row)}
    if folded(workspace.assessor) in involved:
        raise BadInput("storage.decides_on_own_work", store=row.store, who=workspace.assessor)
    if not needs_no_signature(workspace.storage):  # what is invented is not signed
        _refuse_own_key(workspace, row)


def _refuse_own_key(workspace: Workspace, row: AssessmentRow) -> None:
    """Refuse (BadInput) a key that sealed the visit, or that is listed as somebody's who had a hand in it.

    Where a seal is signed, nobody decides without a signature: he could be anybody.
    """
    sealing = set(_sealing_keys(workspace, row))
    try:
        own = workspace.signing.key(workspace.assessor).public
    except CannotSign as error:
        if sealing:
            raise BadInput("signing.decision_unsigned", store=row.store, why=error.message) from error
        return
    if own in sealing | load_trust().keys_of(people_behind(workspace, row)):
        raise BadInput("signing.key_of_own_work", store=row.store, key=own.fingerprint)


def _sealing_keys(workspace: Workspace, row: AssessmentRow) -> Iterator[PublicKey]:
    """The keys that signed the seals of a visit, of this revision and those before."""
    storage = workspace.storage
    for revision in _revisions(workspace, row):
        sealed = storage.assessments.sealed(revision.id) if revision.seal is not None else None
        if revision.seal is None or sealed is None:
            continue
        for armour in storage.signatures.of([revision.seal]).get(revision.seal, ()):
            with suppress(NoSignature):
                signature = read_signature(armour)
                if signature.holds(sealed.encode()):
                    yield signature.key


def people_behind(workspace: Workspace, row: AssessmentRow) -> set[str]:
    """The assessor of a visit, and everybody who entered something or submitted it, in this revision or before."""
    storage = workspace.storage
    entered = [entry for table in ENTERED for entry in storage.contents.full(table, [row.id])[row.id]]
    revisions = [revision.id for revision in _revisions(workspace, row)]
    changed = {name for number in revisions for name in storage.events.who_made(number, (*KINDS, "submitted"))}
    return {row.assessor, *changed, *(entry["by"] for entry in entered)} - {""}


def _revisions(workspace: Workspace, row: AssessmentRow) -> list[AssessmentRow]:
    """A revision of a visit, and those before it."""
    return [
        other
        for other in workspace.storage.assessments.of_store(row.store)
        if (other.cycle, other.scheme_name) == (row.cycle, row.scheme_name) and other.revision <= row.revision
    ]
