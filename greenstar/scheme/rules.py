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
from typing import Any

from greenstar.errors import Mark
from greenstar.exact import half_up, read_number, written
from greenstar.messages import Message
from greenstar.scheme.fields import expected, wrong
from greenstar.scheme.source import Scalar

MOST_CHARACTERS = 500
MOST_DEPTH = 50
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
_PERCENT = re.compile(r"([0-9]+(\.[0-9]+)?)\s*%", re.ASCII)
_PYTHON_ONLY = frozenset(
    [
        "True",
        "False",
        "None",
        "as",
        "assert",
        "async",
        "await",
        "break",
        "class",
        "continue",
        "def",
        "del",
        "elif",
        "except",
        "finally",
        "for",
        "from",
        "global",
        "import",
        "is",
        "lambda",
        "nonlocal",
        "pass",
        "raise",
        "return",
        "try",
        "while",
        "with",
        "yield",
    ]
)
_NODES = (
    ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.UAdd, ast.BinOp, ast.Add, ast.Sub, ast.Mult,
    ast.Div, ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.IfExp, ast.Call,
    ast.Name, ast.Load, ast.Constant, ast.List,
)  # fmt: skip


class RuleError(Exception):
    """What is wrong in a rule, at which character (from 0), and what would be right."""

    def __init__(self, offset: int, key: str, hint: Message | None = None, **values: Any) -> None:
        super().__init__(key)
        self.offset = offset
        self.message = Message(key, **values)
        self.hint = hint


class Rule:
    """One rule: its text, its place, and the tree of its allowed nodes."""

    def __init__(self, text: str, mark: Mark | None = None) -> None:
        self.text = " ".join(text.split("\n")).strip() if "\n" in text else text.strip()
        self.mark = mark
        self.tree = _parse(self.text)

    @cached_property
    def names(self) -> frozenset[str]:
        """The facts, values and questions that the rule reads."""
        called = {id(node.func) for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        return frozenset(
            node.id
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Name) and id(node) not in called and node.id not in ("true", "false")
        )

    @cached_property
    def look_ups(self) -> frozenset[tuple[str, str]]:
        """The `answer`, `points` and `share` calls, as (function, id)."""
        return frozenset(look_up for _, look_up in look_up_calls(self.tree))

    @cached_property
    def calculate(self) -> Callable[[Mapping[Any, Any]], Any]:
        """The rule as Python over one dictionary of values: what a visit is scored with.

        KeyError where a value is missing, ZeroDivisionError where there is nothing to divide by:
        `evaluation` then finds out what is known all the same.
        """
        compiler = _Compiler()
        code = compile(ast.fix_missing_locations(compiler.function(self.tree)), "<rule>", "eval")
        made: Callable[[Mapping[Any, Any]], Any] = eval(code, compiler.names)  # noqa: S307  (only allowed nodes)
        return made

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


def look_up_calls(tree: ast.AST) -> Iterator[tuple[ast.Call, tuple[str, str]]]:
    """Each `answer("ID")`, `points("ID")` and `share("ID")` in `tree`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LOOK_UPS:
            argument = node.args[0]
            assert isinstance(argument, ast.Constant)
            yield node, (node.func.id, str(argument.value))


def with_values(rule: Rule, written: Callable[[str], str | None]) -> str:
    """The rule's text with what `written` gives for a name in the place of the name."""
    data = rule.text.encode()
    called = {id(node.func) for node in ast.walk(rule.tree) if isinstance(node, ast.Call)}
    places: list[tuple[int, int, str]] = []
    for node in ast.walk(rule.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "answer":
            name = str(node.args[0].value)  # type: ignore[attr-defined]
        elif isinstance(node, ast.Name) and id(node) not in called:
            name = node.id
        else:
            continue
        found = written(name)
        if found is not None:
            places.append((node.col_offset, node.end_col_offset or 0, found))
    for start, end, found in sorted(places, reverse=True):
        data = data[:start] + found.encode() + data[end:]
    return data.decode()


def offset_of(node: ast.AST, text: str) -> int:
    """The character at which `node` begins; `ast` counts bytes."""
    return len(text.encode()[: getattr(node, "col_offset", 0)].decode(errors="ignore"))


def source_of(node: ast.AST, text: str) -> str:
    """The part of the rule that `node` was read from."""
    data = text.encode()
    return data[node.col_offset : node.end_col_offset].decode()  # type: ignore[attr-defined]


def _parse(text: str) -> ast.expr:
    if len(text) > MOST_CHARACTERS:
        raise RuleError(0, "rules.too_long", limit=MOST_CHARACTERS, found=len(text))
    _screen(text)
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        offset = (error.offset or 1) - 1 if isinstance(error, SyntaxError) else 0
        nested = "nested" in str(error) or isinstance(error, (MemoryError, RecursionError))
        raise RuleError(min(offset, len(text)), "rules.too_deep" if nested else "rules.syntax") from error
    _allow(tree, text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and not isinstance(node.value, str):
            node.value = Fraction(source_of(node, text))  # type: ignore[assignment]
    return tree


def _screen(text: str) -> None:
    """Only tokens that the format has; each foreign one with what would be right in its place."""
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
            raise RuleError(at, "rules.no_word", Message("rules.write", right=better) if better else None, word=word)
        at = token.end()


def _foreign(text: str, at: int) -> RuleError:
    percent = _PERCENT.match(text, at)
    if percent:
        value = read_number(percent[1])
        right = written(value / 100) if value is not None else "0.6"
        return RuleError(at, "rules.percent", Message("rules.write", right=right), found=percent[0])
    for pattern, right in _HINTS:
        found = pattern.match(text, at)
        if found:
            return RuleError(at, "rules.foreign", Message("rules.write", right=right), found=found[0])
    if text[at].isdigit() or text[at] == ".":
        return RuleError(at, "rules.not_a_number", found=re.match(r"[\w.]+", text[at:])[0])  # type: ignore[index]
    return RuleError(at, "rules.foreign", found=text[at])


def _allow(tree: ast.expr, text: str) -> None:
    """Only the nodes, calls and nesting that the format has. Walks without recursion."""
    waiting: list[tuple[ast.AST, int]] = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > MOST_DEPTH:
            raise RuleError(offset_of(node, text), "rules.too_deep")
        if not isinstance(node, _NODES):
            raise RuleError(offset_of(node, text), "rules.syntax")
        if isinstance(node, ast.Call):
            _allow_call(node, text)
            waiting.extend((argument, depth + 1) for argument in node.args)
            continue
        if isinstance(node, ast.Compare):
            _allow_lists(node, text)
        elif isinstance(node, ast.List):
            raise RuleError(offset_of(node, text), "rules.list_place")
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.List):
                waiting.extend((part, depth + 1) for part in child.elts)
            else:
                waiting.append((child, depth + 1))


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


def _allow_lists(node: ast.Compare, text: str) -> None:
    """A list stands only to the right of `in`, and holds texts or numbers."""
    for operator, right in zip(node.ops, node.comparators, strict=True):
        if isinstance(right, ast.List):
            plain = all(isinstance(part, ast.Constant) for part in right.elts)
            if not isinstance(operator, (ast.In, ast.NotIn)) or not plain or not right.elts:
                raise RuleError(offset_of(right, text), "rules.list_place")
    if isinstance(node.left, ast.List):
        raise RuleError(offset_of(node.left, text), "rules.list_place")


def _count(ticked: tuple[str, ...]) -> Fraction:
    return Fraction(len(ticked))


class _Compiler:
    """Turns a rule's tree into a Python function of a dictionary `v`; its numbers are fractions."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {
            "__builtins__": {},
            "min": min,
            "max": max,
            "abs": abs,
            "round": half_up,
            "count": _count,
        }

    def function(self, tree: ast.expr) -> ast.Expression:
        arguments = ast.arguments([], [ast.arg("v")], None, [], [], None, [])
        return ast.Expression(ast.Lambda(arguments, self._build(tree)))

    def _build(self, node: Any) -> Any:
        match node:
            case ast.Name(id="true" | "false"):
                return ast.Constant(node.id == "true")
            case ast.Name():
                return _value_of(node.id)
            case ast.Constant(value=Fraction()):
                return self._constant(node.value)
            case ast.Constant():
                return node
            case ast.Call(func=ast.Name(id="answer"), args=[ast.Constant(value=name)]):
                return _value_of(str(name))
            case ast.Call(func=ast.Name(id="points" | "share" as function), args=[ast.Constant(value=name)]):
                return _value_of((function, str(name)))
            case ast.Call():
                return ast.Call(node.func, [self._build(part) for part in node.args], [])
            case ast.List():
                return ast.Tuple([self._build(part) for part in node.elts], ast.Load())
            case ast.BoolOp():
                return ast.BoolOp(node.op, [self._build(part) for part in node.values])
            case ast.UnaryOp():
                return ast.UnaryOp(node.op, self._build(node.operand))
            case ast.BinOp():
                return ast.BinOp(self._build(node.left), node.op, self._build(node.right))
            case ast.Compare():
                return ast.Compare(self._build(node.left), node.ops, [self._build(part) for part in node.comparators])
            case ast.IfExp():
                return ast.IfExp(self._build(node.test), self._build(node.body), self._build(node.orelse))
        raise AssertionError(ast.dump(node))

    def _constant(self, value: Fraction) -> ast.expr:
        name = f"n{len(self.names)}"
        self.names[name] = value
        return ast.Name(name, ast.Load())


def _value_of(key: str | tuple[str, str]) -> ast.expr:
    parts = ast.Constant(key) if isinstance(key, str) else ast.Tuple([ast.Constant(part) for part in key], ast.Load())
    return ast.Subscript(ast.Name("v", ast.Load()), parts, ast.Load())
