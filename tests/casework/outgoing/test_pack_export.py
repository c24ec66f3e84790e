"""The paper of a pack leaves by the one door, with what the office has set and who adopts it."""

from pathlib import Path

import pytest

from casework.core.office import Office
from casework.core.refused import Refused
from casework.outgoing.pack_export import save_paper_of, save_paper_of_draft, save_text
from casework.rulebook.packs import put_in_force
from casework.rulebook.shipped_packs import shipped
from papers.drawing.pdfa import check
from tests.papers import poppler

TRAINING = "shenzhen-training-voucher@2026"


def test_a_pack_of_the_office_by_its_name_or_hash(office: Office, tmp_path: Path) -> None:
    pack = next(pack for pack in shipped() if pack.ref == TRAINING)
    put_in_force(office)
    out = tmp_path / "pack.pdf"
    change = save_paper_of(office, "officer", TRAINING, out)
    body = out.read_bytes()
    check(body)
    text = poppler.text(body)
    assert pack.sha256[:16] in text and "签字" in text
    assert change.act == "export" and change.seq
    save_paper_of(office, "officer", pack.sha256, out)
    assert out.read_bytes() == body


def test_one_that_the_office_does_not_have_is_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no_such_pack"):
        save_paper_of(office, "officer", "no-such@1", tmp_path / "pack.pdf")
    assert not list(tmp_path.glob("pack.pdf"))


def test_a_draft_that_nobody_proposed(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "draft.pdf"
    save_paper_of_draft(office, "officer", shipped()[0], out)
    assert shipped()[0].sha256[:16] in poppler.text(out.read_bytes())
    with pytest.raises(Refused):
        save_paper_of_draft(office, "system", shipped()[0], out)


def test_the_text_of_a_draft_with_faults_is_saved_as_it_stands(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "draft.toml"
    assert save_text(office, "officer", "id = 1 # 编号\r\n", "", out).act == "export"
    assert out.read_bytes() == "id = 1 # 编号\r\n".encode()
