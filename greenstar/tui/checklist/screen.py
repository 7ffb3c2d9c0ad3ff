"""Before you leave: what can only be done here and is not, by what it may cost; and the way to handing the visit in."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget
from typing_extensions import override

from greenstar.assessment.model import AssessmentKind
from greenstar.errors import GreenStarError
from greenstar.i18n.phrase import Phrase
from greenstar.keys import ENTER, LEAVE, NEEDS, Command, screen_commands
from greenstar.record.merge import Clash
from greenstar.reports.views.figures import total_under
from greenstar.services.evidence.lost import with_lost
from greenstar.services.laptops.settling import settle_clash, take_over
from greenstar.services.laptops.words import part_phrase
from greenstar.services.signing.documents import with_signature
from greenstar.services.visit.checklist import checklist_of
from greenstar.services.visit.checklist_item import OPEN, ChecklistItem
from greenstar.services.visit.sealing import Submission
from greenstar.services.visit.submission import again
from greenstar.services.visit.visit import OpenVisit
from greenstar.tui import routes
from greenstar.tui.checklist.arrangement import count_of
from greenstar.tui.checklist.clash_actions import LOOK, TAKE_IN, clash_dialog, take_in_dialog, taken_in_phrase
from greenstar.tui.checklist.rows import ChecklistRows
from greenstar.tui.checklist.submit_dialog import SEAL_SHOWN, SubmitDialog
from greenstar.tui.common import wording
from greenstar.tui.common.panel import PanelWords
from greenstar.tui.common.rows import Rows
from greenstar.tui.common.score_lines import group_lines, next_lines, score_of, total_lines
from greenstar.tui.common.split_line import SplitLine
from greenstar.tui.common.text import Words
from greenstar.tui.common.visit_screen import VisitScreen

_LEAST = 20  # cells that the score is filled for before it is laid out


class ChecklistScreen(VisitScreen):
    """A list that one works off: Enter goes to where a thing is done, f12 hands the visit in."""

    commands = screen_commands(ENTER.saying("go_there"), LEAVE.saying("submit", writes=True), NEEDS)
    DEFAULT_CSS = """
    ChecklistScreen {
        #standing { padding: 0 1; }
        #list { width: 1fr; }
        #things { height: 1fr; }
        #about { max-height: 6; }
        #score { display: none; width: 46; & > Words { margin-bottom: 1; } }
        &.-high #about { margin-top: 1; }
        &.-high #body { margin-top: 1; }
        &.-wide, &.-widest, &.-vast { #standing { display: none; } #score { display: block; } }
        &.-widest #score { width: 54; }
        &.-vast #score { width: 64; }
    }
    """

    def __init__(self, visit: OpenVisit) -> None:
        super().__init__(again(visit))
        self.left = self._left()
        self._new = True  # it comes up for the first time
        about = Words(id="about", classes="callout")
        unfolded = self.host.places.setdefault(f"unfolded {self.visit.assessment.id}", set())
        rows = ChecklistRows(self.visit, self.catalogue, unfolded)
        self._panel = Vertical(Words(id="nothing"), rows, about, id="list")
        self._score = VerticalScroll(
            Words(id="total"), Words(id="groups"), Words(id="next"), id="score", can_focus=False
        )
        self._panel_words, self._score_words = PanelWords(self._panel), PanelWords(self._score)

    def _left(self) -> list[ChecklistItem]:
        return [] if self.visit.read_only else checklist_of(self.visit)

    @override
    def body(self) -> Iterable[Widget]:
        yield SplitLine(id="standing")
        yield Horizontal(self._panel, self._score, id="body")

    @override
    def does(self, command: Command) -> bool:
        return super().does(command) and (command.name != ENTER.name or bool(self.rows.rows))

    @property
    @override
    def live_commands(self) -> list[Command]:
        enter = ENTER.saying(self.rows.entering)
        return [enter if command.name == ENTER.name else command for command in super().live_commands]

    @property
    def rows(self) -> ChecklistRows:
        """What is left to do, a row each."""
        return self.query_one(ChecklistRows)

    def on_mount(self) -> None:
        """At the thing that one went to last, else at the first."""
        self.rows.show_at(self.left, self.host.places.get(self._remembered))
        self.rows.focus()

    @on(ScreenResume)
    def _came_back(self) -> None:
        """What was done meanwhile is gone from the list."""
        if self._new:
            self._new = False
            return
        try:
            self.visit.refresh()
            self.left = self._left()
        except GreenStarError as error:
            self.host.notify(error.message, wrong=True)
            return
        self.rows.show_at(self.left, self.rows.place if self.rows.rows else self.host.places.get(self._remembered))
        self.relabel()

    @property
    def _remembered(self) -> str:
        return f"checklist {self.visit.assessment.id}"

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._about()

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        item, place = self.rows.chosen, self.rows.evidence_place
        if place is not None:
            self.rows.toggle(place)
        elif item is not None and item.clash is not None:
            self._ask_which_counts(item, item.clash)
        elif item is not None and item.begun_by:
            self._ask_to_take_in(item.begun_by)
        elif item is not None:
            self._go_to(item)

    def _ask_which_counts(self, item: ChecklistItem, clash: Clash) -> None:
        """Ask which side of a clash is to count, and settle it so."""
        row = self.visit.assessment

        def chosen(choice: str | None) -> None:
            if choice == LOOK:
                self._go_to(item)
            elif choice is not None:
                self.host.go_on(self, lambda: settled(int(choice)))

        async def settled(take: int) -> None:
            what = ("settle", row.store)
            await self.host.saving.done(lambda workspace: settle_clash(workspace, row, clash, take), what=what)
            self._came_back()
            self.host.notify(Phrase("checklist.settled", thing=part_phrase(self.visit.scheme, clash.part)))

        self.app.push_screen(clash_dialog(self.visit.scheme, clash), chosen)

    def _ask_to_take_in(self, people: Sequence[str]) -> None:
        """Ask whether what others began apart is to come into this draft, and bring it in."""
        code = self.visit.assessment.store

        def chosen(choice: str | None) -> None:
            if choice == TAKE_IN:
                self.host.go_on(self, taken_in)

        async def taken_in() -> None:
            done = await self.host.saving.done(lambda workspace: take_over(workspace, code), what=("settle", code))
            self._came_back()
            self.host.notify(taken_in_phrase(done))

        self.app.push_screen(take_in_dialog(people), chosen)

    def _go_to(self, item: ChecklistItem) -> None:
        """To where a thing is done."""
        self.host.places[self._remembered] = self.rows.place
        code = self.visit.visit.store.code
        if item.at:
            self.host.show_visit(code, item.at, item.question)
        else:
            self.host.show(routes.STORE, self.host.workspace, code, self.visit)

    # -- showing

    def on_resize(self) -> None:
        """Another width: what gave way may fit now."""
        self.rows.arrange_again()
        self.call_after_refresh(self.relabel)

    @override
    def relabel(self) -> None:
        super().relabel()
        say = self.catalogue.say
        self.say_title(say("checklist.title"))
        self._standing()
        self.query_one("#nothing", Words).say(self._nothing())
        self._panel_words.title(self._count(), self._panel.size.width)
        self._panel_words.foot(Content(say("checklist.at_stake") if self.left else ""))
        if self.wide:
            self._show_score()
        self.rows.relabel(self.catalogue)
        self._about()

    def _show_score(self) -> None:
        """The score, its categories, and what the next level needs, as they stand."""
        width = max(self._score.scrollable_content_region.width, _LEAST)
        scheme, card = self.visit.scheme, self.visit.scorecard
        score = score_of(scheme, card, self.visit.previous, sealed=self.visit.read_only)
        self._score_words.title(Content(self.catalogue.say("visit.score")))
        parts = {
            "total": total_lines(score, self.catalogue, width),
            "groups": group_lines(score, self.catalogue, width),
            "next": next_lines(scheme, score.result.next_level, self.catalogue, width, sealed=self.visit.read_only),
        }
        for name, lines in parts.items():
            self.query_one(f"#{name}", Words).say(Content("\n").join(lines))

    def _standing(self) -> None:
        """Points and criteria so far; the level now, and still possible."""
        say, card, scheme = self.catalogue.say, self.visit.scorecard, self.visit.scheme
        total = wording.card_total(scheme, card, self.catalogue)
        answered = say("tui.answered_of", answered=str(card.answered), asked=str(card.asked))
        levels = wording.now_and_possible(scheme, card, self.catalogue, sealed=self.visit.read_only)
        self.query_one("#standing", SplitLine).show(Content.assemble((total, "bold"), f"   {answered}"), levels)

    def _nothing(self) -> Content:
        """Why there is nothing in the list."""
        if self.visit.read_only:
            seal = (self.visit.assessment.seal or "")[:SEAL_SHOWN]
            return Content(self.catalogue.say("checklist.is_sealed", seal=seal))
        return Content("") if self.left else Content.styled(self.catalogue.say("checklist.nothing_left"), "$success")

    def _count(self) -> Content:
        """How much is left, and how much of it blocks."""
        say = self.catalogue.say
        if not self.left:
            return Content(say("checklist.title"))
        others, evidence = count_of(self.left)
        blocking = sum(item.blocks for item in self.left)
        parts = [Content.styled(say("checklist.left", count=others), "bold")] if others else []
        if blocking:
            parts.append(Content.styled(say("checklist.blocking", count=blocking), "$error"))
        if evidence:
            parts.append(Content(say("checklist.without_evidence", count=evidence)))
        counts = Content(say("tui.then")).join(parts)
        return Content(counts.plain[:1].upper() + counts.plain[1:], spans=[*counts.spans])

    def _about(self) -> None:
        """The thing under the cursor in full, and what Enter does with it."""
        self.show_keys()
        self.query_one("#about", Words).say(Content("\n").join(self.rows.in_full()))

    # -- handing it in

    def do_needs(self) -> None:
        """What the levels need."""
        self.host.show(routes.REQUIREMENTS, self.visit)

    def do_leave(self) -> None:
        """Hand the visit in, if nothing blocks it."""
        if self.visit.read_only:
            self.host.notify(Phrase("tui.is_read_only"))
            return
        if self.visit.assessment.kind is AssessmentKind.CHECK_VISIT:
            self.host.notify(Phrase("life.check_stays"))
            return
        blocking = [item.criterion for item in self.left if item.blocks]
        if blocking:
            self.rows.go_first()
            self._about()
            where = list(dict.fromkeys(blocking))
            self.host.notify(Phrase("checklist.blocked", count=len(blocking), criteria=where), wrong=True)
            return
        others = sum(item.kind not in OPEN for item in self.left)
        self.app.push_screen(SubmitDialog(self.visit, others), self._submitted)

    def _submitted(self, done: Submission | None) -> None:
        """On to the closing meeting, over the visit, which is sealed now."""
        if done is None:
            return
        reached = self.visit.scheme.level_title(done.level)
        level = reached if reached is not None else Phrase("checklist.no_level")
        total = total_under(self.visit.scheme, done.total or Fraction(0), done.available).quantity
        self.host.show_visit(self.visit.visit.store.code)
        self.host.show(routes.CLOSING, self.visit)
        key = "checklist.submitted" if self.visit.scheme.levels else "checklist.submitted_no_levels"
        told = Phrase(key, total=total, level=level, seal=done.seal[:SEAL_SHOWN])
        self.host.notify(with_signature(with_lost(told, done.lost), done.signed))
