"""Which database, scheme, cycle and assessor are meant where nothing is said; and finding schemes."""

import getpass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from greenstar.assessment.model import Store
from greenstar.errors import BadInput, StorageError
from greenstar.i18n.catalogue import Catalogue
from greenstar.scheme.model import Scheme
from greenstar.services.schemes.keeping import keep
from greenstar.services.schemes.registry import find_scheme
from greenstar.services.settings import settings
from greenstar.services.stores.stores import add_store, find_store
from greenstar.services.visit.opening import open_visit
from greenstar.services.workspace import Workspace
from tests.rows import rows
from tests.services.conftest import Clock, Opener
from tests.sql import database_of


def test_the_default_database_lies_in_the_users_data_folder(tmp_path: Path) -> None:
    with Workspace.open(cycle="2026") as workspace:
        add_store(workspace, Store("S-1", "Store"))
    assert settings.default_database() == tmp_path / "home" / "greenstar.db"
    assert settings.default_database().is_file()


def test_reading_makes_no_folder_and_no_database(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        Workspace.open(write=False)
    assert caught.value.message.key == "storage.no_database"
    assert not (tmp_path / "home").exists()


def test_no_other_folder_is_ever_made(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        Workspace.open(tmp_path / "nowhere" / "green.db")
    assert caught.value.message.key == "storage.no_folder"
    assert not (tmp_path / "nowhere").exists()


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("GREENSTAR_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(StorageError) as caught:
        Workspace.open()
    assert caught.value.message.key == "storage.no_home"
    with pytest.raises(StorageError):
        settings.configure("assessor", "Ada")


def test_without_greenstar_home_the_system_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GREENSTAR_HOME")
    assert settings.home().name == "greenstar"
    assert settings.home().is_absolute()


def test_the_assessor_is_the_named_then_the_configured_then_the_login_name(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "login")
    assert opened(assessor=None).assessor == "login"
    settings.configure("assessor", "王工 [x]")
    assert opened(assessor=None).assessor == "王工 [x]"
    assert opened(assessor="Ada\x1b[0m\x00 ").assessor == "Ada[0m"
    assert opened(assessor=" \x00").assessor == "王工 [x]"


def test_where_nobody_is_logged_in_there_is_still_an_assessor(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert opened(assessor=None).assessor == "assessor"


def test_the_cycle_is_the_named_then_the_latest_then_the_year(opened: Opener, clock: Clock) -> None:
    clock.at = datetime(2031, 12, 31, 23, tzinfo=UTC)
    assert opened(cycle=None).cycle == "2031"
    workspace = opened(cycle="2029")
    add_store(workspace, Store("S-1", "Store"))
    open_visit(workspace, "S-1")
    assert workspace.cycle == "2029"
    assert opened(cycle=None).cycle == "2029"


@pytest.mark.parametrize(
    ("named", "cycle"),
    [(" 2026\n", "2026"), ("[/x] 春\x1b[0m", "[/x] 春 [0m"), ("\udcff", "2026"), ("x" * 99, "x" * 60)],
)
def test_a_cycle_is_one_line_of_text(opened: Opener, named: str, cycle: str) -> None:
    assert opened(cycle=named).cycle == cycle


def test_the_scheme_is_the_named_then_the_only_one_there_then_the_shipped(
    opened: Opener, small: Scheme, scheme_file: Path
) -> None:
    assert opened(scheme=None).scheme.name == "leading-green-star"
    assert opened().scheme.sha256 == small.sha256
    keep(opened().storage, small, "2026-05-12T09:30:00.000Z")
    scheme_file.unlink()
    assert opened(scheme=None).scheme.sha256 == small.sha256
    assert opened(scheme="small").scheme.sha256 == small.sha256
    assert opened(scheme="leading-green-star").scheme.name == "leading-green-star"


def test_a_scheme_is_found_by_name_or_by_path(scheme_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_scheme(None).sha256 == find_scheme("leading-green-star").sha256
    assert find_scheme("small.yaml", scheme_file.parent).name == "small"
    monkeypatch.chdir(scheme_file.parent)
    assert find_scheme("small.yaml").name == "small"


@rows("name", ["leading-gren-star", "../nowhere.yaml", "[/x]"])
def test_a_scheme_that_is_not_there_is_told_with_the_nearest_one(name: str) -> None:
    with pytest.raises(BadInput) as caught:
        find_scheme(name)
    sentence = Catalogue("en").render(caught.value.message)
    assert name in sentence
    assert ("did you mean leading-green-star?" in sentence) == (name == "leading-gren-star")


def test_a_stored_scheme_that_was_altered_is_not_used(opened: Opener, small: Scheme) -> None:
    workspace = opened(scheme=None)
    sha256 = "0" * 64
    row = {"name": "other", "version": "1", "summary": "{}", "canonical": small.canonical, "added_at": "x"}
    database_of(workspace).execute(
        "INSERT INTO scheme VALUES (:sha256, :name, :version, :summary, :canonical, :added_at, :sha256, 2)",
        {"sha256": sha256, **row},
    )
    with pytest.raises(StorageError) as caught:
        _ = workspace.scheme
    assert caught.value.message.key == "storage.damaged"


def test_looking_at_a_store_that_is_there_needs_no_scheme(opened: Opener) -> None:
    workspace = opened(scheme="nowhere.yaml")
    add_store(workspace, Store("S-1", "Store"))
    assert find_store(workspace, "S-1").name == "Store"
