"""What every call is held to, whatever it is given."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from time import process_time
from typing import TYPE_CHECKING, Final

from tests.conftest import Answer, Mou

if TYPE_CHECKING:
    from pathlib import Path

REFUSED: Final = {2, 3, 4, 5, 6, 7, 130}
# They end with 3 or 7 when they have found something, and tell what; a backup tells what it lacks.
FINDERS: Final = ("check", "due", "doc verify", "db check", "log", "backup")
DATABASE: Final = b"SQLite format 3"
SECONDS: Final = 20.0  # of the processor: how busy the machine is says nothing
ENVIRONMENT: Final = {"MOU_OPENER": "true", "MOU_TIMEOUT": "1"}


@dataclass
class Ordeal:
    """The program on a register that is put right again before every trial."""

    template: Path
    folder: Path

    @property
    def db(self) -> Path:
        return self.folder / "register.db"

    def renew(self) -> None:
        """Put the folder right again: the register as it was and nothing beside it."""
        original = self.template / "register.db"
        for path in self.folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path != self.db:
                path.unlink()
        if not self.db.exists() or self.db.read_bytes() != original.read_bytes():
            shutil.copy(original, self.db)
        documents = "register.db.documents"
        shutil.copytree(self.template / documents, self.folder / documents)

    def write(self, name: str, content: bytes | str) -> str:
        """Write a file beside the register and give its name."""
        (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    def call(self, *arguments: str, input: bytes = b"", env: dict[str, str] | None = None) -> Answer:  # noqa: A002
        """Run a command line and hold it to what is promised of any."""
        before, names = self.db.read_bytes(), set(self.folder.rglob("*"))
        started = process_time()
        environment = ENVIRONMENT | {"HOME": str(self.folder)} | (env or {})
        answer = Mou(self.db).call(*arguments, input=input, env=environment)
        assert process_time() - started < SECONDS
        if answer.code == 0:
            assert not before.startswith(DATABASE) or self.db.read_bytes().startswith(DATABASE)
            return answer
        assert answer.code in REFUSED, answer
        found_something = answer.code in {3, 7} and any(part in " ".join(arguments) for part in FINDERS)
        # An answer runs past while it is read: only then can it be known that the register is damaged further on.
        if not found_something and answer.code != 7:
            assert answer.out == "", answer
        if answer.code in {2, 4, 5}:
            assert set(self.folder.rglob("*")) == names
        assert answer.err.startswith("mou: ") or "\nmou: " in answer.err or found_something, answer
        assert self.db.read_bytes() == before
        return answer
