"""What Textual reads most often takes one look: the values of widgets, and the rules of their styles.

At each reading of a value (`Reactive`) Textual asks whether the widget has an id, whether the value is there, and
whether a method works it out; for the last it looks through all classes of the widget, mostly in vain. At each reading
of a rule it asks one dictionary by two calls and then another by one. A page takes a thousand of each. Private parts
are at work: a value stands on its widget under `internal_name`, a method that works it out is called `compute_name`,
and rules stand in the `_rules` of the styles of the widget and then of the style sheets.
"""

from typing import Any

from textual.css.styles import RenderStyles
from textual.reactive import Reactive

_MISSING = object()

_read_value: Any = Reactive.__get__
_stored: set[tuple[type, str]] = set()  # kinds of widgets, and the method that none of them has to work a value out


def read_quickly() -> None:
    """From now on, for all apps."""
    for kind, name, reading in ((Reactive, "__get__", _value), (RenderStyles, "get_rule", _rule)):
        setattr(kind, name, reading)


def _value(reactive: Any, node: Any, kind: type) -> Any:
    if node is None or (value := node.__dict__.get(reactive.internal_name, _MISSING)) is _MISSING:
        return _read_value(reactive, node, kind)
    asked = kind, reactive.compute_name
    if asked not in _stored:
        if hasattr(*asked):
            return _read_value(reactive, node, kind)
        _stored.add(asked)
    return value


def _rule(styles: Any, rule_name: str, default: object = None) -> object:
    own: dict[str, object] = styles._inline_styles._rules  # noqa: SLF001 - to ask in public takes two calls more
    if rule_name in own:
        return own[rule_name]
    rules: dict[str, object] = styles._base_styles._rules  # noqa: SLF001 - as above
    return rules.get(rule_name, default)
