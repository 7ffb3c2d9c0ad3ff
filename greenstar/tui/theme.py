"""The two looks, dark and light, and scrollbars made of plain spaces."""

from typing import ClassVar

from textual.scrollbar import ScrollBarRender
from textual.theme import Theme

DARK = Theme(
    name="greenstar-dark",
    dark=True,
    primary="#58B98A",
    secondary="#7FB2A4",
    accent="#E3B95C",
    foreground="#DDE7E1",
    background="#101613",
    surface="#161E1A",
    panel="#202B25",
    success="#6FCF97",
    warning="#E5B567",
    error="#F0807A",
    variables={
        "input-cursor-background": "#DDE7E1",
        "input-cursor-foreground": "#101613",
        "scrollbar": "#3A4A41",
        "scrollbar-hover": "#4A5D52",
        "scrollbar-active": "#58B98A",
        "scrollbar-background": "#161E1A",
        "scrollbar-background-hover": "#161E1A",
        "scrollbar-background-active": "#161E1A",
        "field": "#26352D",
        "field-focus": "#31493B",
        "cursor": "#2C5A43",
        "muted": "#93A39A",
        "faint": "#66756C",
    },
)
LIGHT = Theme(
    name="greenstar-light",
    dark=False,
    primary="#1B7A4B",
    secondary="#35705D",
    accent="#8A6200",
    foreground="#1C2620",
    background="#FBFCFA",
    surface="#F2F5F1",
    panel="#E3EAE4",
    success="#1B7F47",
    warning="#8F5F00",
    error="#B3261E",
    variables={
        "input-cursor-background": "#1C2620",
        "input-cursor-foreground": "#FBFCFA",
        "scrollbar": "#BECBC2",
        "scrollbar-hover": "#A9BAAE",
        "scrollbar-active": "#1B7A4B",
        "scrollbar-background": "#F2F5F1",
        "scrollbar-background-hover": "#F2F5F1",
        "scrollbar-background-active": "#F2F5F1",
        "field": "#DCE7DE",
        "field-focus": "#C6DDCD",
        "cursor": "#BFE0CC",
        "muted": "#5B6B61",
        "faint": "#8A978F",
    },
)


class PlainScrollBar(ScrollBarRender):
    """A scrollbar without the block glyphs whose width terminals do not agree on."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]
