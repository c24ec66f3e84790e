import time
from pathlib import Path

import pytest

from papers.banks import answer_files, bank_toml
from papers.banks.bank_fault import BankFault
from papers.reading.unreadable import Unreadable
from tests.papers import hostile_files as hostile
from tests.papers.banks import bank_samples as samples


def test_a_banks_text_and_a_receipt_beside_it(tmp_path: Path) -> None:
    bank = bank_toml.read(samples.BANK, tmp_path)
    text = samples.answer_text(tmp_path / "a.txt", samples.PAID)
    xml = samples.receipt(tmp_path / "r.xml", "5.00", "5.00", samples.item("BF1", "1", "5.00", "5.00"))
    assert [line.ref for path in (text, xml) for line in answer_files.read(path, bank)] == [
        "BF2026090001",
        "BF1",
    ]
    assert [line.ref for line in answer_files.read(xml)] == ["BF1"]


def test_a_banks_answer_needs_its_file(tmp_path: Path) -> None:
    with pytest.raises(BankFault, match=r"bank.answer.no_bank"):
        answer_files.read(samples.answer_text(tmp_path / "a.txt", samples.PAID))


@pytest.mark.parametrize(
    "build",
    [
        hostile.far_cell,
        hostile.entities,
        hostile.macros,
        hostile.truncated,
        hostile.lying_directory,
        hostile.zip_of_zips,
        hostile.encrypted,
        hostile.noise,
        hostile.nothing,
    ],
)
def test_a_file_that_means_harm_ends_with_one_sentence(build: object, tmp_path: Path) -> None:
    path = build(tmp_path / "a.xlsx")  # type: ignore[operator]
    start = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        answer_files.read(path, bank_toml.read(samples.BANK, tmp_path))
    assert time.monotonic() - start < 20
    assert "\n" not in caught.value.say()


def test_a_receipt_of_millions_of_entities_or_depths_ends_soon(tmp_path: Path) -> None:
    start = time.monotonic()
    for content in (
        b"<a>" * 3_000_000,
        b"<Voucher>" + b"<Item><PayAmt>1</PayAmt></Item>" * 100_001 + b"</Voucher>",
    ):
        (tmp_path / "r.xml").write_bytes(content)
        with pytest.raises(Unreadable):
            answer_files.read(tmp_path / "r.xml")
    assert time.monotonic() - start < 20
