"""What is one's own is nobody else's, whatever the umask."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from papers import own_files

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows leaves it to the user's profile")


@pytest.fixture(autouse=True)
def no_umask() -> Iterator[None]:
    """Nothing is taken away but by the program."""
    before = os.umask(0)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    """What may be done with a file, by whom."""
    return path.stat().st_mode & 0o777


def test_files_and_their_folders_are_made_so(tmp_path: Path) -> None:
    own_files.make_file(tmp_path / "a" / "b" / "settings.conf")
    assert rights(tmp_path / "a") == rights(tmp_path / "a" / "b") == 0o700
    assert rights(tmp_path / "a" / "b" / "settings.conf") == 0o600
    (tmp_path / "a" / "b" / "settings.conf").write_text("kept")
    own_files.make_file(tmp_path / "a" / "b" / "settings.conf")
    assert (tmp_path / "a" / "b" / "settings.conf").read_text() == "kept"


def test_what_lay_open_is_closed_and_what_is_not_there_does_no_harm(tmp_path: Path) -> None:
    for name, mode in (("a", 0o666), ("b", 0o444), ("c", 0o600)):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(mode)
    assert own_files.keep_private(*(tmp_path / name for name in "abcd"))
    assert [rights(tmp_path / name) for name in "abc"] == [0o600, 0o400, 0o600]
    (tmp_path / "f").mkdir(mode=0o755)
    own_files.make_folder(tmp_path / "f")
    assert rights(tmp_path / "f") == 0o700


def test_somebody_else_s_is_told_and_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").touch()
    (tmp_path / "a").chmod(0o644)
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    assert not own_files.keep_private(tmp_path / "a") and rights(tmp_path / "a") == 0o644
