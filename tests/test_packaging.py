"""The wheel is whole: built without a network, the same every time, it runs the main job in an empty folder."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.packaging


def build(source: Path, target: Path) -> dict[str, bytes]:
    """The wheel and the sdist of a folder, by name, built by somebody who lets nobody else read files."""
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(target)]
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    umask = 0o077 if os.name == "posix" else -1
    subprocess.run(command, cwd=source, env=environment, check=True, capture_output=True, umask=umask)
    return {path.name: path.read_bytes() for path in target.iterdir()}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the wheel and the sdist lie."""
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    (built,) = dist.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def source(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, unpacked."""
    folder = tmp_path_factory.mktemp("source")
    (sdist,) = dist.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (root,) = folder.iterdir()
    return root


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the wheel is installed."""
    folder = tmp_path_factory.mktemp("site")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def test_the_wheel_carries_criteria_and_migrations_inside_the_package(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "greenstar/_data/criteria/leading-green-star/scheme.yaml" in names
    assert "greenstar/_data/criteria/leading-green-star/examples/wuxi.yaml" in names
    assert any(name.startswith("greenstar/_data/db/migrations/") for name in names)
    assert {f"greenstar/reports/html/templates/report.{kind}" for kind in ("html", "css")} <= {*names}
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"greenstar"}


def test_building_elsewhere_and_at_another_time_gives_the_same_bytes(dist: Path, source: Path, tmp_path: Path) -> None:
    for path in source.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    again = build(source, tmp_path)
    assert sorted(again) == sorted(path.name for path in dist.iterdir())
    for name, content in again.items():
        assert content == (dist / name).read_bytes(), name


def test_the_sdist_says_what_the_program_is_made_of(source: Path) -> None:
    names = {path.name for path in source.iterdir()}
    assert {"bom.cdx.json", "constraints.txt", "requirements.lock", "requirements-dev.lock"} <= names


def test_the_wheel_runs_the_demo_in_an_empty_folder(site: Path, tmp_path: Path) -> None:
    empty, home = tmp_path / "empty", tmp_path / "home"
    empty.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(site), "GREENSTAR_HOME": str(home), "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-m", "greenstar", "--lang", "en", "demo", "--stores", "1"]
    done = subprocess.run(
        command,
        cwd=empty,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    assert "WX-001" in done.stdout
    assert not list(empty.iterdir())
    assert str(site) not in done.stdout + done.stderr


def test_the_program_comes_from_the_wheel_and_not_from_the_checkout(site: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import greenstar.resources as r; print(r.SHIPPED_SCHEME)"]
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(site / "greenstar" / "_data" / "criteria" / "leading-green-star")
