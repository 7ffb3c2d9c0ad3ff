"""Nothing is laid out or painted more often than it has to be."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from textual._compositor import ChopsUpdate, Compositor
from textual.app import App
from textual.containers import Vertical
from textual.content import Content
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.visual import RichVisual, Visual
from textual.widget import Widget
from textual.widgets import Input, Static

from greenstar.scoring.scorecard import CriterionScore
from greenstar.tui.common.rows import Rows
from greenstar.tui.shell.garbage import Garbage
from greenstar.tui.textual_compat import paint_timer
from greenstar.tui.textual_compat.front_compositor import FrontCompositor
from greenstar.tui.textual_compat.kept_lines import KeptLines
from greenstar.tui.textual_compat.paint_timer import PaintTimer
from greenstar.tui.textual_compat.scroll_bar import PlainScrollBar
from greenstar.tui.textual_compat.single_layout import SingleLayout
from tests.tui.bare import BareApp
from tests.tui.conftest import Open
from tests.tui.driver import Driver
from tests.tui.painting import painting

SMALL, WIDE = (80, 24), (120, 36)


async def a_visit_opens_with_three_layouts_and_four_paints_at_most(driver: Driver) -> None:
    with painting() as done:
        driver.host.show_visit("WX-001")
        await driver.rest(hurry=False)
    assert driver.visit.criterion
    assert 1 <= done.layouts <= 3
    assert 1 <= done.paints <= 4


async def test_the_next_criterion_takes_one_layout_and_one_more_where_its_scroll_bar_comes_or_goes_a_digit_takes_none(
    screen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with screen(size=SMALL) as driver:
        await a_visit_opens_with_three_layouts_and_four_paints_at_most(driver)
        await driver.go_to("WAT-06", "wash_total_m3")
        await driver.press("ctrl+u", "1", "2")
        with painting() as done:
            driver.app.simulate_key("3")
            await driver.rest(hurry=False)
        assert (done.layouts, done.paints > 0) == (0, True)
        assert isinstance(driver.visit.page.paper.vertical_scrollbar, KeptLines)  # its lines stay as drawn
        at_work = list[Garbage]()

        def noted(garbage: Garbage) -> None:
            at_work.append(garbage)

        monkeypatch.setattr(Garbage, "at_work", noted)
        for criterion in ("POL-P1", "POL-01", "WAT-04", "WAT-01"):
            bar = driver.visit.page.paper.show_vertical_scrollbar
            with painting() as done:
                driver.visit.go_to(criterion)
                await driver.rest(hurry=False)
            other_bar = driver.visit.page.paper.show_vertical_scrollbar != bar
            assert (criterion, done.layouts) == (criterion, 1 + other_bar)  # there are fields enough, from the start
            assert at_work.pop()  # garbage waits


async def test_a_line_more_in_a_field_paints_what_moves_by_it_and_nothing_above(screen: Open) -> None:
    async with screen("WX-001", size=WIDE) as driver:
        await driver.go_to("WAT-06", "wash_total_m3")
        await driver.press("ctrl+u")
        spans, display = list[tuple[int, int, int]](), App._display

        def noted(app: App[Any], painted: Any, update: Any) -> None:
            spans.extend(update.spans if isinstance(update, ChopsUpdate) else ())
            display(app, painted, update)

        with pytest.MonkeyPatch.context() as patched, painting() as done:
            driver.visit.refresh()
            await driver.rest(hurry=False)
            done.screens.clear()
            patched.setattr(App, "_display", noted)
            driver.app.simulate_key("1")
            await driver.rest(hurry=False)
        field, page = driver.field("wash_total_m3"), driver.visit.page.paper.region
        lines = {y for y, left, right in spans if left < page.x + 1 < right and page.y <= y < page.bottom}
        assert (done.layouts, min(lines)) == (1, field.region.y)
        assert max(lines) >= page.bottom - 1


def as_textual_paints(compositor: FrontCompositor) -> list[Strip]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(FrontCompositor, "cuts", Compositor.cuts)
        ours, compositor._cuts = compositor._cuts, None
        chops = Compositor._render_chops(compositor, compositor.size.region, lambda _: True)
        compositor._cuts = ours
        return [Strip.join(line.values()) for line in chops]


async def test_a_chinese_sign_in_front_of_an_edge_is_whole() -> None:
    class Overlay(BareApp):
        CSS = """
        Screen { layers: below above; overflow: hidden; }
        #behind { layer: below; width: 5; }
        #front { layer: above; width: 20; }
        """

        def compose(self) -> Iterator[Widget]:
            yield Static("behind", id="behind")
            yield Static("评审发现", id="front")

    async with Overlay().run_test(size=(20, 1)) as pilot:
        compositor, screen = FrontCompositor(), pilot.app.screen
        compositor.reflow(screen, screen.size)
        (line,) = compositor._render_chops(screen.region, lambda _: True)
        assert Strip.join(line.values()).text.rstrip() == "评审发现"
        assert as_textual_paints(compositor)[0].text.rstrip() != "评审发现", "Textual does without us"


async def test_a_paint_writes_what_textual_would_and_asks_only_what_is_painted(
    screen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, paints = set[Widget](), list[tuple[object, object]]()
    ours, render_lines = FrontCompositor.render_partial_update, Widget.render_lines

    def noted(widget: Widget, crop: Region) -> list[Strip]:
        asked.add(widget)
        return render_lines(widget, crop)

    def compared(compositor: FrontCompositor) -> ChopsUpdate | None:
        update = ours(compositor)
        if update is not None:
            theirs = as_textual_paints(compositor)
            for y, left, right in update.spans:
                painted = Strip.join(piece for cut, piece in update.chops[y].items() if left <= cut < right and piece)
                paints.append((painted.simplify(), theirs[y].crop(left, right).simplify()))
        return update

    async with screen(size=WIDE) as driver:
        await a_visit_opens_with_three_layouts_and_four_paints_at_most(driver)
        with painting():
            monkeypatch.setattr(FrontCompositor, "render_partial_update", compared)
            for criterion in ("WAT-04", "MGT-P1"):
                driver.visit.go_to(criterion)
                await driver.rest(hurry=False)
            await driver.press("f1", "escape")
            assert paints
            assert all(our == their for our, their in paints)
            monkeypatch.setattr(FrontCompositor, "render_partial_update", ours)
            monkeypatch.setattr(Widget, "render_lines", noted)
            driver.visit.page.result.refresh()
            await driver.rest(hurry=False)
            assert asked == {driver.visit.page.result}
            card = driver.visit.session.card  # with other values, and lines that look the same
            driver.visit.outline.update(replace(card, criteria=_valued(card.criteria)), driver.visit.catalogue)
            await driver.rest(hurry=False)
            assert driver.visit.outline not in asked


def _valued(scores: Mapping[str, CriterionScore]) -> dict[str, CriterionScore]:
    return {name: replace(score, value=Fraction(1)) for name, score in scores.items()}


@pytest.mark.parametrize("vertical", [True, False])
async def test_a_scroll_bar_looks_as_rich_would_write_it(vertical: bool) -> None:
    bar = ScrollBar(vertical=vertical)
    width, height = (1, 17) if vertical else (25, 1)
    async with BareApp(bar).run_test():
        for virtual_size, window_size, position in ((100, 20, 0), (100, 20, 33), (100, 20, 80), (10, 0, 0)):
            drawn = PlainScrollBar(virtual_size, window_size, position, 1, vertical, "red on blue")
            ours, theirs = (
                [list(strip.simplify()) for strip in Visual.to_strips(bar, visual, width, height, bar.visual_style)]
                for visual in (drawn, RichVisual(bar, drawn))
            )
            assert ours == theirs
            if vertical:
                roomy = Visual.to_strips(bar, drawn, 2, height, bar.visual_style)
                assert {strip.text for strip in roomy} == {"  "}
                for (free, *rest), own in zip(roomy, ours, strict=True):
                    assert (free.style, rest) == (bar.visual_style.rich_style, own)


async def test_a_paint_waits_for_what_is_left_of_a_sixtieth_second_since_the_last_and_not_for_a_beat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, painted, messages, left = [100.0], list[float](), [1, 2, 3], list[int]()

    async def pass_time(seconds: float) -> None:
        now[0] += seconds

    def paint() -> None:
        painted.append(now[0])
        left.append(len(messages))
        timer.pause()

    monkeypatch.setattr(paint_timer, "monotonic", lambda: now[0])
    monkeypatch.setattr(paint_timer, "sleep", pass_time)
    app = BareApp(Static())
    async with app.run_test() as pilot:
        timer = PaintTimer(app, 10, callback=paint, pause=True, under_way=lambda: bool(messages and messages.pop()))
        timer._start()
        for rest in (0, 4, 25):
            now[0] += rest
            timer.resume()
            await pilot.pause()
        timer.stop()
    assert painted == [100, 110, 135]
    assert left == [0, 0, 0]  # what was under way is painted with it


async def test_lines_of_a_list_that_look_the_same_are_not_painted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[int] = []
    render_line = Rows.render_line

    def noted(rows: Rows, y: int) -> Any:
        painted.append(y)
        return render_line(rows, y)

    rows = Rows(lambda row, _width: Content(row))
    with painting():
        async with BareApp(rows).run_test(size=(20, 8)) as pilot:
            rows.show(["a", "b", "c", "d", "e"], 1)
            await pilot.pause()
            monkeypatch.setattr(Rows, "render_line", noted)
            for after, cursor, anew in (
                (["a", "b", "c", "d", "e"], 1, []),
                (["a", "b", "C", "d", "e"], 1, [2]),
                (["a", "b", "C", "d", "e"], 3, [1, 3]),
            ):
                painted.clear()
                rows.show(after, cursor)
                await pilot.pause()
                assert (after, sorted(set(painted))) == (after, anew)


class _Boxes(SingleLayout[None]):
    """Two boxes in a frame; each box, what stands in it, and the frame show whether the cursor is inside."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    .frame { border: solid gray; &:focus-within { border: solid red; } }
    .box { border-left: solid gray; &:focus-within { border-left: solid red; } }
    .box:focus-within .word { text-style: bold; }
    """

    def compose(self) -> Iterator[Widget]:
        """Frame, boxes, and in each a word, a field and something that does not ask."""
        with Vertical(classes="frame"):
            for name in ("one", "two"):
                with Vertical(classes="box", id=name):
                    yield Static("word", classes="word")
                    yield Static("plain")
                    yield Input(id=f"field-{name}")


async def test_only_what_looks_different_by_where_the_cursor_is_is_styled_and_painted_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    styled: list[DOMNode] = []
    update_nodes = Stylesheet.update_nodes

    def noted(sheet: Stylesheet, nodes: Any, **options: Any) -> None:
        listed = list(nodes)
        styled.extend(listed)
        update_nodes(sheet, listed, **options)

    app = App[None]()
    async with app.run_test(size=(40, 20)) as pilot:
        await app.push_screen(_Boxes())
        await pilot.pause()
        for goal in ("#field-one", "#field-two", None, "#field-one"):
            field = app.screen.query_one(goal, Input) if goal is not None else None
            with monkeypatch.context() as patched:
                patched.setattr(Stylesheet, "update_nodes", noted)
                styled.clear()
                app.screen.set_focus(field)
            assert not app.screen._repaint_required  # all of it
            await pilot.pause()
            looks = [widget.styles.base.css for widget in app.screen.query("*")]
            app.stylesheet.update(app.screen)  # all of it
            assert [widget.styles.base.css for widget in app.screen.query("*")] == looks
            assert not any(type(node) is Static and not node.has_class("word") for node in styled)
            inside = [node for node in styled if node.has_class("box")]
            assert len(inside) == (2 if goal == "#field-two" else 1)
            assert any(node.has_class("frame") for node in styled) == (goal != "#field-two")
