"""What was typed over a file is kept on disk, for the file that it belongs to."""

from collections.abc import Callable
from pathlib import Path

from desktop.kit.desk import Desk
from desktop.pages.import_.draft import Kept, Typed


def test_what_was_typed_comes_back_while_its_file_is_there(
    desk_of: Callable[..., Desk], tmp_path: Path
) -> None:
    kept = Kept(desk_of(), tmp_path / "drafts")
    file = tmp_path / "portal.xlsx"
    file.write_bytes(b"PK")
    typed = Typed({("表一", 4, "合同金额"): "8000000"}, {"金额": "contract_amount"})
    kept.keep(file, typed)
    assert kept.read() == (file, typed)
    assert [one.text for one in typed.retypings()] == ["8000000"]
    kept.keep(file, Typed())
    assert kept.read() is None, "nothing typed, nothing kept"
    kept.keep(file, typed)
    file.unlink()
    assert kept.read() is None
