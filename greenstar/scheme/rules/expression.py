"""Rules: one expression each, read by Python's own `ast`, with only the nodes of the format let through.

rule       points or a condition over facts, values and questions, e.g. `1 - fresh_m3 / total_m3`
numbers    exact fractions; a literal is read from the source text, since an `ast` constant is a float already
unknown    a name without a value; `evaluation` says how it spreads
"""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from operator import itemgetter
from typing import Any

from greenstar.errors import Mark
from greenstar.i18n.phrase import Phrase
from greenstar.scheme.fields import expected, wrong
from greenstar.scheme.rules.functions import FUNCTIONS_OF_VALUES, TRUTHS
from greenstar.scheme.rules.screening import RuleError, screen
from greenstar.scheme.yaml_tree import Scalar

MOST_CHARACTERS = 500
MOST_DEPTH = 120
RESERVED_FUNCTIONS = ("min", "max", "abs", "round", "count", "answer", "points", "share")
FUNCTIONS = (*RESERVED_FUNCTIONS, "chosen", "years", "months")
LOOK_UPS = ("answer", "points", "share", "chosen")  # these take ids in quotes
RESERVED_NAMES = ("total", "not_applicable_points")
RESULT_NAMES = (*RESERVED_NAMES, "excused_points")  # only where a visit has been scored: `when` and `rank_by`
VISITED = "visited"  # the day of the visit; a fact or question of that name comes first
LookUp = tuple[str, ...]
_DECIMAL_COMMA = re.compile(r"(?<![0-9.,])[0-9]+,[0-9]+(?![0-9.,])")
_ARGUMENTS = {"min": (2, None), "max": (2, None), "years": (2, 2), "months": (2, 2), "chosen": (1, 2)}  # else just one

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


class Rule:
    """One rule: its text, its place, the tree of its allowed nodes, and what it reads.

    `names` are the facts, values and questions, those read by `answer("ID")` among them; `look_ups` the calls of
    `points` and `share`, as (function, id), and `chosen` those of that name, as (function, option[, group]).
    """

    def __init__(self, text: str, mark: Mark | None = None) -> None:
        self.text = " ".join(text.split("\n")).strip() if "\n" in text else text.strip()
        self.mark = mark
        if len(self.text) > MOST_CHARACTERS:
            raise RuleError(0, "rules.too_long", limit=MOST_CHARACTERS, found=len(self.text))
        screen(self.text)
        self.tree = _parse(self.text)
        self.names, keys = _allowed(self.tree, self.text)
        self.look_ups = frozenset((function, ids[0]) for function, *ids in keys if function != "chosen")
        self.chosen = frozenset(key for key in keys if key[0] == "chosen")
        self.in_part: dict[tuple[bool, bool], Callable[..., Any]] = {}  # `evaluation` keeps here what it makes of it

    @cached_property
    def calculate(self) -> Callable[[Mapping[Any, Any]], Any]:
        """The rule as a Python function of a dictionary of values: what a visit is scored with.

        KeyError where a value is missing, ZeroDivisionError where there is nothing to divide by:
        `evaluation` then finds out what is known all the same.
        """
        return _compiled(self.tree)

    @property
    def reads(self) -> frozenset[LookUp | str]:
        """The keys of all values that it reads."""
        return self.names | self.look_ups | self.chosen

    def __repr__(self) -> str:
        return f"Rule({self.text!r})"


def looked_up_by(call: ast.Call) -> LookUp | str | None:
    """The key of what a call looks up: the name of a question, or a function and its ids; None where it calculates."""
    function = function_of(call)
    if function not in LOOK_UPS:
        return None
    identifiers = [str(argument.value) for argument in call.args if isinstance(argument, ast.Constant)]
    return identifiers[0] if function == "answer" else (function, *identifiers)


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
    parts, at, data = [], 0, rule.text.encode()
    for start, end, name in sorted(_names_in(rule.tree)):
        value = written(name)
        if value is not None:
            parts += [data[at:start].decode(), value]
            at = end
    return "".join(parts) + data[at:].decode()


def _names_in(tree: ast.expr) -> Iterator[tuple[int, int, str]]:
    """Each place, in bytes, at which a fact, value or question is read, and its name."""
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name) and node.id not in TRUTHS:
            yield node.col_offset, node.end_col_offset or 0, node.id
        elif isinstance(node, ast.Call) and function_of(node) == "answer":
            yield node.col_offset, node.end_col_offset or 0, str(looked_up_by(node))
        waiting += _parts_of(node)


def function_of(call: ast.Call) -> str:
    """The name of the function that is called; nothing where it is none."""
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _parts_of(node: ast.AST) -> Iterator[ast.AST]:
    for field in _PARTS[type(node)]:
        part = getattr(node, field)
        yield from part if isinstance(part, list) else (part,)


def offset_of(node: ast.AST, text: str) -> int:
    """The character at which `node` begins; `ast` counts bytes."""
    return len(text.encode()[: getattr(node, "col_offset", 0)].decode(errors="ignore"))


def source_of(node: ast.expr, text: str) -> str:
    """The part of the rule that `node` was read from."""
    data = text.encode()
    return data[node.col_offset : node.end_col_offset].decode()


def _parse(text: str) -> ast.expr:
    try:
        return ast.parse(text.replace("\r", " "), mode="eval").body  # to `ast` it ends a line, and places count anew
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        offset = (error.offset or 1) - 1 if isinstance(error, SyntaxError) else 0
        nested = "nested" in str(error) or isinstance(error, (MemoryError, RecursionError))
        raise RuleError(min(offset, len(text)), "rules.too_deep" if nested else "rules.syntax") from error


def _not_of_the_format(node: ast.AST, text: str) -> RuleError:
    comma = _DECIMAL_COMMA.search(text) if isinstance(node, ast.Tuple) else None
    if comma is None:
        return RuleError(offset_of(node, text), "rules.syntax")
    right = Phrase("rules.write", right=comma[0].replace(",", "."))
    return RuleError(comma.start(), "rules.not_a_number", right, found=comma[0])


def _allowed(tree: ast.expr, text: str) -> tuple[frozenset[str], frozenset[LookUp]]:
    """The names and look-ups of a tree that has only the nodes, calls and nesting of the format.

    Walks without recursion; makes each number the fraction that its text writes.
    """
    names: set[str] = set()
    look_ups: set[LookUp] = set()
    placed: set[int] = set()
    waiting: list[tuple[Any, int]] = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        kind = type(node)
        fields = _PARTS.get(kind)
        if depth > MOST_DEPTH:
            raise RuleError(offset_of(node, text), "rules.too_deep")
        if fields is None:
            raise _not_of_the_format(node, text)
        if kind is ast.Name:
            names.add(node.id)
        elif kind is ast.Constant and not isinstance(node.value, str):
            node.value = Fraction(node.value if type(node.value) is int else source_of(node, text))
        elif kind is ast.Call:
            _allow_call(node, text)
            key = looked_up_by(node)
            if isinstance(key, tuple):
                look_ups.add(key)
            elif key is not None:
                names.add(key)
        elif kind is ast.Compare:
            placed.update(_allow_lists(node, text))
        elif kind is ast.List and id(node) not in placed:
            raise RuleError(offset_of(node, text), "rules.list_place")
        for field in fields:
            part = getattr(node, field)
            waiting += [(item, depth + 1) for item in part] if type(part) is list else [(part, depth + 1)]
    return frozenset(names - TRUTHS.keys()), frozenset(look_ups)


def _allow_call(node: ast.Call, text: str) -> None:
    """Refuse (RuleError) a call of another function, or with other arguments than it takes."""
    name = function_of(node)
    if name not in FUNCTIONS:
        raise RuleError(
            offset_of(node, text), "rules.unknown_function", name=source_of(node.func, text), allowed=FUNCTIONS
        )
    least, most = _ARGUMENTS.get(name, (1, 1))
    if node.keywords or len(node.args) < least or (most is not None and len(node.args) > most):
        raise RuleError(offset_of(node, text), "rules.arguments", name=name)
    for argument in node.args if name in LOOK_UPS else ():
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


def _compiled(tree: ast.expr) -> Callable[[Mapping[Any, Any]], Any]:
    """The checked tree as a Python function of a dictionary of values."""
    key = _key_of(tree)
    if key is not None:
        return itemgetter(key)  # a rule often is just the name of a fact, and compiling takes long
    known: dict[str, Any] = {"__builtins__": {}, **FUNCTIONS_OF_VALUES}
    body = _python(tree, known)
    code = compile(ast.Expression(ast.Lambda(_ARGUMENT, body, **_AT)), "<rule>", "eval")
    calculate: Callable[[Mapping[Any, Any]], Any] = eval(code, known)  # noqa: S307 - only nodes that are let through
    return calculate


def _python(node: Any, known: dict[str, Any]) -> Any:
    """A node as Python runs it: names and ids are looked up among the values, numbers among `known`, as fractions."""
    kind, key = type(node), _key_of(node)
    if key is not None:
        constant: Any = key  # a tuple of texts is one as well, which the type of `Constant` does not say
        return ast.Subscript(_VALUES, ast.Constant(constant, **_AT), _LOAD, **_AT)
    if kind is ast.Name:
        return ast.Constant(TRUTHS[node.id], **_AT)
    if kind is ast.Constant and isinstance(node.value, Fraction):
        name = f"n{len(known)}"
        known[name] = node.value
        return ast.Name(name, _LOAD, **_AT)
    if kind is ast.Call:
        return ast.Call(node.func, [_python(argument, known) for argument in node.args], [], **_AT)
    if not _PARTS.get(kind):
        return node  # an operator, a text
    parts = [getattr(node, field) for field in node._fields]
    parts = [[_python(item, known) for item in part] if type(part) is list else _python(part, known) for part in parts]
    return kind(*parts, **_AT)


def _key_of(node: ast.expr) -> LookUp | str | None:
    """What a name or the call of a look-up is found by among the values; None for any other node."""
    if type(node) is ast.Name:
        return None if node.id in TRUTHS else node.id
    return looked_up_by(node) if type(node) is ast.Call else None


_AT: dict[str, Any] = {"lineno": 1, "col_offset": 0}  # nobody sees it
_LOAD = ast.Load()
_VALUES = ast.Name("values", _LOAD, **_AT)
_ARGUMENT = ast.arguments([], [ast.arg("values", **_AT)], None, [], [], None, [])
