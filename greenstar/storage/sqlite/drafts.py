"""Half-typed text as rows."""

from typing_extensions import override

from greenstar.storage.protocols.drafts import Drafts, Place
from greenstar.storage.sqlite.connection import Database

_WHERE = "store = ? AND assessment IS ? AND field = ?"


class DraftTable(Drafts):
    """The table of half-typed texts."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.on_the_way: dict[Place, str | None] = {}

    @override
    def put(self, store: str, assessment: int | None, field: str, text: str | None, *, at: str) -> None:
        place = (store, assessment, field)
        with self._database.transaction():
            self._database.execute(f"DELETE FROM draft WHERE {_WHERE}", place)  # noqa: S608 - a constant
            if text is not None:
                self._database.execute(
                    "INSERT INTO draft (store, assessment, field, text, at) VALUES (?, ?, ?, ?, ?)", (*place, text, at)
                )

    @override
    def texts(self, store: str, assessment: int | None) -> dict[str, str]:
        rows = self._database.rows(
            "SELECT field, text FROM draft WHERE store = ? AND assessment IS ?", (store, assessment)
        )
        newer = {place[2]: text for place, text in self.on_the_way.items() if place[:2] == (store, assessment)}
        texts = {row["field"]: row["text"] for row in rows} | newer
        return {field: text for field, text in texts.items() if text is not None}
