"""Whether the journal's chains hold: each event with its hash, behind what it follows, and none gone from the end."""

import json
from collections.abc import Iterable, Sequence

from greenstar.i18n.phrase import Phrase
from greenstar.record.event import Event
from greenstar.record.journal import Head, faults, heads_of
from greenstar.record.old_journal import first_not_following, old_chain
from greenstar.services.verification.problem import ProblemPlace, Verification, Wrong

_KINDS = {"parent": Wrong.TRUNCATED}  # an event is gone; all else was rewritten


def check_chain(events: Sequence[Event], heads: Sequence[Head], place: ProblemPlace, result: Verification) -> bool:
    """Note what is wrong with the events of one chain, and with the heads that are kept of it; whether nothing is."""
    result.events += len(events)
    before = len(result.problems)
    for fault in faults(events):
        kind = _KINDS.get(fault.what, Wrong.REWRITTEN)
        event = fault.event
        sentence = Phrase(f"verify.event_{fault.what}", number=str(event.place), kind=event.kind, at=event.at)
        result.wrong(kind, sentence, place)
    if len(result.problems) == before and sorted(heads) != heads_of(events):
        result.wrong(Wrong.TRUNCATED, Phrase("verify.heads"), place)
    return len(result.problems) == before


def check_old_chains(carried: Iterable[Event], told: Iterable[Event], result: Verification) -> None:
    """Note where journals of programs up to 0.2 do not hold by their own measure.

    `told`: the events that say what was carried over here, and is here as a whole; of what came with bundles there are
    parts.
    """
    journals: dict[str, list[Event]] = {}
    for event in carried:
        journals.setdefault(event.database, []).append(event)
    missing = {json.loads(event.after or "")["head"]: event for event in told}
    for events in journals.values():
        chain = old_chain(events)
        is_whole = missing.pop(chain.head, None) is not None
        broken = chain.first_broken if is_whole else first_not_following(events)
        if broken is not None:
            result.wrong(Wrong.REWRITTEN, Phrase("verify.old_chain", number=str(broken)))
    for event in missing.values():
        result.wrong(Wrong.REWRITTEN, Phrase("verify.old_chain_otherwise", at=event.at))
