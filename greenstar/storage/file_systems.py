"""Which kind of disk a file lies on: over a network, programs cannot share the memory that SQLite's log needs."""

import sys
from collections.abc import Iterable
from pathlib import Path

from greenstar.storage.mounts import Mount, mounts

# As Linux names them, and macOS (the last line). `9p` and `drvfs` are disks of the other system, under WSL and in
# virtual machines.
_NETWORK = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "coda", "9p", "drvfs", "vboxsf"),
        *("ceph", "glusterfs", "lustre", "gpfs", "ocfs2", "gfs2", "davfs", "davfs2", "sshfs", "prl_fs"),
        *("fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.ceph", "fuse.s3fs"),
        *("fuse.gvfsd-fuse", "fuse.smbnetfs", "fuse.vmhgfs-fuse", "fuse.grpcfuse", "fuse.osxfs"),
        *("afpfs", "webdav", "macfuse", "osxfuse"),
    }
)
# How the folders are called that programs keep the same on several computers, in small letters; and what lies in them.
_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "icloud": "iCloud",
    "nutstore": "坚果云",
    "坚果云": "坚果云",
    "我的坚果云": "坚果云",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "baidusyncdisk": "百度网盘",
    "百度网盘": "百度网盘",
    "wps云盘": "WPS 云盘",
    "pcloud": "pCloud",
    "box sync": "Box",
    "syncthing": "Syncthing",
}
_MARKS = {".stfolder": "Syncthing", ".dropbox": "Dropbox", ".nextcloudsync.log": "Nextcloud"}


def network_disk(path: Path) -> str | None:
    """The kind of network disk that a file lies on, or would; None: it is none, or nobody knows."""
    if sys.platform == "win32":
        return _windows_network(path)
    mounted = mounts()
    if not any(mount.kind in _NETWORK for mount in mounted):
        return None  # as on most computers: nothing is compared
    kind = _file_system(path, mounted)
    return kind if kind in _NETWORK else None


def synchronised_by(path: Path) -> str | None:
    """The program that keeps the folder of a file the same on several computers; None: none that is known."""
    for folder in path.resolve().parents:
        name = folder.name.casefold()
        for start, program in _SYNCED.items():  # "OneDrive - Company", "Dropbox (Personal)", "Nutstore Files"
            if name == start or name.startswith((f"{start} ", f"{start}-", f"{start}(")):
                return program
        for mark, program in _MARKS.items():
            if (folder / mark).exists():
                return program
    return None


def file_system(path: Path) -> str:
    """The kind of file system that a file lies on, or would, as the system names it; empty where it does not say."""
    return _file_system(path, mounts())


def _file_system(path: Path, mounted: Iterable[Mount]) -> str:
    target = path.resolve().as_posix() + "/"
    best, kind = "", ""
    for mount in mounted:
        point = mount.point.rstrip("/") + "/"
        if target.startswith(point) and len(point) >= len(best):  # of two at one place the later
            best, kind = point, mount.kind
    return kind


if sys.platform == "win32":
    import ctypes

    _REMOTE = 4

    def _windows_network(path: Path) -> str | None:
        drive = path.resolve().drive
        if drive.startswith("\\\\"):
            return "UNC"
        return "remote" if ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE else None
