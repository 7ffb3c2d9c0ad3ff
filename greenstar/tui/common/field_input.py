"""Text fields of one line: on a page, and in dialogs and the search. Their ground lights up with the cursor."""

from greenstar.tui.textual_compat.fixed_input import FixedInput

CELLS = " | "
"""Parts the lines and cells of a table that are pasted into a field for one figure or date."""


class FieldInput(FixedInput):
    """Takes one line of text; its width is up to what it stands in.

    `between` stands for each line end and tab in what is pasted.
    """

    between = " "

    DEFAULT_CSS = """
    FieldInput {
        width: 1fr; height: 1; padding: 0 1; background: $field;
        border: none;
        &:focus { background: $field-focus; background-tint: transparent; border: none; }
    }
    """


class CompactInput(FixedInput):
    """One line of text, for dialogs and the search."""

    DEFAULT_CSS = """
    CompactInput {
        background: $field;
        &.-textual-compact { padding: 0 1; }
        &:focus { background: $field-focus; background-tint: transparent; }
    }
    """

    def __init__(self, value: str = "", *, max_length: int = 0, id: str | None = None) -> None:  # noqa: A002 Textual's name
        super().__init__(value, max_length=max_length, id=id, compact=True, select_on_focus=False)
