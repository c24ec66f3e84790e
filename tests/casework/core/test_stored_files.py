"""Bytes are kept once, and come back as they are."""

import hashlib

import pytest
from sqlalchemy.exc import NoResultFound

from casework.core.stored_files import store_content, stored_body
from models import Content
from tests.casework.desk import Desk


def test_bytes_are_kept_once(desk: Desk) -> None:
    sha256 = hashlib.sha256(b"x").hexdigest()
    with desk.office.write() as session:
        for _ in range(2):
            store_content(session, sha256, "text/plain", b"x")
    assert [row.size for row in desk.rows(Content) if row.sha256 == sha256] == [1]
    with desk.office.read() as session:
        assert stored_body(session, sha256) == b"x"
        with pytest.raises(NoResultFound):
            stored_body(session, "0" * 64)
