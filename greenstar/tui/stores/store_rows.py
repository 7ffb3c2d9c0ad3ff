"""A line of the list of stores: what it shows, and how wide that is."""

from collections.abc import Mapping, Sequence
from datetime import date

from textual.content import Content

from greenstar.assessment.model import Status
from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.reports.views.figures import total_under
from greenstar.services.stores.due import DueEntry
from greenstar.services.stores.stores import StoreOverview
from greenstar.tui import glyphs
from greenstar.tui.common.drawing import progress_line
from greenstar.tui.common.lines import Piece, columns
from greenstar.tui.common.names import told_apart

_WIDE = 110
_NARROW_COLUMNS = {"code": 9, "name": 0, "region": 8, "status": 9, "level": 5, "due": 8}
_WIDE_COLUMNS = {
    "code": 10,
    "name": 0,
    "region": 9,
    "status": 9,
    "progress": 8,
    "points": -6,
    "level": 5,
    "visited": 10,
    "due": 11,
}
_GAP, _LEAST_NAME = 2, 8


def widths(width: int) -> dict[str, int]:
    """The columns of a line in so many cells, each with its width; the name takes what is left."""
    cells = dict(_WIDE_COLUMNS if width >= _WIDE else _NARROW_COLUMNS)
    cells["name"] = max(_LEAST_NAME, width - sum(map(abs, cells.values())) - _GAP * (len(cells) - 1))
    return cells


def head(width: int, catalogue: Catalogue) -> Content:
    """The words over the columns."""
    words = {name: Content.styled(catalogue.say(f"tui.store_{name}"), "$muted") for name in _WIDE_COLUMNS}
    return columns([(words[name], size) for name, size in widths(width).items()])


class StoreLines:
    """Draws stores, a line each; names that do not fit keep what tells them apart. `due`: what falls due first."""

    def __init__(self, stores: Sequence[StoreOverview], due: Mapping[str, DueEntry], today: date) -> None:
        self._names = [overview.store.name for overview in stores]
        self._due, self._today = due, today
        self._cut: tuple[tuple[int, str], dict[str, str]] = ((0, ""), {})

    def _name(self, overview: StoreOverview, width: int, language: str) -> str:
        if self._cut[0] != (width, language):
            names = [in_language(name, language) for name in self._names]
            self._cut = (width, language), dict(zip(self._names, told_apart(names, width), strict=True))
        return self._cut[1].get(overview.store.name, overview.store.name)

    def draw(self, overview: StoreOverview, width: int, catalogue: Catalogue) -> Content:
        """One store. A draft shows how far it is."""
        sizes, due = widths(width), self._due.get(overview.store.code)
        cells: dict[str, Piece] = {
            "code": Content.styled(overview.store.code, "$primary"),
            "name": self._name(overview, sizes["name"], catalogue.language),
            "region": in_language(overview.store.region, catalogue.language),
            "status": _status(overview, width, catalogue),
            "progress": _progress(overview, _WIDE_COLUMNS["progress"]),
            "points": total_under(overview.scheme, overview.total, overview.available).text,
            "level": Content.styled(glyphs.STAR.mark * overview.stars or "-", glyphs.STAR.style),
            "visited": Content.styled(f"{overview.visited:%Y-%m-%d}" if overview.visited else "-", "$muted"),
            "due": due_words(due, self._today, short=width < _WIDE),
        }
        return columns([(cells[name], size) for name, size in sizes.items()])


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
    return progress_line(overview.answered, overview.asked, width)


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


def due_subject(entry: DueEntry, catalogue: Catalogue) -> Content:
    """What falls due, the finding or the certificate, in a line."""
    row = entry.row
    if row.certificate:
        return Content.assemble(glyphs.STAR.content, " ", catalogue.say("due.certificate", number=row.certificate))
    text = in_language(" ".join(row.text.split()), catalogue.language)
    return Content.assemble(glyphs.OF_SEVERITY[row.severity].content, " ", (row.criterion, "bold"), f"  {text}")
