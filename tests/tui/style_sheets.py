"""A style sheet that one app has read, in the same colours, is not read again by the next test's app.

Textual reads the style sheet of every widget's class anew in every app: a seventh of what opening a visit takes.
"""

from typing import Any

from textual.css import stylesheet
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.tokenize import tokenize_values
from textual.css.tokenizer import Token

_parse_rules = Stylesheet._parse_rules
_colours: dict[tuple[tuple[str, str], ...], dict[str, list[Token]]] = {}
_rules: dict[object, list[RuleSet]] = {}


def tokens_of(variables: dict[str, str]) -> dict[str, list[Token]]:
    """The colours as a style sheet reads them; the same object for the same colours."""
    key = tuple(variables.items())
    if key not in _colours:
        _colours[key] = tokenize_values(variables)
    return _colours[key]


def parse_rules(sheet: Stylesheet, *css: Any, **where: Any) -> list[RuleSet]:
    """The rules of a style sheet."""
    key = (id(sheet._variable_tokens), css, tuple(where.items()))
    if key not in _rules:
        _rules[key] = _parse_rules(sheet, *css, **where)
    return _rules[key]


vars(stylesheet)["tokenize_values"] = tokens_of  # the name that the module imported
Stylesheet._parse_rules = parse_rules  # type: ignore[assignment]  # it reads; tests need not each time
