"""`greenstar stores`: the group; each of its commands lies in a module of its own subject."""

from greenstar.cli.declaring import LazyGroup

stores = LazyGroup(
    "stores",
    {
        "add": "greenstar.cli.store_changes:add",
        "edit": "greenstar.cli.store_changes:edit",
        "list": "greenstar.cli.store_views:list_",
        "show": "greenstar.cli.store_views:show",
        "import": "greenstar.cli.store_import:import_",
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
