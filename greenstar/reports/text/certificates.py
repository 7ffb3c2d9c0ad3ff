"""The register of certificates as a table."""

from collections.abc import Sequence

from greenstar.i18n.catalogue import Catalogue
from greenstar.record.timestamps import local_day
from greenstar.reports.text.page import Table
from greenstar.storage.protocols import Row


def register_table(rows: Sequence[Row], catalogue: Catalogue) -> Table:
    """`certificates`: a row for each."""
    say = catalogue.say
    heads = [say("export.head_certificate"), *(say(f"columns.{name}") for name in _COLUMNS)]
    table = Table(
        [*heads, *(say(f"export.head_{name}") for name in ("decided", "valid_until", "standing"))], numbers=(6,)
    )
    for row in rows:
        total = None if row["total"] is None else f"{row['total']:.2f}".rstrip("0").rstrip(".")
        own = (row["certificate"], *(row[name] for name in _COLUMNS[:5]), total)
        until = row["valid_until"] or say("export.no_end")
        table.rows.append((*own, local_day(row["decided"]), until, say(f"export.standing_{row['standing']}")))
    return table


_COLUMNS = ("store", "name", "region", "cycle", "level", "total")
