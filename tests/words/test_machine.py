"""What the machine did to a file has its sentence in both languages; any other error stays a bug."""

import errno
from pathlib import Path

import pytest

import words
from words import machine


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "cli.disk_full"),
        (errno.EDQUOT, "cli.disk_full"),
        (errno.EROFS, "cli.read_only_disk"),
        (errno.EACCES, "cli.no_permission"),
        (errno.ETXTBSY, "cli.file_in_use"),
        (errno.ENAMETOOLONG, "cli.name_too_long"),
        (errno.EINVAL, "cli.bad_name"),
        (errno.EIO, "cli.system"),
    ],
)
def test_each_fault_of_the_machine_names_the_file(number: int, code: str) -> None:
    found = machine.fault(OSError(number, "said by the system", "letters/1.pdf"))
    assert found is not None and found[0] == code
    for lang in words.LANGUAGES:
        said = words.say(code, lang, **found[1])
        assert "letters/1.pdf" in said and "said by the system" not in said


def test_one_without_a_file_names_none() -> None:
    for number, code in ((errno.ENOSPC, "cli.disk_full_here"), (errno.EIO, "cli.machine")):
        found = machine.fault(OSError(number, "said by the system"))
        assert found is not None and found[0] == code
        assert words.say(code, "zh", **found[1]) and words.say(code, "en", **found[1])


def test_what_has_no_number_is_a_bug() -> None:
    assert machine.fault(OSError("raised by a library")) is None


def test_a_file_without_an_end_is_read_to_its_limit(tmp_path: Path) -> None:
    (tmp_path / "some").write_bytes(b"x" * 100)
    assert machine.read_bytes(tmp_path / "some", 100) == b"x" * 100
    with pytest.raises(OSError) as caught:
        machine.read_bytes(tmp_path / "some", 99)
    found = machine.fault(caught.value)
    assert found is not None and found[0] == "cli.file_too_large"
