"""A line of the list of stores: what it shows, and how wide that is."""

from collections.abc import Mapping
from datetime import date

from textual.content import Content

from greenstar.assessment.model import Status
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.figures import total_under
from greenstar.services.stores.due import DueEntry
from greenstar.services.stores.stores import StoreOverview
from greenstar.tui import glyphs
from greenstar.tui.common.lines import Piece, columns

_WIDE = 110
_NARROW_COLUMNS = {"code": 9, "name": 0, "region": 8, "status": 9, "level": 5, "due": 8}
_WIDE_COLUMNS = {
    "code": 12,
    "name": 0,
    "region": 9,
    "status": 10,
    "progress": 8,
    "answered": -6,
    "points": -6,
    "level": 5,
    "visited": 10,
    "due": 12,
}
_GAP, _LEAST_NAME = 2, 8


def _widths(width: int) -> dict[str, int]:
    """The columns of a line in so many cells, each with its width; the name takes what is left."""
    widths = dict(_WIDE_COLUMNS if width >= _WIDE else _NARROW_COLUMNS)
    widths["name"] = max(_LEAST_NAME, width - sum(map(abs, widths.values())) - _GAP * (len(widths) - 1))
    return widths


def head(width: int, catalogue: Catalogue) -> Content:
    """The words over the columns."""
    return columns(
        [
            (Content.styled(catalogue.say(f"tui.store_{name}"), "$muted"), cells)
            for name, cells in _widths(width).items()
        ]
    )


def line(
    overview: StoreOverview, due: Mapping[str, DueEntry], today: date, width: int, catalogue: Catalogue
) -> Content:
    """One store. A draft shows how far it is; `due`: what falls due first at each store."""
    cells = {
        "code": Content.styled(overview.store.code, "$primary"),
        "name": overview.store.name,
        "region": overview.store.region,
        "status": _status(overview, width, catalogue),
        "progress": _progress(overview, 8),
        "answered": f"{overview.answered}/{overview.asked}" if overview.asked else "-",
        "points": total_under(overview.scheme, overview.total, overview.available).text,
        "level": Content.styled(glyphs.STAR.mark * overview.stars or "-", glyphs.STAR.style),
        "visited": f"{overview.visited:%Y-%m-%d}" if overview.visited is not None else "-",
        "due": due_words(due.get(overview.store.code), today, short=width < _WIDE),
    }
    return columns([(cells[name], size) for name, size in _widths(width).items()])


def _status(overview: StoreOverview, width: int, catalogue: Catalogue) -> Piece:
    """The state of the latest visit; where there is no room for both, a draft shows its progress instead."""
    if overview.closed is not None:
        return Content.styled(catalogue.say("tui.status_closed"), "$muted")
    if overview.status is None:
        return "-"
    if overview.status is Status.DRAFT and width < _WIDE:
        return _progress(overview, _NARROW_COLUMNS["status"])
    return Content.styled(catalogue.say(f"tui.status_{overview.status}"), "$muted")


def _progress(overview: StoreOverview, width: int) -> Piece:
    if overview.status is not Status.DRAFT or not overview.asked:
        return ""
    return glyphs.bar(overview.answered / overview.asked, width)


def due_words(entry: DueEntry | None, today: date, *, short: bool) -> Content:
    """When the next thing is due, with a mark where that day has passed; `short`: without the year of today."""
    if entry is None:
        return Content("-")
    day = entry.day
    text = f"{day:%Y-%m-%d}"
    if short:
        text = f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m}"
    if entry.overdue:
        return Content.assemble(glyphs.BLOCKED.content, Content.styled(text, "$error"))
    return Content.assemble(" ", text)
