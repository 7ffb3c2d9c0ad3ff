"""What `record` did to a visit: how much was added, and what was there before of all that changed or went."""

from collections.abc import Iterator

from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Phrase
from greenstar.services.visit.history_text import change_phrase
from greenstar.services.visit.merge import tally
from greenstar.services.visit.recording import Recorded

_KINDS = ("answer", "fact", "exemption", "note", "evidence", "finding")
_HEADER = ("scheme", "store", "assessor", "visited")


def recorded_lines(recorded: Recorded, catalogue: Catalogue) -> Iterator[str]:
    """A line for the visit, and one for each thing that is no longer what it was."""
    counts = tally(recorded.changes)
    parts = [
        Phrase(f"recording.{verb}", things=things)
        for verb, counter in (("added", counts.added), ("changed", counts.changed), ("removed", counts.removed))
        if (things := [Phrase(f"recording.{kind}", count=counter[kind]) for kind in _KINDS if counter[kind]])
    ]
    details = sum(change.kind in _HEADER for change in recorded.changes)
    if details:
        parts.append(Phrase("recording.changed", things=[Phrase("recording.detail", count=details)]))
    if recorded.mended:
        parts.append(Phrase("recording.mended", count=recorded.mended))
    nothing = Phrase("recording.only_begun" if recorded.begun else "recording.nothing_new")
    what = Phrase("recording.done", parts=parts) if parts else nothing
    yield catalogue.say(f"recording.{recorded.kind}", store=recorded.store, cycle=recorded.cycle, what=what)
    for change in recorded.changes:
        if change.before is not None:
            yield f"  {catalogue.render(change_phrase(recorded.scheme, change))}"
