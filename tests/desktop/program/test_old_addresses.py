"""Addresses with a password that an earlier version kept are cleaned at the start, and it is told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLabel

from desktop.kit.language import t
from desktop.program.app import Program
from desktop.program.old_addresses import clean, without_password


@pytest.mark.parametrize(
    ("kept", "clean"),
    [
        ("postgresql://wu:se:cr@et@db:5432/office", "postgresql://wu@db:5432/office"),
        ("postgresql://wu@db/office", "postgresql://wu@db/office"),
        ("postgresql://db/o?password=secret&sslmode=require", "postgresql://db/o?sslmode=require"),
        ("postgresql://db/o?sslmode=require&PASSWORD=secret", "postgresql://db/o?sslmode=require"),
        ("postgresql://wu:secret@db/o?password=secret", "postgresql://wu@db/o"),
        ("postgresql://wu:@db/o", "postgresql://wu@db/o"),
        ("/home/wu/a:b@c.office", "/home/wu/a:b@c.office"),
        ("", ""),
    ],
)
def test_an_address_keeps_all_but_the_password(kept: str, clean: str) -> None:
    assert without_password(kept) == clean
    assert without_password(clean) == clean


def test_the_start_cleans_the_file_and_says_so_once(
    program_of: Callable[[], Program], settings: QSettings
) -> None:
    """T11."""
    settings.setValue("office", "postgresql://wu:secret@db/office")
    settings.setValue("recent", ["postgresql://wu:secret@db/office", "/home/wu/a.office"])
    settings.sync()
    assert "secret" in Path(settings.fileName()).read_text("utf-8")
    said = [label.text() for label in program_of().start.findChildren(QLabel)]
    assert t("welcome.cleaned") in said
    assert "secret" not in Path(settings.fileName()).read_text("utf-8")
    assert settings.value("office") == "postgresql://wu@db/office"
    assert settings.value("recent") == ["postgresql://wu@db/office", "/home/wu/a.office"]
    assert not clean(settings)
    assert t("welcome.cleaned") not in [label.text() for label in program_of().start.findChildren(QLabel)]


def test_one_address_alone_is_cleaned_too(settings: QSettings) -> None:
    settings.setValue("recent", "postgresql://wu:secret@db/office")
    assert clean(settings)
    assert settings.value("recent") == "postgresql://wu@db/office"
