"""A database for journeys that need not be walked on both engines."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of an empty migrated SQLite database."""
    path = tmp_path / "meldpunt.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"
