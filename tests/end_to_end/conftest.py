"""The whole office's tests begin with the same office as those of its acts."""

from tests.casework.conftest import desk, empty_office, prepared_office

__all__ = ["desk", "empty_office", "prepared_office"]
