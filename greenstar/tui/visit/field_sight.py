"""Keeps in sight what the cursor is at in a field, and what is newly said under it."""

from typing import Any

from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from greenstar.tui.visit.field_face import FieldFace
from greenstar.tui.visit.into_sight import bring_into_sight


class FieldSight:
    """Scrolls when the page is laid out: before that, it would be by the page before."""

    def __init__(self, field: Widget, face: FieldFace) -> None:
        self._field, self._face = field, face
        self._window: Size | None = None
        self._arriving = False  # until something is typed: a page that was just filled is laid out more than once
        self._telling = False  # until what is newly said under the field is laid out

    def begin(self) -> None:
        """The field is on a screen."""
        self._window = self._field.app.size
        laid_out = self._field.screen.screen_layout_refresh_signal
        laid_out.subscribe(self._field, self._laid_out, immediate=True)  # else each field of the page is woken for it

    def arrive(self) -> None:
        """The cursor comes here."""
        self._arriving = True
        self._field.call_after_refresh(self.keep)

    def stay(self, *, here: bool = False) -> None:
        """Something is typed, or the cursor went elsewhere; `here`: neither."""
        self._arriving = self._arriving and here

    def tell(self) -> None:
        """What is newly said under the field comes into sight, even if something else is painted before its layout."""
        if self._field.has_focus_within:
            self._telling = True
            self._field.call_after_refresh(self.keep)

    def keep(self) -> None:
        """The cursor, and all of the question where there is room; also what is said under it of what is typed."""
        options = self._face.options
        editor, cursor = (options, options.cursor_bottom) if options.display else (self._face.line, 1)
        bring_into_sight(self._field, editor, cursor, whole=self._face.tells)

    def _laid_out(self, _screen: Screen[Any]) -> None:
        if self._window != self._field.app.size:  # it has another size, for which it is laid out more than once as well
            self._window, self._arriving = self._field.app.size, True
        if (self._arriving or self._telling) and self._field.has_focus_within:
            self._field.call_next(self.keep)
        self._telling = False
