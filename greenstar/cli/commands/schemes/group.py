"""`greenstar schemes`: the group; each of its commands is imported only when it is called."""

from greenstar.cli.framework.commands import HelpLine, LazyGroup

_HERE = "greenstar.cli.commands.schemes"

schemes = LazyGroup(
    "schemes",
    (
        HelpLine("cli.row_schemes_list", {"list": f"{_HERE}.list_show:list_"}),
        HelpLine("cli.row_schemes_show", {"show": f"{_HERE}.list_show:show"}, "[NAME] [VERSION]"),
    ),
    about="cli.about_schemes",
    examples=("greenstar schemes list", "greenstar schemes show leading-green-star 2026.1"),
)
