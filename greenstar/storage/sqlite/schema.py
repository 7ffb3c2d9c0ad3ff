"""The schema as one script: `python -m greenstar.storage.sqlite.schema > db/schema.sql` after each migration."""

import sys

from greenstar.resources import MIGRATIONS
from greenstar.storage.sqlite.migrations import migrate, migration_files
from greenstar.storage.sqlite.tables import Tables

_HEADER = "-- Generated from db/migrations by `python -m greenstar.storage.sqlite.schema`: never edited by hand.\n"
_WANTED = """
    SELECT sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name <> '_sqlite_migrations'
    ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 WHEN 'trigger' THEN 2 ELSE 3 END, rowid
"""


def schema() -> str:
    """Every table, index, trigger and view that the migrations leave."""
    tables = Tables(memory=True)
    migrate(tables, migration_files(MIGRATIONS))
    definitions = [f"{sql};\n" for (sql,) in tables.execute(_WANTED)]
    tables.close()
    return "\n".join([_HEADER, *definitions])


if __name__ == "__main__":
    sys.stdout.write(schema())
