"""An empty office's database where a test wants one."""

from pathlib import Path

from casework.core.new_store import new_store
from models.engine import Store, open_store


def create(where: str | Path) -> Store:
    """Make it, and open it."""
    with new_store(where):
        pass
    return open_store(where)
