"""`greenstar stores`: the group; each of its commands is imported only when it is called."""

from greenstar.cli.framework.commands import HelpLine, LazyGroup

_HERE = "greenstar.cli.commands.stores"

stores = LazyGroup(
    "stores",
    (
        HelpLine("cli.row_add", {"add": f"{_HERE}.add_edit:add"}, "STORE"),
        HelpLine("cli.row_edit", {"edit": f"{_HERE}.add_edit:edit"}, "STORE"),
        HelpLine("cli.row_list", {"list": f"{_HERE}.list_show:list_"}, "[WORDS…]"),
        HelpLine("cli.row_show", {"show": f"{_HERE}.list_show:show"}, "STORE"),
        HelpLine("cli.row_close", {name: f"{_HERE}.close_reopen:{name}" for name in ("close", "reopen")}, "STORE"),
        HelpLine("cli.row_import", {"import": f"{_HERE}.csv_import:import_"}, "FILE"),
    ),
    about="cli.about_stores",
    examples=("greenstar stores list --region East", "greenstar stores import stores.csv"),
)
