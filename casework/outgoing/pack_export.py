"""A pack, out of the office: its paper to sign, or the text of a draft that somebody is writing."""

import hashlib
from pathlib import Path

from sqlmodel import Session

from casework.boards.policy_board import OnBoard, board
from casework.core.act import By
from casework.core.change import Change
from casework.core.files_out import Taken, Tray, take_out
from casework.core.office import SHANGHAI, Office
from casework.core.refused import Refused
from casework.rulebook.pack_on_paper import Signed, on_paper
from casework.rulebook.shipped_packs import examples_beside, place_of_examples
from papers.drawing import pdfa
from papers.letters.pack_paper import PackPaper, draw
from rules.pack import Pack


def save_paper_of(office: Office, by: str | By, name: str, path: Path) -> Change:
    """Act `export`: the paper of a pack that the office holds, with what it has set and who adopts it.

    Args:
        name: its hash, its `id@version`, or its id (then the newest version).

    Raises:
        Refused: `refused.no_such_pack`.
    """
    one = next((one for one in board(office) if name in (one.sha256, one.ref, one.pack.id)), None)
    if one is None:
        raise Refused("refused.no_such_pack", pack=name)
    return _save(office, by, _paper(office, one), path)


def save_paper_of_draft(office: Office, by: str | By, pack: Pack, path: Path) -> Change:
    """Act `export`: the paper of a pack that nobody has proposed yet."""
    return _save(office, by, on_paper(pack, mark=office.mark), path)


def save_text(office: Office, by: str | By, text: str, examples: str, path: Path) -> Change:
    """Act `export`: the text of a pack that somebody is writing, and its example cases beside it.

    Args:
        examples: as CSV; empty where it has none. A file that says the same already stays as it is.
    """
    cases = place_of_examples(path)

    def make(session: Session, tray: Tray) -> Taken:
        body = text.encode()
        tray.draft(path).write_bytes(body)
        if examples and examples.removeprefix("\ufeff") != examples_beside(path):
            tray.draft(cases).write_bytes(examples.encode())
        sha256 = hashlib.sha256(body).hexdigest()
        return Taken("pack draft", {"kind": "pack_draft", "file": path.name, "sha256": sha256})

    return take_out(office, by, make)


def _save(office: Office, by: str | By, paper: PackPaper, path: Path) -> Change:
    def make(session: Session, tray: Tray) -> Taken:
        drawn = draw(paper)
        pdfa.check(drawn)
        tray.draft(path).write_bytes(drawn)
        return Taken(f"pack {paper.ref}", {"kind": "pack_paper", "file": path.name, "sha256": paper.sha256})

    return take_out(office, by, make)


def _paper(office: Office, one: OnBoard) -> PackPaper:
    at = None if one.proposed_at is None else one.proposed_at.astimezone(SHANGHAI).date()
    signed = Signed(one.proposed_by, one.confirmed_by, at)
    return on_paper(one.pack, one.settled(office.today()), signed, office.mark)
