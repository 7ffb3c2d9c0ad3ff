"""`greenstar cycle`: the group; each of its commands is imported only when it is called."""

from greenstar.cli.framework.commands import HelpLine, LazyGroup

_HERE = "greenstar.cli.commands.cycle"

cycle = LazyGroup(
    "cycle",
    (
        HelpLine("cycles.row_close", {"close": f"{_HERE}.close_reopen:close"}, "CYCLE"),
        HelpLine("cycles.row_reopen", {"reopen": f"{_HERE}.close_reopen:reopen"}, "CYCLE"),
        HelpLine("cycles.row_list", {"list": f"{_HERE}.list:list_"}),
    ),
    about="cycles.about",
    examples=("greenstar cycle close 2026", "greenstar cycle list"),
)
