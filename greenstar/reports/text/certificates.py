"""The register of certificates as a table."""

from collections.abc import Mapping, Sequence

from greenstar.i18n.bilingual import in_language
from greenstar.i18n.catalogue import Catalogue
from greenstar.i18n.phrase import Text
from greenstar.i18n.places import place_in
from greenstar.record.timestamps import local_day
from greenstar.reports.text.page import Table
from greenstar.storage.protocols import Row


def register_table(rows: Sequence[Row], titles: Mapping[tuple[str, str, str], Text], catalogue: Catalogue) -> Table:
    """`certificates`: a row for each; `titles` of levels by scheme, version and level."""
    say = catalogue.say
    heads = [say("export.head_certificate"), *(say(f"columns.{name}") for name in _COLUMNS)]
    table = Table(
        [*heads, *(say(f"export.head_{name}") for name in ("decided", "valid_until", "standing"))], numbers=(6,)
    )
    for row in rows:
        total = None if row["total"] is None else f"{row['total']:.2f}".rstrip("0").rstrip(".")
        title = titles.get((row["scheme"], row["version"], row["level"]))
        own = (
            row["certificate"],
            row["store"],
            in_language(row["name"], catalogue.language),
            place_in(row["region"], catalogue.language),
            row["cycle"],
            row["level"] if title is None else catalogue.write(title),
            total,
        )
        until = row["valid_until"] or say("export.no_end")
        table.rows.append((*own, local_day(row["decided"]), until, say(f"export.standing_{row['standing']}")))
    return table


_COLUMNS = ("store", "name", "region", "cycle", "level", "total")
