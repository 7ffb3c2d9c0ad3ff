"""What services ask of a storage: protocols and plain rows, by subject. Whoever fulfils them is another engine."""

from typing import Any

Row = dict[str, Any]
"""A row by the names of its columns."""
