"""Values and rules that are read with one look are those that Textual reads."""

from textual.app import App
from textual.css.styles import RenderStyles
from textual.reactive import reactive, var
from textual.widgets import Static

from greenstar.tui.textual_compat.quick_reads import _read_value, _rule, _value, read_quickly


class Counting(Static):
    """One value that is stored, one that is not set until it is read, and one that is worked out."""

    stored = var(1, init=False)
    made = reactive(2, init=False)
    twice = var(0)

    def compute_twice(self) -> int:
        """From the stored one."""
        return 2 * self.stored


async def test_a_value_is_read_as_textual_reads_it_also_where_a_method_works_it_out() -> None:
    read_quickly()
    async with App[None]().run_test() as pilot:
        counting = Counting()
        await pilot.app.mount(counting)
        assert Counting.stored is Counting.__dict__["stored"]
        for value in (1, 5, 7):
            counting.stored = value
            for name in ("stored", "made", "twice"):
                declared = Counting.__dict__[name]
                read = [reading(declared, counting, Counting) for reading in (_value, _read_value)]
                assert read[0] == read[1] == getattr(counting, name)
            assert (counting.stored, counting.twice) == (value, 2 * value)


async def test_a_rule_is_that_of_the_widget_itself_then_that_of_the_style_sheets() -> None:
    async with App[None]().run_test() as pilot:
        await pilot.app.mount(Static())
        styles = pilot.app.query_one(Static).styles
        assert isinstance(styles, RenderStyles)
        before = _rule(styles, "width")
        styles.width = 7
        assert (str(_rule(styles, "width")), _rule(styles, "hatch", "none")) == ("7", "none")
        styles.clear_rule("width")
        assert _rule(styles, "width") == before == styles.base.get_rules().get("width")
