"""Files that are kept: each once, by its hash."""

from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, col

from models import Content

MOST_BYTES = 64 * 1024 * 1024
"""The largest file that is kept."""


def store_content(session: Session, sha256: str, media: str, body: bytes) -> None:
    """Keep bytes under their hash, once."""
    held: Any = session.execute(select(col(Content.size)).where(col(Content.sha256) == sha256)).first()
    if held is None:
        session.execute(insert(Content).values(sha256=sha256, media=media, size=len(body), body=body))


def stored_body(session: Session, sha256: str) -> bytes:
    """The very bytes that are kept under a hash.

    Raises:
        NoResultFound: there are none.
    """
    return bytes(session.execute(select(col(Content.body)).where(col(Content.sha256) == sha256)).scalar_one())
