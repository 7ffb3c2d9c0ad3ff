"""What moving a draft to another version would do to it."""

from collections.abc import Iterator, Sequence

from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.figures import total_under
from greenstar.scheme.model import Scheme
from greenstar.services.schemes.simulate import Simulated
from greenstar.services.visit.moving import PlannedMove
from greenstar.text import terminal_line

_MOST_NAMES = 12


def move_lines(draft: PlannedMove, target: Scheme, catalogue: Catalogue) -> Iterator[str]:
    """A draft with what it loses, what is newly asked, and its total."""
    visit = draft.simulated
    values = {"store": visit.store, "cycle": visit.cycle, "scheme": target.name}
    yield terminal_line(catalogue.say("move.title", was=draft.version, became=target.version, **values))
    lines = list(changed_lines(visit, target, catalogue))
    for kind in ("exemption", "note", "evidence", "finding"):
        lines += _named(f"move.gone_{kind}", [name for what, name in draft.gone if what == kind], catalogue)
    yield from lines or [catalogue.say("move.carried")]


def changed_lines(visit: Simulated, target: Scheme, catalogue: Catalogue) -> Iterator[str]:
    """What becomes of a draft's answers and of its total."""
    before, after = (total_under(target, side.total, side.available).text for side in (visit.before, visit.after))
    if before != after:
        yield catalogue.say("move.total", was=before, became=after)
    for what in ("lost", "unfit", "to_ask"):
        yield from _named(f"move.{what}", getattr(visit, what), catalogue)


def _named(key: str, names: Sequence[str], catalogue: Catalogue) -> Iterator[str]:
    if names:
        shown = [*names[:_MOST_NAMES], *(["…"] if len(names) > _MOST_NAMES else [])]
        yield terminal_line(catalogue.say(key, names=shown))
