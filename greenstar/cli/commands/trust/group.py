"""`greenstar trust`: the group; each of its commands is imported only when it is called."""

from greenstar.cli.framework.commands import HelpLine, LazyGroup

_HERE = "greenstar.cli.commands.trust"

trust = LazyGroup(
    "trust",
    (
        HelpLine("trust.row_key", {"key": f"{_HERE}.key:key"}),
        HelpLine("trust.row_add", {"add": f"{_HERE}.changes:add"}, "KEY"),
        HelpLine("trust.row_list", {"list": f"{_HERE}.list:list_"}),
        HelpLine("trust.row_remove", {"remove": f"{_HERE}.changes:remove"}, "WHO"),
        HelpLine("trust.row_revoke", {"revoke": f"{_HERE}.changes:revoke"}, "WHO"),
    ),
    about="trust.about",
    examples=("greenstar trust key > my-key.txt", "greenstar trust add ann.txt --name Ann", "greenstar trust list"),
)
