"""What a field takes of a pasted text: nothing that cannot be seen, and no more than it could ever keep."""

from textual.widget import Widget
from textual.widgets import Input

from greenstar.text import MOST_CHARACTERS, clean_text
from greenstar.tui.common.field_input import CELLS, FieldInput

MOST_PASTED = 2 * MOST_CHARACTERS
_LINE_ENDS = str.maketrans(dict.fromkeys("\v\f\x85\u2028\u2029", "\n"))


class TakesAll:
    """A field that sees to what is pasted into it by itself."""


def taken_by(field: Widget | None, text: str) -> str:
    """The pasted text as a field takes it, with the space around it; a field of one line takes all lines as one.

    Two cells never become one figure: in a field for one they stay apart (`12 | 34`), which is none.
    """
    seen = clean_text(f".{text[:MOST_PASTED].translate(_LINE_ENDS)}.")[1:-1]
    if not isinstance(field, Input):
        return seen
    between = field.between if isinstance(field, FieldInput) else " "
    lines = seen.replace("\t", "\n" if between == CELLS else " ").split("\n")
    line = lines[0] if len(lines) == 1 else between.join(part.strip() for part in lines if part.strip())
    return line[: max(0, field.max_length - len(field.value))] if field.max_length else line
