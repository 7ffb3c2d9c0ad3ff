"""When the cursor moves, only what looks different by it is styled and painted anew.

Textual styles all that stands in the outermost widget with a `:focus-within` style, whether the cursor left it or not:
a page of sixty widgets for each step from field to field. And it paints all of the screen, as `Screen.focused` is
declared so. One private method is at work, `Screen._update_focus_styles`; `_has_focus_within` says of a widget that
some rule for it asks where the cursor is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from textual.css.model import RuleSet, SelectorType
from textual.dom import DOMNode
from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget
from typing_extensions import override

_INSIDE = "focus-within"
_SIGNS = {SelectorType.CLASS: ".", SelectorType.ID: "#"}


class FocusStyles(Screen[ScreenResultType]):
    """Styles what the cursor came into and what it left, and what in these has a style of its own for that."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    _rules_read: Sequence[RuleSet] = ()
    _inside: Mapping[str, frozenset[str]] = {}

    @override
    def _update_focus_styles(self, focused: Widget | None = None, blurred: Widget | None = None) -> None:
        after = {*focused.ancestors_with_self} if focused is not None else set()
        before = {*blurred.ancestors_with_self} if blurred is not None else set()
        changed = {node for node in after ^ before if node._has_focus_within}  # noqa: SLF001 - nothing public says so
        inside = {child for node in changed for child in self._styled_inside(node)}
        if changed:
            self.app.stylesheet.update_nodes(changed | inside, animate=True)

    def _styled_inside(self, node: DOMNode) -> Iterator[DOMNode]:
        """What stands in a widget and has a style of its own for when the cursor is in that."""
        rules = self.app.stylesheet.rules
        if rules is not self._rules_read:
            self._rules_read, self._inside = rules, _names_inside(rules)
        names = {name for known in self._inside.keys() & _names_of(node) for name in self._inside[known]}
        if names:
            yield from (child for child in node.walk_children() if not names.isdisjoint(_names_of(child)))


def _names_inside(rules: Iterable[RuleSet]) -> dict[str, frozenset[str]]:
    """The names (types, classes, ids) that rules have for what stands in something where the cursor is, by its name."""
    inside: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for rule in rules:
        if _INSIDE in rule.pseudo_classes:
            for selector in (selector for each in rule.selector_set for selector in each.selectors[:-1]):
                if _INSIDE in selector.pseudo_classes:
                    inside[_SIGNS.get(selector.type, "") + selector.name] |= rule.selector_names
    return dict(inside)


def _names_of(node: DOMNode) -> set[str]:
    return node._selector_names  # noqa: SLF001 - by what the stylesheet finds its rules
