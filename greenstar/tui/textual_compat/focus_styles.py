"""When the cursor moves, only what looks different by it is styled and painted anew.

Textual styles all that stands in the outermost widget with a `:focus-within` style, whether the cursor left it or not:
a page of sixty widgets for each step from field to field. And it paints all of the screen, as `Screen.focused` is
declared so. One private method is at work, `Screen._update_focus_styles`; `_has_focus_within` says of a widget that
some rule for it asks where the cursor is.
"""

from collections.abc import Sequence

from textual.css.model import RuleSet
from textual.dom import DOMNode
from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget
from typing_extensions import override

_INSIDE = "focus-within"


class FocusStyles(Screen[ScreenResultType]):
    """Styles what the cursor came into and what it left, and what in these has a style of its own for that."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    _rules_read: Sequence[RuleSet] = ()
    _names_inside: frozenset[str] = frozenset()

    @override
    def _update_focus_styles(self, focused: Widget | None = None, blurred: Widget | None = None) -> None:
        after = {*focused.ancestors_with_self} if focused is not None else set()
        before = {*blurred.ancestors_with_self} if blurred is not None else set()
        changed = {node for node in after ^ before if node._has_focus_within}  # noqa: SLF001 - nothing public says so
        if not changed:
            return
        names = self._styled_inside()
        inside = {child for node in changed for child in node.walk_children() if not names.isdisjoint(_names_of(child))}
        self.app.stylesheet.update_nodes(changed | inside, animate=True)

    def _styled_inside(self) -> frozenset[str]:
        """The names (types, classes, ids) that rules have for what stands inside of where the cursor is."""
        rules = self.app.stylesheet.rules
        if rules is not self._rules_read:
            self._rules_read = rules
            self._names_inside = frozenset(
                name for rule in rules if _asks_of_others(rule) for name in rule.selector_names
            )
        return self._names_inside


def _asks_of_others(rule: RuleSet) -> bool:
    """Whether a rule asks if the cursor is inside of something that the styled widget stands in."""
    return _INSIDE in rule.pseudo_classes and any(
        _INSIDE in selector.pseudo_classes for each in rule.selector_set for selector in each.selectors[:-1]
    )


def _names_of(node: DOMNode) -> set[str]:
    return node._selector_names  # noqa: SLF001 - by what the stylesheet finds its rules
