"""Approval by another person than the one who prepared, and return with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casework.office import Office


def approve(office: Office, person: str, case: str, *, minutes: str, request: str | None = None) -> Any:
    """Act `approve`: commits what the decision reserved; `minutes` names the 会议纪要."""
    raise NotImplementedError


def approve_many(office: Office, person: str, cases: Iterable[str], *, minutes: str) -> Any:
    """Approves each case that can be approved and says why the others can't."""
    raise NotImplementedError


def preview(office: Office, person: str, cases: Iterable[str]) -> Any:
    """What `approve_many` would do, without doing it."""
    raise NotImplementedError


def send_back(office: Office, person: str, case: str, *, reason: str) -> Any:
    """Act `return`: back to the officer with a reason; what was reserved is released by an entry."""
    raise NotImplementedError
