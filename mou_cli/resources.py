"""Finds the folders that ship with the program: the checkout's own first, the installed copy else."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    checkout = _PACKAGE.parent / name
    return checkout if (_PACKAGE.parent / "pyproject.toml").is_file() else _PACKAGE / f"_{name}"


def migrations() -> Path:
    """Give the folder of the Alembic migrations."""
    return _folder("migrations")


def seeds() -> Path:
    """Give the folder of the example register that ships with the program."""
    return _folder("seeds")
