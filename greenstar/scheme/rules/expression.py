"""Rules: one expression each, read by Python's own `ast`, with only the nodes of the format let through.

    rule       points or a condition over facts, values and questions, e.g. `1 - fresh_m3 / total_m3`
    numbers    exact fractions; a literal is read from the source text, since an `ast` constant is a float already
    unknown    a name without a value; `evaluation` says how it spreads

Text is screened token by token before Python's parser sees it, so nothing reaches it that the format does not have.
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from keyword import kwlist
from typing import Any

from greenstar.errors import Mark
from greenstar.i18n.phrase import Phrase
from greenstar.numbers import half_up, read_number, written
from greenstar.scheme.fields import expected, wrong
from greenstar.scheme.yaml_tree import Scalar

MOST_CHARACTERS = 500
MOST_DEPTH = 120
FUNCTIONS = ("min", "max", "abs", "round", "count", "answer", "points", "share")
LOOK_UPS = ("answer", "points", "share")  # these take an id in quotes
RESULT_NAMES = ("total", "not_applicable_points")  # only where a visit has been scored: `when` and `rank_by`

_TOKEN = re.compile(
    r"""\s+|"[^"\\\n]*"|'[^'\\\n]*'|[A-Za-z_][A-Za-z0-9_]*|[0-9]+(\.[0-9]+)?(?![A-Za-z0-9_.%])"""
    r"""|<=|>=|==|!=|//|\*\*|[-+*/()<>\[\],]"""
)
_REFUSED = {"//": "rules.no_floor", "**": "rules.no_power"}
_HINTS = (
    (re.compile(r"&&"), "and"),
    (re.compile(r"\|\|"), "or"),
    (re.compile(r"!(?!=)"), "not"),
    (re.compile(r"[≥＞]=?|＝"), ">="),
    (re.compile(r"[≤＜]=?"), "<="),
    (re.compile(r"[≠]"), "!="),
    (re.compile(r"="), "=="),
    (re.compile(r"[×✕·]"), "*"),
    (re.compile(r"[÷]"), "/"),
    (re.compile(r"[–—−－]"), "-"),
    (re.compile(r"[“”‘’「」]"), '"'),
    (re.compile(r"[（]"), "("),
    (re.compile(r"[）]"), ")"),
    (re.compile(r"[，、]"), ","),
)
_QUOTES = ('"', "'")
_PERCENT = re.compile(r"([0-9]+(\.[0-9]+)?)\s*%", re.ASCII)
_WORDS = frozenset(("and", "or", "not", "if", "else", "in"))
_PYTHON_ONLY = frozenset(kwlist) - _WORDS
_LEAVES = (
    ast.Name, ast.Constant, ast.Not, ast.USub, ast.UAdd, ast.Add, ast.Sub, ast.Mult, ast.Div,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn,
)  # fmt: skip
_PARTS: dict[type[ast.AST], tuple[str, ...]] = {  # the nodes let through, and what of each is looked at in turn
    **dict.fromkeys(_LEAVES, ()),
    ast.BoolOp: ("values",),
    ast.UnaryOp: ("op", "operand"),
    ast.BinOp: ("op", "left", "right"),
    ast.Compare: ("ops", "left", "comparators"),
    ast.IfExp: ("test", "body", "orelse"),
    ast.Call: ("args",),
    ast.List: ("elts",),
}
_ANSWER = re.compile(r"""answer\(\s*(["'])([^"']*)\1\s*\)""")


class RuleError(Exception):
    """What is wrong in a rule, at which character (from 0), and what would be right."""

    def __init__(self, offset: int, key: str, hint: Phrase | None = None, **values: Any) -> None:
        super().__init__(key)
        self.offset = offset
        self.message = Phrase(key, **values)
        self.hint = hint


class Rule:
    """One rule: its text, its place, the tree of its allowed nodes, and what it reads.

    `names` are the facts, values and questions, those read by `answer("ID")` among them; `look_ups` the calls of
    `points` and `share`, as (function, id).
    """

    def __init__(self, text: str, mark: Mark | None = None) -> None:
        self.text = " ".join(text.split("\n")).strip() if "\n" in text else text.strip()
        self.mark = mark
        if len(self.text) > MOST_CHARACTERS:
            raise RuleError(0, "rules.too_long", limit=MOST_CHARACTERS, found=len(self.text))
        self.tokens = _tokens(self.text)
        self.tree = _parse(self.text)
        self.names, self.look_ups = _allowed(self.tree, self.text)

    @cached_property
    def calculate(self) -> Callable[[Mapping[Any, Any]], Any]:
        """The rule as a Python function of a dictionary of values: what a visit is scored with.

        KeyError where a value is missing, ZeroDivisionError where there is nothing to divide by:
        `evaluation` then finds out what is known all the same.
        """
        return _compiled(self.tokens)

    def __repr__(self) -> str:
        return f"Rule({self.text!r})"


def read_rule(value: Any) -> Rule:
    """The `Rule` in a scalar of a file; pydantic collects what is wrong with it."""
    if not isinstance(value, Scalar) or not value.strip():
        raise expected("fields.rule", value)
    try:
        return Rule(value, value.mark)
    except RuleError as error:
        message = error.message
        raise wrong(message.key, offset=error.offset, hint=error.hint, **message.values) from error


def with_values(rule: Rule, written: Callable[[str], str | None]) -> str:
    """The rule's text with what `written` gives for a name in the place of the name."""
    text = "".join(
        token if not _is_name(rule.tokens, index) else written(token) or token
        for index, token in enumerate(rule.tokens)
    )
    return _ANSWER.sub(lambda found: written(found[2]) or found[0], text)


def offset_of(node: ast.AST, text: str) -> int:
    """The character at which `node` begins; `ast` counts bytes."""
    return len(text.encode()[: getattr(node, "col_offset", 0)].decode(errors="ignore"))


def source_of(node: ast.AST, text: str) -> str:
    """The part of the rule that `node` was read from."""
    data = text.encode()
    return data[node.col_offset : node.end_col_offset].decode()  # type: ignore[attr-defined]


def _tokens(text: str) -> tuple[str, ...]:
    """Only tokens that the format has; for a foreign one, what would be right in its place."""
    found: list[str] = []
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise _foreign(text, at)
        word = token.group()
        if word in _REFUSED:
            raise RuleError(at, _REFUSED[word])
        if word in _PYTHON_ONLY:
            better = {"True": "true", "False": "false"}.get(word)
            raise RuleError(at, "rules.no_word", Phrase("rules.write", right=better) if better else None, word=word)
        if word[0] in _QUOTES and _takes_no_text(found):
            raise RuleError(at, "rules.syntax")
        found.append(word)
        at = token.end()
    return tuple(found)


def _takes_no_text(before: list[str]) -> bool:
    """Whether a text after these tokens would have a prefix (`b"x"`), or be glued to the text before it."""
    last = next((word for word in reversed(before) if not word.isspace()), "")
    return last.endswith(_QUOTES) or (last.isidentifier() and last not in _WORDS)


def _foreign(text: str, at: int) -> RuleError:
    percent = _PERCENT.match(text, at)
    if percent:
        value = read_number(percent[1])
        right = written(value / 100) if value is not None else "0.6"
        return RuleError(at, "rules.percent", Phrase("rules.write", right=right), found=percent[0])
    for pattern, right in _HINTS:
        found = pattern.match(text, at)
        if found:
            return RuleError(at, "rules.foreign", Phrase("rules.write", right=right), found=found[0])
    if text[at].isdigit() or text[at : at + 2].lstrip(".").isdigit():
        return RuleError(at, "rules.not_a_number", found=re.match(r"[\w.]+", text[at:])[0])  # type: ignore[index]
    return RuleError(at, "rules.foreign", found=text[at])


def _parse(text: str) -> ast.expr:
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        offset = (error.offset or 1) - 1 if isinstance(error, SyntaxError) else 0
        nested = "nested" in str(error) or isinstance(error, (MemoryError, RecursionError))
        raise RuleError(min(offset, len(text)), "rules.too_deep" if nested else "rules.syntax") from error


def _allowed(tree: ast.expr, text: str) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The names and look-ups of a tree that has only the nodes, calls and nesting of the format.

    Walks without recursion; makes each number the fraction that its text writes.
    """
    names: set[str] = set()
    look_ups: set[tuple[str, str]] = set()
    placed: set[int] = set()
    waiting: list[tuple[Any, int]] = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        kind = type(node)
        if depth > MOST_DEPTH:
            raise RuleError(offset_of(node, text), "rules.too_deep")
        if kind not in _PARTS:
            raise RuleError(offset_of(node, text), "rules.syntax")
        if kind is ast.Name:
            names.add(node.id)
        elif kind is ast.Constant and not isinstance(node.value, str):
            node.value = Fraction(source_of(node, text))
        elif kind is ast.Call:
            _allow_call(node, text)
            if node.func.id == "answer":
                names.add(str(node.args[0].value))
            elif node.func.id in LOOK_UPS:
                look_ups.add((node.func.id, str(node.args[0].value)))
        elif kind is ast.Compare:
            placed.update(_allow_lists(node, text))
        elif kind is ast.List and id(node) not in placed:
            raise RuleError(offset_of(node, text), "rules.list_place")
        for field in _PARTS[kind]:
            part = getattr(node, field)
            waiting.extend((one, depth + 1) for one in (part if isinstance(part, list) else [part]))
    return frozenset(names - {"true", "false"}), frozenset(look_ups)


def _allow_call(node: ast.Call, text: str) -> None:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in FUNCTIONS:
        raise RuleError(
            offset_of(node, text), "rules.unknown_function", name=source_of(node.func, text), allowed=FUNCTIONS
        )
    count = len(node.args)
    if node.keywords or (count < 2 if name in ("min", "max") else count != 1):
        raise RuleError(offset_of(node, text), "rules.arguments", name=name)
    if name in LOOK_UPS:
        argument = node.args[0]
        if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
            raise RuleError(offset_of(argument, text), "rules.id_in_quotes", name=name)


def _allow_lists(node: ast.Compare, text: str) -> Iterator[int]:
    """The lists that may stand in a comparison: to the right of `in`, of texts or numbers."""
    for operator, right in zip(node.ops, node.comparators, strict=True):
        if isinstance(right, ast.List) and isinstance(operator, (ast.In, ast.NotIn)):
            if not right.elts or not all(isinstance(part, ast.Constant) for part in right.elts):
                raise RuleError(offset_of(right, text), "rules.list_place")
            yield id(right)


# -- to Python ---------------------------------------------------------------------------------------------------


def _compiled(tokens: tuple[str, ...]) -> Callable[[Mapping[Any, Any]], Any]:
    """The tokens as a Python function of a dictionary `v`: names are looked up in it, numbers are fractions."""
    known = dict(_FUNCTIONS)
    code = []
    for index, word in enumerate(tokens):
        if _is_name(tokens, index):
            code.append(f"v[{word!r}]")
        elif word[0].isdigit():
            known[f"n{index}"] = Fraction(word)
            code.append(f"n{index}")
        elif word == "(" and "".join(tokens[:index]).rstrip().endswith(LOOK_UPS):
            code.append("(v, ")
        else:
            code.append(word)
    made: Callable[[Mapping[Any, Any]], Any] = eval(f"lambda v: {''.join(code)}", known)  # noqa: S307  only our tokens
    return made


def _is_name(tokens: tuple[str, ...], index: int) -> bool:
    """Whether a token names a fact, value or question: not a word of the language, not a function."""
    token = tokens[index]
    if not (token[0].isalpha() or token[0] == "_") or token in _WORDS or token in ("true", "false"):
        return False
    following = next((one for one in tokens[index + 1 :] if not one.isspace()), "")
    return following != "("


_FUNCTIONS: dict[str, Any] = {
    "__builtins__": {},
    "true": True,
    "false": False,
    "min": min,
    "max": max,
    "abs": abs,
    "round": half_up,
    "count": lambda ticked: Fraction(len(ticked)),
    "answer": lambda v, identifier: v[identifier],
    "points": lambda v, identifier: v["points", identifier],
    "share": lambda v, identifier: v["share", identifier],
}
