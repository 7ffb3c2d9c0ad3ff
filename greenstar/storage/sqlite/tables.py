"""sqlite-utils, loaded without NumPy and pandas: it would load both at every start, only to know their types."""

import sys

_NOT_NEEDED = [name for name in ("numpy", "pandas") if name not in sys.modules]

for _name in _NOT_NEEDED:
    sys.modules[_name] = None  # type: ignore[assignment]  # whoever imports it now is told that it is not there
try:
    from sqlite_utils import Database as Tables
    from sqlite_utils import Migrations
finally:
    for _name in _NOT_NEEDED:
        del sys.modules[_name]

__all__ = ["Migrations", "Tables"]
