"""Good files with something done to them: a word replaced, a line dropped, moved, doubled or cut."""

from hypothesis import strategies as st

WORDS = [
    "~",
    "null",
    "no",
    "true",
    "[]",
    "{}",
    "[[]]",
    "{a:b}",
    "-1",
    "0",
    "1e9",
    "0x1",
    "nan",
    "60%",
    "'x'",
    '"',
    "'",
    "&a",
    "*a",
    "!!int",
    "<<",
    "?",
    "|",
    ">-",
    "#",
    ":",
    "-",
    "@",
    "(",
    "en",
    "roof",
    "a",
    "A",
    "b",
    "total",
    "1/0",
    "not",
    "and",
    "1.10",
    "2026-02-30",
    "[a,a]",
    "🌱",
    "１",
    "\u2028",
    "\u202e",
    "\t",
    "\x00",
]
PIECES = [
    *WORDS,
    "",
    "a b",
    "wash and",
    "!!int 3",
    "{a: b}",
    "[a, a]",
    ": ",
    "? x",
    'points("A")',
    "a" * 300,
    "x" * 501,
]


@st.composite
def broken(draw: st.DrawFn, good: str) -> str:
    """The good file with one to three things done to it."""
    lines = good.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["word", "word", "word", "drop", "twice", "cut", "swap", "indent"])):
            case "word":
                words = lines[at].split(" ")
                words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(PIECES))
                lines[at] = " ".join(words).rstrip("\n") + "\n"
            case "drop":
                del lines[at]
            case "twice":
                lines.insert(at, lines[at])
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))] + "\n"
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case _:
                lines[at] = "  " + lines[at]
    return "".join(lines)
