"""Which file system a register lies on: on one of a network SQLite's locks may not hold."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

# Locks of SQLite do not hold there, or only as long as nobody else is connected.
_NETWORK: Final = {
    *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3"),
    *("smbfs", "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.onedriver", "fuse.rclone", "fuse.s3fs"),
    "fuse.sshfs",
}
_MOUNTS: Final = Path("/proc/self/mountinfo")


def network_beneath(path: Path) -> str | None:
    """Give the kind of network file system that a file lies on; None for a disk of one's own, and outside of Linux."""
    with suppress(OSError):
        return network_of(Path(os.path.realpath(path)), _MOUNTS.read_text("utf-8", "replace"))
    return None


def network_of(path: Path, mounts: str) -> str | None:
    """Give the kind of network file system that a path is on, by Linux' table of mounts; None for a disk of one's own.

    The table is that of proc_pid_mountinfo(5): the mount point is the fifth field, the kind the first after a dash.
    """
    longest, found = -1, None
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:  # noqa: PLR2004 - the mount point's place
            continue
        point = Path(_unescaped(fields[4]))
        if path.is_relative_to(point) and len(point.parts) >= longest:
            longest, found = len(point.parts), after.split(" ")[0]
    return found if found in _NETWORK else None


def _unescaped(text: str) -> str:
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, letter)
    return text
