"""How this program's workbooks are opened and closed: whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.workbook import Workbook


@contextmanager
def workbook(target: Path | BinaryIO, **options: Any) -> Iterator[Workbook]:
    """A workbook that is put together at the end of the block; nothing half made is, where the block fails.

    The rows that wait for that lie in a folder that only this user may enter and that goes with the block:
    they name people and accounts, and XlsxWriter leaves them where a workbook is given up.

    Args:
        options: XlsxWriter's, such as `constant_memory`.

    Raises:
        OSError: the file can't be written.
    """
    with TemporaryDirectory(prefix="voucher-desk-") as rows:
        book = Workbook(str(target) if isinstance(target, Path) else target, {**options, "tmpdir": rows})
        try:
            yield book
        except BaseException:
            book.fileclosed = True
            for sheet in book.worksheets():
                if (waiting := sheet.row_data_fh) is not None:
                    waiting.close()
            raise
        try:
            book.close()
        except FileCreateError as fault:
            cause = fault.args[0] if fault.args else None
            raise cause if isinstance(cause, OSError) else OSError(str(fault)) from fault
