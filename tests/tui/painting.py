"""Counts what Textual does to show something: how often it lays out, and how often it paints."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from textual._compositor import Compositor
from textual.app import App

_RENDER = Compositor.render_update  # which the other tests of the screen leave out


@dataclass
class Painting:
    """What was done so far: each layout by the screen that was laid out, and how often was painted."""

    screens: list[Any] = field(default_factory=list)
    paints: int = 0

    @property
    def layouts(self) -> int:
        """How often any screen was laid out."""
        return len(self.screens)


@contextmanager
def painting() -> Iterator[Painting]:
    """Counts while it is entered: a layout arranges all widgets of a screen, a paint writes to the terminal."""
    done, reflow, display = Painting(), Compositor.reflow, App._display

    def counted_reflow(compositor: Compositor, screen: Any, *arguments: Any) -> Any:
        done.screens.append(screen)
        return reflow(compositor, screen, *arguments)

    def counted_display(app: App[Any], screen: Any, renderable: Any) -> None:
        done.paints += renderable is not None
        display(app, screen, renderable)

    with (
        patch.object(Compositor, "reflow", counted_reflow),
        patch.object(Compositor, "render_update", _RENDER),
        patch.object(App, "_display", counted_display),
    ):
        yield done
