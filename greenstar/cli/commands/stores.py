"""`greenstar stores`: the group; each of its commands lies in a module of its own subject."""

from greenstar.cli.framework.declaring import LazyGroup

stores = LazyGroup(
    "stores",
    {
        "add": "greenstar.cli.commands.store_changes:add",
        "edit": "greenstar.cli.commands.store_changes:edit",
        "list": "greenstar.cli.commands.store_views:list_",
        "show": "greenstar.cli.commands.store_views:show",
        "import": "greenstar.cli.commands.store_import:import_",
    },
    rows=(
        ("add STORE", "cli.row_add"),
        ("edit STORE", "cli.row_edit"),
        ("list [WORDS…]", "cli.row_list"),
        ("show STORE", "cli.row_show"),
        ("import FILE", "cli.row_import"),
    ),
    about="cli.about_stores",
    examples=("greenstar stores list --region East", "greenstar stores import stores.csv"),
)
