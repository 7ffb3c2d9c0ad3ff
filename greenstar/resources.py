"""Where the files that ship with the program lie: `criteria/` and `db/`.

A wheel carries them inside the package (`_data`); an editable install finds them in the checkout.
"""

from pathlib import Path

PACKAGE = Path(__file__).parent
_PACKED = PACKAGE / "_data"
DATA = _PACKED if _PACKED.is_dir() else PACKAGE.parent

CRITERIA = DATA / "criteria"
MIGRATIONS = DATA / "db" / "migrations"
SCHEMA = DATA / "db" / "schema.sql"
LOCALES = PACKAGE / "i18n" / "locales"
SHIPPED_SCHEME = CRITERIA / "leading-green-star"
