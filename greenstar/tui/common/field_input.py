"""The text field on a page: one line between two strokes, which light up with the cursor in it."""

from textual.widgets import Input


class FieldInput(Input):
    """Takes one line of text; its width is up to what it stands in."""

    DEFAULT_CSS = """
    FieldInput {
        width: 1fr; height: 1; padding: 0 1; background: $field;
        border: none; border-left: ascii $faint; border-right: ascii $faint;
        &:focus {
            background: $field-focus; background-tint: transparent;
            border: none; border-left: ascii $primary; border-right: ascii $primary;
        }
    }
    """
