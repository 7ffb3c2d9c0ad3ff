"""Whether what is kept beside visits holds: schemes, documents of closed cycles, whose key signed what."""

import json
from typing import Any

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.record.event import Event
from greenstar.record.journal import chain_of_database
from greenstar.record.signing import NoSignature, read_signature
from greenstar.services.schemes import registry
from greenstar.services.schemes.keeping import summary
from greenstar.services.verification.problem import Verification, Wrong
from greenstar.storage.protocols.closings import ClosingRow
from greenstar.storage.protocols.schemes import SchemeRow
from greenstar.storage.protocols.storage import Storage


def check_kept(storage: Storage, result: Verification) -> None:
    """Note what does not hold of what a database keeps beside its visits and their journals."""
    for table in storage.integrity.without_events():
        result.wrong(Wrong.DIFFERS, Phrase("verify.without_events", table=table))
    _check_schemes(storage, result)
    _check_closings(storage, result)
    for document, key, armour in storage.signatures.all():
        if not _is_by(armour, key):
            result.wrong(Wrong.BAD_SIGNATURE, Phrase("verify.signature_key", document=document[:16]))


def _check_schemes(storage: Storage, result: Verification) -> None:
    for row in storage.schemes.all():
        try:
            holds = _is_said(row, storage)
        except GreenStarError:
            holds = False
        if not holds:
            result.wrong(Wrong.SCHEME, Phrase("verify.scheme_otherwise", name=row.name, version=row.version))


def _is_said(row: SchemeRow, storage: Storage) -> bool:
    """Whether a scheme is what its row says of it. What an older program did not say, is not there."""
    scheme = registry.stored(storage, row.sha256)
    today, kept = json.loads(json.dumps(summary(scheme))), json.loads(row.summary)
    same = _is_part_of(kept, today)
    return same and (scheme.name, scheme.version, scheme.rules_sha256) == (row.name, row.version, row.rules)


def _is_part_of(kept: Any, today: Any) -> bool:
    """Whether all that is kept is the same today; keys that are new today may be missing, however deep."""
    if isinstance(kept, dict) and isinstance(today, dict):
        return all(_is_part_of(value, today.get(name)) for name, value in kept.items())
    if isinstance(kept, list) and isinstance(today, list):
        return len(kept) == len(today) and all(map(_is_part_of, kept, today))
    return bool(kept == today)


def _check_closings(storage: Storage, result: Verification) -> None:
    closings = storage.closings.all()
    events = _about_closings(storage) if closings else []
    for closing in closings:
        if not closing.is_whole:
            result.wrong(Wrong.REWRITTEN, Phrase("verify.closing", cycle=closing.cycle, number=str(closing.revision)))
        elif not _is_as_noted(closing, events):
            sentence = Phrase("verify.closing_differs", cycle=closing.cycle, number=str(closing.revision))
            result.wrong(Wrong.DIFFERS, sentence)


def _about_closings(storage: Storage) -> list[Event]:
    chains = [chain for chain in storage.events.chains() if chain.startswith(chain_of_database(""))]
    events = (event for chain in chains for event in storage.events.of_chain(chain))
    return [event for event in events if event.kind in ("cycle_closed", "cycle_reopened")]


def _is_as_noted(closing: ClosingRow, events: list[Event]) -> bool:
    """Whether a closing, and that it was opened again, stands in the table as in the journal and in its document."""
    document = json.loads(closing.sealed)
    if tuple(document[name] for name in ("cycle", "revision", "closed", "by")) != (
        *(closing.cycle, closing.revision, closing.at, closing.by),
    ):
        return False
    about = [event for event in events if json.loads(event.after or "{}").get("seal") == closing.seal]
    closed = [(event.subject, event.at, event.by) for event in about if event.kind == "cycle_closed"]
    reopened = [(event.at, event.by, event.because) for event in about if event.kind == "cycle_reopened"]
    again = [(closing.reopened_at, closing.reopened_by, closing.because)] if closing.reopened_at else []
    return closed == [(closing.cycle, closing.at, closing.by)] and reopened == again


def _is_by(armour: str, key: str) -> bool:
    try:
        return read_signature(armour).key.digits == key
    except NoSignature:
        return True  # a signature that cannot be read is told where it is looked at
