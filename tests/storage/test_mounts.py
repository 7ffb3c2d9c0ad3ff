"""What is mounted where, as macOS says it; Linux' table is read by the tests of logs."""

from pathlib import Path

import pytest

from greenstar.storage import file_systems
from greenstar.storage.mounts import Mount, macos_mounts

MOUNT = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//ann@server/My%20Share on /Volumes/My Share (2) (smbfs, nodev, nosuid, mounted by ann)
server:/export/home on /private/nfs (nfs, nodev, nosuid, automounted)
afp_4f2 on /Volumes/audits (afpfs, nodev, nosuid, mounted by ann)
https://dav.example.org/ on /Volumes/dav (webdav, nodev, noexec, nosuid, mounted by ann)
ann@server: on /Volumes/ssh (macfuse, nodev, nosuid, synchronous, mounted by ann)
something else
"""


def test_each_line_of_macos_is_a_folder_and_a_kind() -> None:
    assert macos_mounts(MOUNT)[2:4] == [
        Mount("/System/Volumes/Data/home", "autofs"),
        Mount("/Volumes/My Share (2)", "smbfs"),
    ]
    assert len(macos_mounts(MOUNT)) == 8


def test_network_disks_of_macos_are_recognised_and_its_own_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_systems, "mounts", lambda: macos_mounts(MOUNT))
    folders = ("Volumes/My Share (2)", "private/nfs", "Volumes/audits", "Volumes/dav", "Volumes/ssh", "Users/ann")
    kinds = [file_systems.network_disk(Path("/", folder, "green.db")) for folder in folders]
    assert kinds == ["smbfs", "nfs", "afpfs", "webdav", "macfuse", None]
