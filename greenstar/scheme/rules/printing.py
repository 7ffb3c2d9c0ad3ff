"""Rules printed anew from their tree: two spellings of one rule read the same."""

import ast
import json
from fractions import Fraction
from typing import Any

from greenstar.scheme.rules.expression import Rule

_OPERATORS: dict[type[ast.AST], str] = {
    ast.And: "and", ast.Or: "or", ast.Not: "not ", ast.USub: "-", ast.UAdd: "+",
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


def printed(rule: Rule) -> str:
    """The rule with each operation in brackets, numbers as reduced fractions (`3/5`), texts in double quotes."""
    return _printed(rule.tree)


def _printed(node: Any) -> str:
    match node:
        case ast.Name():
            return node.id
        case ast.Constant(value=Fraction()):
            return str(node.value)
        case ast.Constant():
            return json.dumps(node.value, ensure_ascii=False)
        case ast.Call(func=ast.Name(id=function)):
            return f"{function}({_listed(node.args)})"
        case ast.List():
            return f"[{_listed(node.elts)}]"
        case ast.BoolOp():
            return "(" + f" {_sign(node.op)} ".join(map(_printed, node.values)) + ")"
        case ast.UnaryOp():
            return f"({_sign(node.op)}{_printed(node.operand)})"
        case ast.BinOp():
            return f"({_printed(node.left)} {_sign(node.op)} {_printed(node.right)})"
        case ast.Compare():
            links = zip(node.ops, node.comparators, strict=True)
            return f"({_printed(node.left)}{''.join(f' {_sign(sign)} {_printed(part)}' for sign, part in links)})"
        case ast.IfExp():
            return f"({_printed(node.body)} if {_printed(node.test)} else {_printed(node.orelse)})"
    raise AssertionError(ast.dump(node))


def _listed(nodes: list[ast.expr]) -> str:
    return ", ".join(map(_printed, nodes))


def _sign(operator: ast.AST) -> str:
    return _OPERATORS[type(operator)]
