"""A widget that stands where one like it stood before gets the styles of that one: a screen is styled once.

Textual looks through all rules for each widget that is mounted, and sets each property by itself: a fifth of the time
in which a visit opens. What came of it is kept as long as the rules stay, by all that a rule can ask of a widget and of
what it stands in. Private parts are at work: the four signs that `apply` leaves on a node for what its rules ask, and
`_process_component_classes`. What is styled by its place among others, or fades over, is styled by Textual.
"""

from collections.abc import Hashable
from operator import attrgetter
from typing import Any, NamedTuple

from textual.app import App
from textual.css.styles import RulesMap, Styles
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget
from typing_extensions import override

_MOST = 4000  # kinds of widgets in places
_SHOWN = "display"
_SIGNS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")
_signs = attrgetter(*_SIGNS)
_Cache = dict[tuple[Any, ...], RulesMap]


class _Styled(NamedTuple):
    """The styles of a node, and the signs on it."""

    rules: RulesMap
    signs: tuple[bool, ...]

    def put_on(self, node: DOMNode) -> None:
        """Have a node look so."""
        for sign, value in zip(_SIGNS, self.signs, strict=True):
            setattr(node, sign, value)
        base = node.styles.base
        before = base.get_rules()
        if before == self.rules:
            return
        if before and (not isinstance(node, Widget) or node.outer_size or before.get(_SHOWN) != self.rules.get(_SHOWN)):
            self._change(before, base)
        else:  # it was never laid out: all of it is to be
            base.reset()
            base.merge_rules(self.rules)
            node.refresh(layout=bool(before))
        node.notify_style_update()

    def _change(self, before: RulesMap, base: Styles) -> None:
        """Set what is otherwise by now, and nothing else: to set a rule to what it is takes as long."""
        for name in before.keys() | self.rules.keys():
            value = self.rules.get(name)
            if before.get(name) != value:
                setattr(base, name, value)


class KeptStyles(Stylesheet):
    """Styles a new node as it styled the last of its kind in such a place."""

    _kept_for: object = None
    _kept: dict[Hashable, _Styled]

    @override
    def apply(self, node: DOMNode, *, animate: bool = False, cache: _Cache | None = None) -> None:
        base = node.styles.base
        if base.has_rule("transitions"):  # it may be on its way from one look to another
            super().apply(node, animate=animate, cache=cache)
            return
        rules = self.rules_map
        if rules is not self._kept_for or len(self._kept) > _MOST:
            self._kept, self._kept_for = {}, rules
        key = _kind_and_place(node)
        styled = self._kept.get(key)
        if styled is not None:
            styled.put_on(node)
            self._process_component_classes(node)
            return
        super().apply(node, animate=animate, cache=cache)
        by_place = node._has_order_style or node._has_odd_or_even  # noqa: SLF001 - nothing public says so
        if not by_place and not base.has_rule("transitions"):
            self._kept[key] = _Styled(base.get_rules(), _signs(node))


def _kind_and_place(node: DOMNode) -> Hashable:
    """All that rules can ask of a node and of what it stands in, but for its place among others."""
    path = node.css_path_nodes
    return tuple([_kind(each) for each in path]), _focused(path)


def _focused(path: list[DOMNode]) -> int:
    """How many nodes of the path, from the app on, the cursor stands in."""
    screen = next((node for node in path if isinstance(node, Screen)), None)
    focused = screen.focused if screen is not None else None
    if focused is None:
        return 0
    return sum(here is there for here, there in zip(path, focused.css_path_nodes, strict=False))


def _kind(node: DOMNode) -> Hashable:
    kind = (type(node), node.id, frozenset(node._classes))  # noqa: SLF001 - `classes` looks for what is not there
    if isinstance(node, Widget):
        return kind, node.mouse_hover, node.has_focus, node.disabled, node.allow_focus()
    if isinstance(node, App):
        return kind, node.theme, node.native_ansi_color, node.no_color, node.is_inline
    return kind


def keep_styles(app: App[Any]) -> None:
    """Have an app that was just made keep them."""
    app.stylesheet = KeptStyles(variables=app.get_css_variables())
