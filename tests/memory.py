"""Where the files of tests lie: in memory, if there is room. To wait for a disk takes longer than most tests.

`--basetemp` puts them elsewhere. What a program does for the disk's sake is told by its calls, on whatever disk.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

# Of each process that runs tests, and far more than was ever seen.
_ENOUGH = 4 << 30


def find_memory() -> Path | None:
    """Give the folder that lies in memory, if there is one in which files can be made, and run."""
    folder = Path("/dev/shm")  # noqa: S108 - whoever may use it makes a folder of their own there
    if not os.access(folder, os.W_OK | os.X_OK) or os.statvfs(folder).f_flag & os.ST_NOEXEC:
        return None
    return folder if shutil.disk_usage(folder).free >= _ENOUGH else None


MEMORY = find_memory()
