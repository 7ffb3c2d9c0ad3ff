"""A line of the list of stores: what it shows, and how wide that is."""

from collections.abc import Mapping, Sequence
from datetime import date

from textual.content import Content

from greenstar.assessment.model import Status
from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.places import place_in
from greenstar.reports.views.figures import total_under
from greenstar.services.stores.due import DueEntry
from greenstar.services.stores.stores import StoreOverview
from greenstar.text import cell_width
from greenstar.tui import glyphs
from greenstar.tui.common.drawing import progress_line
from greenstar.tui.common.lines import Piece, columns
from greenstar.tui.common.names import told_apart

_WIDE = 110
_NARROW_COLUMNS = {"code": 8, "name": 0, "region": 8, "status": 9, "level": 5, "due": 8}
_NARROW_WITH_VISITED = {"code": 8, "name": 0, "region": 8, "status": 9, "level": 5, "visited": 8, "due": 8}
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
_GAP, _LEAST_NAME, _LEAST_WHAT = 2, 8, 24
_NOTHING = Content.styled("-", "$faint")
_NOT_DUE = _NOTHING.pad_left(1)  # below the days, before which a mark may stand


def widths(width: int, language: str, longest: "LongestName") -> dict[str, int]:
    """The columns of a line in so many cells, each with its width; the name takes what is left.

    A narrow line shows the last visit where every name, as a language has it, has its room beside it.
    """
    if width >= _WIDE:
        return _with_what(_with_name(_WIDE_COLUMNS, width), longest.in_(language))
    visited = _with_name(_NARROW_WITH_VISITED, width)
    has_room = visited["name"] >= longest.in_(language) and visited["code"] >= longest.code
    return visited if has_room else _with_name(_NARROW_COLUMNS, width)


def _with_name(cells: Mapping[str, int], width: int) -> dict[str, int]:
    rest = width - sum(map(abs, cells.values())) - _GAP * (len(cells) - 1)
    return {**cells, "name": max(_LEAST_NAME, rest)}


def _with_what(cells: dict[str, int], longest: int) -> dict[str, int]:
    """Where no name needs all the room, what is due next has the rest of it."""
    rest = cells["name"] - longest - 2 * _GAP
    return {**cells, "name": longest + _GAP, "what": rest} if rest >= _LEAST_WHAT else cells


class LongestName:
    """How many cells the longest name of all stores has, also while a search leaves only some of them.

    `code`: how many the longest code has.
    """

    def __init__(self, stores: Sequence[StoreOverview]) -> None:
        self.code = max((cell_width(overview.store.code) for overview in stores), default=0)
        self._names = [overview.store.name for overview in stores]
        self._cells: dict[str, int] = {}

    def in_(self, language: str) -> int:
        """In the half that is shown in a language."""
        if language not in self._cells:
            widest = max((cell_width(in_language(name, language)) for name in self._names), default=0)
            self._cells[language] = widest
        return self._cells[language]


class StoreLines:
    """Draws stores, a line each; names that do not fit keep what tells them apart.

    `due`: what falls due first; `longest`: the name that columns leave room for.
    """

    def __init__(
        self,
        stores: Sequence[StoreOverview],
        due: Mapping[str, DueEntry],
        today: date,
        longest: LongestName,
    ) -> None:
        self._names, self._longest = [overview.store.name for overview in stores], longest
        self._due, self._today = due, today
        self._cut: tuple[tuple[int, str], dict[str, str]] = ((0, ""), {})

    def _name(self, overview: StoreOverview, width: int, language: str) -> str:
        if self._cut[0] != (width, language):
            names = [in_language(name, language) for name in self._names]
            self._cut = (width, language), dict(zip(self._names, told_apart(names, width), strict=True))
        return self._cut[1].get(overview.store.name, overview.store.name)

    def _visited(self, overview: StoreOverview, *, short: bool) -> str:
        return _day(overview.visited, self._today, short=short) if overview.visited else "-"

    def head(self, width: int, catalogue: Catalogue) -> Content:
        """The words over the columns."""
        sizes = widths(width, catalogue.language, self._longest)
        heads = (name for name in sizes if name != "what")
        words = {name: Content.styled(catalogue.say(f"tui.store_{name}"), "$muted") for name in heads}
        if width < _WIDE:
            words["visited"] = Content.styled(catalogue.say("tui.store_visited_short"), "$muted")
        return columns([(words.get(name, ""), size) for name, size in sizes.items()])

    def draw(self, overview: StoreOverview, width: int, catalogue: Catalogue) -> Content:
        """One store. A draft shows how far it is."""
        sizes, due = widths(width, catalogue.language, self._longest), self._due.get(overview.store.code)
        cells: dict[str, Piece] = {
            "code": Content.styled(overview.store.code, "$primary"),
            "name": self._name(overview, sizes["name"], catalogue.language),
            "region": place_in(overview.store.region, catalogue.language),
            "status": _status(overview, width, catalogue),
            "progress": _progress(overview, _WIDE_COLUMNS["progress"]),
            "points": total_under(overview.scheme, overview.total, overview.available).text,
            "level": glyphs.stars(overview.stars, overview.stars) if overview.stars else _NOTHING,
            "visited": Content.styled(self._visited(overview, short=width < _WIDE), "$muted"),
            "due": due_words(due, self._today, short=width < _WIDE) if due is not None else _NOT_DUE,
            "what": due_subject(due, catalogue) if due is not None and "what" in sizes else "",
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
        return _NOTHING
    text = _day(entry.day, today, short=short)
    if entry.overdue:
        return Content.assemble(glyphs.BLOCKED.content, Content.styled(text, "$error"))
    return Content.assemble(" ", text)


def _day(day: date, today: date, *, short: bool) -> str:
    """A day; `short`: without the year of today, or without the day of another year."""
    if not short:
        return f"{day:%Y-%m-%d}"
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m}"


def due_subject(entry: DueEntry, catalogue: Catalogue) -> Content:
    """What falls due, the finding or the certificate, in a line."""
    row = entry.row
    if row.certificate:
        return Content.assemble(glyphs.STAR.content, " ", catalogue.say("due.certificate", number=row.certificate))
    text = in_language(" ".join(row.text.split()), catalogue.language)
    return Content.assemble(glyphs.OF_SEVERITY[row.severity].content, " ", (row.criterion, "bold"), f"  {text}")
