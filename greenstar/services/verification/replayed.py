"""Whether the tables hold what their events come to: whoever changes a row by hand changes no event."""

from collections.abc import Sequence

from greenstar.i18n.phrase import Phrase
from greenstar.record.event import Event
from greenstar.record.merge import of_seal
from greenstar.record.replay import State, names_differing, replay
from greenstar.services.verification.problem import ProblemPlace, Verification, Wrong

_MOST_NAMED = 6


def check_replayed(
    events: Sequence[Event], kept: State | None, place: ProblemPlace, result: Verification, seal: str | None = None
) -> None:
    """Note what the tables hold otherwise than the events of a visit, or of a store's page, give it.

    `seal`: of the revision; what others did without knowing of it is no part of that.
    """
    try:
        state = replay(of_seal(events, seal))
    except ValueError:
        result.wrong(Wrong.REWRITTEN, Phrase("verify.cannot_replay"), place)
        return
    names = list(names_differing(state, kept or State()))
    if names:
        more = len(names) - _MOST_NAMED
        sentence = Phrase("verify.differs", subjects=names[:_MOST_NAMED])
        if more > 0:
            sentence = Phrase("verify.differs_more", subjects=names[:_MOST_NAMED], count=more)
        result.wrong(Wrong.DIFFERS, sentence, place)
