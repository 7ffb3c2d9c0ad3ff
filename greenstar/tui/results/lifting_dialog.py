"""What lifts most stores of a ranking to a level: the criteria on the ways of most of them, a level at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from typing_extensions import override

from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.ranking.league import LeagueLevel
from greenstar.services.results.ways import Lifting, NetworkWays, network_ways
from greenstar.services.workspace import Workspace
from greenstar.tui.common.dialog import Dialog
from greenstar.tui.common.drawing import share_line
from greenstar.tui.common.fitted_rows import FittedRows
from greenstar.tui.common.lines import columns, shortened
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.text import Words
from greenstar.tui.common.threads import Unwanted, start_for
from greenstar.tui.results.ranking_filter import RankingFilter

_BESIDES = 16  # lines that a window has besides the list
_COUNT, _ID, _LINE = 6, 10, 16
_TOLD_EVERY = 20  # per cent


class LiftingDialog(Dialog[str]):
    """Worked out beside the screen, store by store; another level or esc stops it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "another(-1)", show=False),
        Binding("right", "another(1)", show=False),
    ]
    DEFAULT_CSS = """
    LiftingDialog {
        & > #panel { width: 100; }
        FittedRows { margin-top: 1; }
    }
    """

    @dataclass
    class Made(Message):
        """The ways to a level are added up; `why`: they could not be."""

        level: str
        ways: NetworkWays | None = None
        why: Phrase | None = None

    @dataclass
    class Told(Message):
        """So much of it is done."""

        level: str
        percent: int

    def __init__(self, workspace: Workspace, chosen: RankingFilter, ladder: tuple[LeagueLevel, ...]) -> None:
        super().__init__()
        self._workspace, self._filter, self._ladder = workspace, chosen, ladder
        self._at = len(ladder) - 1
        self._wanted: str | None = None  # the level that is worked out now
        self._ways: NetworkWays | None = None
        self._percent = 0
        self.question, self.said, self.keys = Words(id="question"), Words(id="said"), Words(id="hint")
        self.rows = FittedRows(self._draw, besides=_BESIDES)

    @override
    def compose(self) -> ComposeResult:
        yield Vertical(self.question, self.said, self.rows, self.keys, id="panel")

    def on_mount(self) -> None:
        """The highest level first."""
        self.rows.focus()
        self._ask()

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self._wanted = None

    @override
    def relabel(self) -> None:
        say, ways = self.catalogue.say, self._ways
        self.question.say(Content.styled(say("ways.lifts", level=self._ladder[self._at].title), "bold"))
        self.said.say("\n".join(self._sentences(ways)) if ways else say("ways.being_made", percent=str(self._percent)))
        self.keys.say(say("ways.lift_keys"))
        self.rows.show(list(ways.criteria) if ways is not None else [])

    def _sentences(self, ways: NetworkWays) -> Iterator[str]:
        say = self.catalogue.say
        yield say("ways.network_held", held=str(ways.held), out_of_reach=str(ways.out_of_reach))
        if ways.unplanned:
            yield say("ways.network_unplanned", count=str(ways.unplanned))
        yield say("ways.lift_how" if ways.criteria else "ways.network_nothing")

    def on_resize(self) -> None:
        """As many lines as there is room for."""
        self.rows.fit()

    # -- working it out

    def action_another(self, by: int) -> None:
        """The next level, or the one before."""
        at = max(0, min(self._at + by, len(self._ladder) - 1))
        if at != self._at:
            self._at = at
            self._ask()

    def _ask(self) -> None:
        self._wanted, self._ways, self._percent = self._ladder[self._at].id, None, 0
        self.relabel()
        start_for(self, partial(self._made, self._wanted))

    def _made(self, level: str) -> Message:
        """The ways to a level, from a storage opened anew."""
        chosen = self._filter
        try:
            with self._workspace.again() as own:
                progress = partial(self._tell, level)
                ways = network_ways(own.in_cycle(chosen.cycle), level, region=chosen.region, progress=progress)
                return self.Made(level, ways)
        except Unwanted:
            return self.Made(level)
        except GreenStarError as error:
            return self.Made(level, why=error.message)

    def _tell(self, level: str, done: int, of: int) -> None:
        """How far it is, on the thread that works it out."""
        if level != self._wanted:
            raise Unwanted
        percent = 100 * done // of
        if percent // _TOLD_EVERY != 100 * (done - 1) // of // _TOLD_EVERY:
            self.post_message(self.Told(level, percent))

    @on(Told)
    def _know_how_far(self, event: Told) -> None:
        if event.level == self._wanted and self._ways is None:
            self._percent = event.percent
            self.said.say(self.catalogue.say("ways.being_made", percent=str(event.percent)))

    @on(Made)
    def _know(self, event: Made) -> None:
        if event.level != self._wanted:
            return
        if event.why is not None:
            self.host.notify(event.why, wrong=True)
            self.dismiss(None)
            return
        self._ways = event.ways
        self.relabel()

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self.dismiss(None)

    def _draw(self, row: Lifting, width: int) -> Content:
        assert self._ways is not None
        title = self.catalogue.write(self._ways.scheme.criteria[row.criterion].title)
        most = self._ways.criteria[0].stores
        room = max(width - 1 - _ID - _LINE - _COUNT - 6, 1)
        cells: list[tuple[Content | str, int]] = [
            (Content.styled(row.criterion, "$primary"), _ID),
            (shortened(title, room), room),
            (share_line(row.stores / most, _LINE), _LINE),
            (Content.styled(str(row.stores), "bold"), -_COUNT),
        ]
        return columns(cells)
