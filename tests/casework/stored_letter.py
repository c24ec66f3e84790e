"""What is kept of a letter, for tests that read it."""

from sqlmodel import Session

from casework.core.stored_files import stored_body
from models import Letter


def stored(session: Session, letter_id: int) -> bytes:
    """The very bytes of a letter."""
    return stored_body(session, session.get_one(Letter, letter_id).content_sha256)
