"""The examples of `criteria/README.md`: what each fenced block is, by its first line."""

import re
from dataclasses import dataclass

from greenstar.resources import CRITERIA

README = CRITERIA / "README.md"
_BLOCK = re.compile(r"^```(yaml|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"^## (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """One fenced block: the section it stands in, its line, what its first line says it is, and the lines after."""

    section: str
    line: int
    language: str
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.section}:{self.line}"


def blocks() -> list[Block]:
    """All fenced blocks, in their order."""
    page = README.read_text(encoding="utf-8")
    sections = [(match.start(), match[1]) for match in _SECTION.finditer(page)]
    made = []
    for match in _BLOCK.finditer(page):
        section = next(name for start, name in reversed(sections) if start < match.start())
        line = page.count("\n", 0, match.start()) + 1
        text = match[2]
        kind = text.splitlines()[0].removeprefix("# ") if match[1] == "yaml" else ""
        made.append(Block(section, line, match[1], kind, text))
    return made
