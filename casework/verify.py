"""Verify: whether what is stored still fits together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casework.office import Office


def verify(office: Office) -> dict[str, Any]:
    """CONTRACT's answer of `verify`: `{"checks": [{"name", "ok", "detail"}]}`; details are codes with parameters."""
    raise NotImplementedError
