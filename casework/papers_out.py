"""Papers and letters that leave the office by hand: one stored file, as it is, into a file of one's own."""

from pathlib import Path

from casework.act import By, Turn, carry_out
from casework.change import Change
from casework.office import Office
from casework.refused import Refused
from models import Content


def save(office: Office, by: str | By, case: str, sha256: str, path: Path) -> Change:
    """Act `export`: write the very bytes that are kept under a hash to a file.

    Raises:
        Refused: `refused.no_such_content`; `refused.not_written`: the disk is full or can't be written.
    """

    def body(turn: Turn) -> None:
        row = turn.session.get(Content, sha256)
        if row is None:
            raise Refused("refused.no_such_content", sha256=sha256[:16])
        try:
            path.write_bytes(row.body)
        except OSError as error:
            raise Refused("refused.not_written", file=path.name, fault=error.strerror or "") from error
        turn.subject = f"case {case}"
        turn.note(file=path.name, sha256=sha256)
        turn.tell(size=row.size)

    return carry_out(office, by, "export", body)
