"""Names of a scheme become columns of tables, and none may take the place of a column that is there for every scheme.

Only files are held to this: a scheme that is stored goes on as it is.
"""

from greenstar.scheme.validation.index import Index

_CATEGORY_COLUMN = "{}_points"
_TAKEN_FROM_CATEGORIES = frozenset(("not_applicable", "excused"))
"""Categories whose column of points would be one that `export scores` has anyway."""
STORE_COLUMNS = ("code", "name", "city", "region")
"""What a table of stores says of each before its facts."""


def check_columns(index: Index) -> None:
    """Categories, facts and keys of the ranking each have columns of their own."""
    for number, category in enumerate(index.document.categories):
        name = category.category
        if name.lower() in _TAKEN_FROM_CATEGORIES:
            column = _CATEGORY_COLUMN.format(name.lower())
            index.refuse(("categories", number, "category"), "validation.column_taken", name=name, column=column)
    for name in index.document.facts:
        if name in STORE_COLUMNS:
            index.refuse(("facts", name), "validation.column_taken", is_key=True, name=name, column=name)
    _check_rank_keys(index)


def _check_rank_keys(index: Index) -> None:
    seen: set[str] = set()
    for number, key in enumerate(index.document.lighthouse.rank_by):
        name = key if isinstance(key, str) else key.id
        if name in seen:
            path = ("lighthouse", "rank_by", number)
            index.refuse(path if isinstance(key, str) else (*path, "id"), "validation.rank_key_twice", id=name)
        seen.add(name)
