"""Whether an SM2 signature fits (GB/T 32918.2, the recommended curve of GB/T 32918.5): only public numbers.

The libraries that ship sign and check RSA and ECDSA and not SM2. A check needs no secret, so that plain whole
numbers do: `s·G + (r + s)·P` has an abscissa that with the message's digest gives `r` again.
"""

from __future__ import annotations

import hashlib

_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
_A = _P - 3
_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
BASE = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
_NAME = b"1234567812345678"
"""Whose key it is, where nobody says otherwise (GB/T 35276)."""

Point = tuple[int, int]
_Wide = tuple[int, int, int]
"""A point as x/z², y/z³; z of 0 is the point at infinity."""


def fits(key: Point, message: bytes, r: int, s: int) -> bool:
    """Whether (r, s) is this key's signature of a message."""
    x, y = key
    if not (0 < r < ORDER and 0 < s < ORDER) or (y * y - (x * x + _A) * x - _B) % _P:
        return False
    both = (r + s) % ORDER
    if not both:
        return False
    found = sum_of(s, both, key)
    return found is not None and (digest(key, message) + found[0]) % ORDER == r


def digest(key: Point, message: bytes) -> int:
    """The digest that is signed: of who signs and of the message."""
    numbers = b"".join(each.to_bytes(32, "big") for each in (_A, _B, *BASE, *key))
    who = hashlib.new("sm3", (8 * len(_NAME)).to_bytes(2, "big") + _NAME + numbers).digest()
    return int.from_bytes(hashlib.new("sm3", who + message).digest(), "big")


def sum_of(first: int, second: int, key: Point) -> Point | None:
    """``first·G + second·key``, both at once; None for the point at infinity."""
    base, other = (*BASE, 1), (*key, 1)
    steps = (None, base, other, _added(base, other))
    found: _Wide = (1, 1, 0)
    for place in range(255, -1, -1):
        found = _doubled(found)
        if (step := steps[(first >> place & 1) | (second >> place & 1) << 1]) is not None:
            found = _added(found, step)
    x, y, z = found
    if not z:
        return None
    back = pow(z, -1, _P)
    return x * back * back % _P, y * back * back * back % _P


def _doubled(point: _Wide) -> _Wide:
    x, y, z = point
    square = y * y % _P
    across = 4 * x * square % _P
    slope = 3 * (x - z * z) * (x + z * z) % _P
    new = (slope * slope - 2 * across) % _P
    return new, (slope * (across - new) - 8 * square * square) % _P, 2 * y * z % _P


def _added(one: _Wide, two: _Wide) -> _Wide:
    if not one[2]:
        return two
    if not two[2]:
        return one
    one_z, two_z = one[2] * one[2] % _P, two[2] * two[2] % _P
    x, far = one[0] * two_z % _P, two[0] * one_z % _P
    y, high = one[1] * two_z * two[2] % _P, two[1] * one_z * one[2] % _P
    if x == far:
        return _doubled(one) if y == high else (1, 1, 0)
    wide, rise = far - x, high - y
    square = wide * wide % _P
    cube, across = square * wide % _P, x * square % _P
    new = (rise * rise - cube - 2 * across) % _P
    return new, (rise * (across - new) - y * cube) % _P, wide * one[2] * two[2] % _P
