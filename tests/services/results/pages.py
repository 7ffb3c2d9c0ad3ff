"""Pages that are read strictly, and text that tries to be more than that."""

from html.parser import HTMLParser

from typing_extensions import override

VOID = {"meta", "img", "br", "hr", "link", "input"}
SHAPES = {"rect", "circle", "line", "path", "polygon", "text", "svg", "use", "g"}
NASTY = "</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}=HYPERLINK(1)#$@\\ \u202egpj\u202c 🌱</style>"


class Page(HTMLParser):
    """A page that was read strictly: each element closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), tag
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SHAPES
        self.tags.append((tag, dict(attrs)))

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    @override
    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        """All that is to be read, in a line."""
        return " ".join(" ".join(self.words).split())

    def with_class(self, name: str) -> list[dict[str, str | None]]:
        """The elements of a class."""
        return [attributes for _, attributes in self.tags if name in (attributes.get("class") or "").split()]
