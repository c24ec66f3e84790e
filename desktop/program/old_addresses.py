"""Addresses of offices that an earlier version kept with a password in them: kept without it from now on."""

from PySide6.QtCore import QSettings

KEPT = ("office", "recent")
"""The settings that hold addresses."""


def clean(settings: QSettings) -> bool:
    """Take the passwords out of the settings, file and all; says whether there were any."""
    found = False
    for key in KEPT:
        value = settings.value(key)
        if isinstance(value, str):
            fresh: str | list[str] = without_password(value)
        elif isinstance(value, list):
            fresh = [without_password(str(each)) for each in value]
        else:
            continue
        if fresh != value:
            settings.setValue(key, fresh)
            found = True
    if found:
        settings.sync()
    return found


def without_password(address: str) -> str:
    """An address as it is, but for a password behind the user's name or among what follows ``?``."""
    if "://" not in address:
        return address
    kind, _, rest = address.partition("://")
    before, at, behind = rest.rpartition("@")  # what is before the last one is the user's, whatever it holds
    user, colon, _ = before.partition(":")
    bare = f"{kind}://{user}{at}{behind}" if colon else address
    place, _, query = bare.partition("?")
    said = query.split("&")
    kept = [each for each in said if each.partition("=")[0].strip().lower() != "password"]
    if len(kept) == len(said):
        return bare
    return f"{place}?{'&'.join(kept)}" if kept else place
