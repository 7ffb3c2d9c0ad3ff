"""Datasette shows the sample network: each table, view and ready query that it is told of, as pages and as data."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from greenstar.resources import DATA
from greenstar.services.demo.network import make_demo

pytestmark = pytest.mark.engine
TOLD = yaml.safe_load((DATA / "db" / "datasette.yaml").read_text(encoding="utf-8"))
ABOUT = TOLD["databases"]["greenstar"]
EMPTY = {"excuses"}  # the sample has none
TYPED = {"months": "40", "store": "syn-001", "criterion": "mgt-03"}  # what is typed into the fields of a query
STORES = 4  # the fewest with findings that are overdue and certificates that end


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample network."""
    return make_demo(tmp_path_factory.mktemp("demo"), stores=STORES).path


@pytest.fixture
async def datasette(database: Path) -> AsyncIterator[Any]:
    """Datasette as the documented line starts it, without a port."""
    from datasette.app import Datasette  # noqa: PLC0415 - loading it takes as long as many a test

    served = Datasette([str(database)], metadata=TOLD)
    await served.invoke_startup()
    yield served
    for known in served.databases.values():
        known.close()
    served.executor.shutdown()


async def answered(datasette: Any, query: str) -> list[dict[str, Any]]:
    values = {name: TYPED[name] for name in ABOUT["queries"][query].get("params", ()) if name in TYPED}
    reply = await datasette.client.get(f"/greenstar/{query}.json", params={"_shape": "objects", **values})
    assert reply.status_code == 200, (query, reply.text)
    rows: list[dict[str, Any]] = reply.json()["rows"]
    return rows


async def test_every_page_and_query_is_served_and_numbers_are_numbers(datasette: Any) -> None:
    for name in ("", *ABOUT["tables"], *ABOUT["queries"]):
        page = await datasette.client.get(f"/greenstar/{name}".rstrip("/"))
        assert page.status_code == 200, (name, page.text)
        about = {**ABOUT["tables"], **ABOUT["queries"]}.get(name, ABOUT)
        assert about.get("title", name) in page.text, name
    rows = {query: await answered(datasette, query) for query in ABOUT["queries"]}
    assert {query for query, of_query in rows.items() if not of_query} == EMPTY
    answers = {row["question"]: row for row in rows["answers"]}
    (grid,) = [row for name, row in answers.items() if name == "grid_kwh"]
    assert isinstance(grid["answer"], int)
    assert (grid["criterion"], grid["unit"], bool(grid["ask_zh"])) == ("MGT-03", "kWh", True)
    assert isinstance(next(row["value"] for row in rows["facts"] if row["fact"] == "floor_area_m2"), int)
    for row in rows["weakest"]:
        assert 0 <= row["percent"] <= 100
        assert row["title_en"]
        assert row["title_zh"]
