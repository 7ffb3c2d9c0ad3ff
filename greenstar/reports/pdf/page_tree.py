"""A page of HTML as a tree that Typst can walk, so that a PDF says what the page says, in its order."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any

from typing_extensions import override

from greenstar.reports.svg.drawing import COLOURS
from greenstar.text import UNSEEN

Node = dict[str, Any]
"""`tag`, `class` (a list), `children` (nodes and texts), `letters` (how many are in it).

A picture has `svg` and `says` too, a section its language (`lang`), a cell over many columns `colspan`.
"""

_DRAWING = re.compile(r"(<svg .*?</svg>)", re.DOTALL)
_SAYS = re.compile(r'aria-label="([^"]*)"')
_CLASS = re.compile(r'class="([^"]*)"')
_SPACE = re.compile(r"[ \t\n\r\f]+")  # a no-break space stays
_VOID = ("meta", "br", "img")
_RULES = "".join(f".f-{name}{{fill:{colour}}}.s-{name}{{stroke:{colour}}}" for name, colour in COLOURS.items())
_BARE = '<svg xmlns="http://www.w3.org/2000/svg" '


class PageTree(HTMLParser):
    """A page that is read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._open: list[Node] = [_node("page", [])]
        for part in _DRAWING.split(html):
            if part.startswith("<svg "):
                self._open[-1]["children"].append(_drawing(part))
            else:
                self.feed(part)
        self.close()

    def sections(self) -> list[Node]:
        """The certificate and each sheet of paper."""
        return [section for section in _sections(self._open[0]) if _count(section)]

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        node = _node(tag, (given.get("class") or "").split())
        if tag == "section":
            node["lang"] = (given.get("lang") or "")[:2]
        if "colspan" in given:
            node["colspan"] = int(given["colspan"] or 1)
        if tag == "img":
            node |= {"svg": _photograph(given), "says": given.get("alt") or ""}
        self._open[-1]["children"].append(node)
        if tag not in _VOID:
            self._open.append(node)

    @override
    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    @override
    def handle_data(self, data: str) -> None:
        if any("people" in node["class"] for node in self._open):
            for number, line in enumerate(data.split("\n")):
                self._open[-1]["children"] += [_node("br", []), line] if number else [line]
        elif data.strip() or (data and "\n" not in data):
            self._open[-1]["children"].append(_SPACE.sub(" ", data.strip("\n")))


def _node(tag: str, classes: list[str]) -> Node:
    return {"tag": tag, "class": classes, "children": [], "letters": 0}


def _drawing(svg: str) -> Node:
    """A drawing for itself: with its namespace, and colours where it had them from the style sheet of the page."""
    start = svg.partition(">")[0]
    says, classes = _SAYS.search(start), _CLASS.search(start)
    if "xmlns=" not in start:
        svg = svg.replace("<svg ", _BARE, 1).replace(">", f"><style>{_RULES}</style>", 1)
    node = _node("svg", classes[1].split() if classes else [])
    return {**node, "svg": UNSEEN.sub("", svg), "says": unescape(says[1]) if says else ""}


def _photograph(given: dict[str, str | None]) -> str:
    """A photograph as a drawing that holds it: Typst takes no files but those on a disk."""
    width, height, source = (given.get(name) or "" for name in ("width", "height", "src"))
    frame = f'{_BARE}viewBox="0 0 {width} {height}">'
    return f'{frame}<image width="{width}" height="{height}" href="{source}"/></svg>'


def _sections(node: Node) -> Iterator[Node]:
    for child in node["children"]:
        if isinstance(child, str):
            continue
        if child["tag"] == "section":
            yield child
        else:
            yield from _sections(child)


def _count(node: Node) -> int:
    node["letters"] = sum(len(child) if isinstance(child, str) else _count(child) + 1 for child in node["children"])
    return int(node["letters"])
