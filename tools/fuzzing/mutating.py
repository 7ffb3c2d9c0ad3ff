"""Ways to break a file: its bytes, or the tree it writes."""

import re
from collections.abc import Callable
from random import Random

from tools.fuzzing.trees import Node, scalar

_TOKENS = (
    b"\x00", b"\xff\xfe", b"\xc3", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xe2\x81\xa6", b"\xe2\x80\xa8", b"\x85",
    b"\x1b[2J", b"&a ", b"*a", b"<<: ", b"!!python/object/apply:os.system [x]", b"!!binary ", b"%YAML 1.1\n---\n",
    b"---\n", b"...\n", b"? ", b": ", b"- ", b"[", b"]", b"{", b"}", b"'", b'"', b"|", b">", b"#", b"\t", b"\r",
    b"\n\n", b"  ", b"@", b"`", b"[" * 60, b"{a: " * 60, b"(" * 300, b"- " * 80, b"9" * 60, b"1e400", b".nan",
    b".inf", b"0x1F", b"1_000", b"~", b"null", b"\xf0\x9f\x98\x80", b"\xef\xbc\x9a", b"\xef\xbc\x8c", b"a: " * 30,
)  # fmt: skip
# Words that stand where they should not: two spaces apart.
_SHORT = """
1e400  -1  0  -0  .5  5.  0.1  1.10  001  1_000  0x1F  .nan  .inf  -.inf
999999999999999999999999999999999999999  100%  -5%  1e5%  50 %  2026-01-01  2026-13-45  12:30:00  no  yes  on
True  true  false  null  ~  ""  " "  []  {}  [[]]  {a: }  {: a}  [a, b  '  &a x  *a  !!str x  <<  １２  Ａ  ﬁ  ı
é  😀  {name}  {  {0}  %s  __import__('os')  ''.__class__  lambda: 0  open('x')  total  min
not_applicable_points  if  None  answer  a.b  a[0]  1 if 2 else 3  x := 1  1 // 2  2 ** 9  1 < 2 < 3
not not true  1 / 0  has_car_wash  has_car_wash and  has_car_wash == 1  answer("WAT-P1")  points("WAT")
share("nothing")  points("")  count(has_car_wash)  max(1)  round(1, 2)  has_car_wash in ["a", 1]
"a" in has_car_wash  rain_mm ≥ 5  rain_mm && 1  60% of  exclude  redistribute  award  geometric  bonus  all
none  star-1  WAT  MGT-01  sum  boolean  choice  multiple  number  text  date  12m  0m  material_groups
office
"""
_WORDS = (
    *_SHORT.replace("\n", "  ").strip().split("  "),
    "",
    "% ",
    "9" * 60,
    "x" * 600,
    "'" + "汉" * 300 + "'",
    '"\\u202e"',
    '"\\ud800"',
    '"\\0"',
    "(" * 60 + "1" + ")" * 60,
    "not " * 90 + "true",
    "-" * 200 + "1",
    "1" + " + 1" * 120,
    "1 < " * 90 + "1",
    "min(" * 40 + "1" + ")" * 40,
)


_RULES = frozenset(("of", "applies_if", "ask_if", "met_if", "refuse", "warn", "when"))
_SPACED = """
+ - * / // ** % @ = == != <> ≥ ＜ && || ! ~ ^ ( ) [ ] { } , ， ; . .. $ ? ' " “ 1 0 60% 0x1 1e9 .5
true True None lambda count( min() answer(1) points('A') total has_wash used_for tested seen é _ "2026-01-01" "lawn"
"""
_SIGNS = (*_SPACED.split(), " and ", " or ", " not ", " in ", " is ", " if ", " else ", " for x in y", "\t", "\u00a0")


def break_bytes(data: bytes, chance: Random) -> bytes:
    """The file with one to four small damages."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        at = chance.randrange(len(data) + 1)
        until = min(len(data), at + chance.choice((1, 1, 2, 8, 40, 400)))
        part = data[at:until]
        damaged: bytes = chance.choice(_BYTES)(part, data, chance)
        data = data[:at] + damaged + data[until:]
    return data


_BYTES: tuple[Callable[[bytes, bytes, Random], bytes], ...] = (
    lambda _part, _data, _chance: b"",
    lambda part, _data, chance: bytes(byte ^ 1 << chance.randrange(8) for byte in part[:1]) + part[1:],
    lambda part, _data, chance: chance.choice(_TOKENS) + part,
    lambda part, _data, chance: chance.choice(_TOKENS) + part,
    lambda _part, _data, chance: chance.choice(_TOKENS),
    lambda part, _data, _chance: part * 2,
    lambda part, _data, chance: part[:1] * chance.choice((2, 50, 2000)) + part[1:],
    lambda part, _data, _chance: part[::-1],
    lambda part, _data, _chance: part.swapcase(),
    lambda part, _data, chance: chance.choice(_WORDS).encode() + part,
    lambda part, data, chance: part + data[(at := chance.randrange(len(data) + 1)) : at + 100],
    lambda part, _data, _chance: part.replace(b" ", b""),
    lambda part, _data, _chance: part.replace(b"\n", b"\r\n"),
)


def break_tree(tree: Node, chance: Random) -> Node:
    """The tree with one to three changes."""
    made = tree.copy()
    for _ in range(chance.choice((1, 1, 2, 3))):
        nodes = _all(made)
        telling = [value for other in nodes for key, value in other.pairs if key.raw not in _WORDED]
        chance.choice(_CHANGES)(chance.choice(telling or nodes if chance.random() < 0.6 else nodes), nodes, chance)
    return made


# Keys under which only words for people stand: most of a scheme, and the least that can go wrong.
_WORDED = frozenset(
    ("en", "zh", "title", "ask", "label", "intent", "guidance", "evidence", "source", "because", "notice")
)


def _all(node: Node) -> list[Node]:
    nodes, waiting = [], [node]
    while waiting:
        inner = waiting.pop()
        nodes.append(inner)
        waiting += inner.items
        waiting += [part for pair in inner.pairs for part in pair]
    return nodes


def _become(node: Node, other: Node) -> None:
    node.kind, node.pairs, node.items, node.raw = other.kind, other.pairs, other.items, other.raw


def _word(node: Node, _nodes: list[Node], chance: Random) -> None:
    _become(node, scalar(chance.choice(_WORDS)))


def _quoted_word(node: Node, _nodes: list[Node], chance: Random) -> None:
    _become(node, scalar('"' + chance.choice(_WORDS).replace("\\", "").replace('"', "'") + '"'))


def _other(node: Node, nodes: list[Node], chance: Random) -> None:
    _become(node, chance.choice(nodes).copy())


def _other_scalar(node: Node, nodes: list[Node], chance: Random) -> None:
    scalars = [other for other in nodes if other.kind == "scalar"]
    target = node if node.kind == "scalar" else chance.choice(scalars)
    target.raw = chance.choice(scalars).raw


def _drop(node: Node, _nodes: list[Node], chance: Random) -> None:
    kept = node.pairs or node.items
    if kept:
        del kept[chance.randrange(len(kept))]


def _twice(node: Node, _nodes: list[Node], chance: Random) -> None:
    if node.pairs:
        key, value = chance.choice(node.pairs)
        node.pairs.insert(chance.randrange(len(node.pairs) + 1), (key.copy(), value.copy()))
    elif node.items:
        node.items.append(chance.choice(node.items).copy())


def _many(node: Node, _nodes: list[Node], chance: Random) -> None:
    if node.items:
        node.items.extend(chance.choice(node.items).copy() for _ in range(chance.choice((5, 60))))


def _shuffle(node: Node, _nodes: list[Node], chance: Random) -> None:
    chance.shuffle(node.pairs)
    chance.shuffle(node.items)


def _wrap(node: Node, _nodes: list[Node], chance: Random) -> None:
    for _ in range(chance.choice((1, 1, 2, 45))):
        inner = node.copy()
        as_list = chance.random() < 0.5
        _become(node, Node("sequence", items=[inner]) if as_list else Node("mapping", pairs=[(scalar("a"), inner)]))


def _new_key(node: Node, nodes: list[Node], chance: Random) -> None:
    """A key of the format where it may not belong."""
    keys = [key for other in nodes for key, _ in other.pairs]
    values = [value for other in nodes for _, value in other.pairs]
    if node.kind == "mapping":
        value = chance.choice(values).copy() if chance.random() < 0.5 else scalar(chance.choice(_WORDS))
        node.pairs.append((chance.choice(keys).copy(), value))


def _token(node: Node, nodes: list[Node], chance: Random) -> None:
    """One word or sign of a rule changed, doubled or gone."""
    rules = [value for other in nodes for key, value in other.pairs if key.raw in _RULES and value.kind == "scalar"]
    target = node if node.kind == "scalar" or not rules else chance.choice(rules)
    words = re.findall(r"\w+|\s+|[^\w\s]+", target.raw) or [""]
    at = chance.randrange(len(words))
    other = chance.choice(words) if chance.random() < 0.3 else chance.choice(_SIGNS)
    words[at] = chance.choice(("", other, words[at] + other, words[at] * 2))
    target.raw = "".join(words)


def _misspelt(node: Node, nodes: list[Node], chance: Random) -> None:
    target = node if node.kind == "scalar" else chance.choice([other for other in nodes if other.kind == "scalar"])
    at = chance.randrange(len(target.raw) + 1)
    target.raw = (
        target.raw[:at] + chance.choice(("", "x", "_", " ", "(", ")", '"', ":", "％", "，", "1")) + target.raw[at + 1 :]
    )


_CHANGES: tuple[Callable[[Node, list[Node], Random], None], ...] = (
    _word, _word, _word, _quoted_word, _other, _other_scalar, _other_scalar, _drop, _drop, _twice, _many, _shuffle,
    _wrap, _new_key, _new_key, _misspelt, _misspelt, _misspelt, _token, _token, _token, _token,
)  # fmt: skip
