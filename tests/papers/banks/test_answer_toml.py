import pytest

from papers.banks import toml_table
from papers.banks.answer_toml import answer_of
from papers.banks.bank_fault import BankFault

COLUMNS = (
    '[columns]\nref = "A"\namount = "C"\nstatus = "D"\n[status]\npaid = "成 功"\nfailed = ["失败", "退回"]\n'
)


def test_columns_and_words() -> None:
    answer = answer_of(toml_table.whole_text(f'first_row = 5\nunit = "fen"\nlast_line = "*"\n{COLUMNS}'))
    assert answer.columns == {"ref": "A", "amount": "C", "status": "D"}
    assert answer.words == {"成功": "paid", "失败": "failed", "退回": "failed"}
    assert (answer.first_row, answer.unit_fen, answer.last_line, answer.xml) == (5, 1, "*", False)


def test_xml_needs_its_element_and_no_words_where_amounts_tell() -> None:
    text = 'form = "xml"\nitem = "Item"\n[columns]\nref = "No"\namount = "Amt"\ndone = "XAmt"\n'
    assert answer_of(toml_table.whole_text(text)).item == "Item"
    with pytest.raises(BankFault, match="missing"):
        answer_of(toml_table.whole_text(text.replace('item = "Item"', "")))


@pytest.mark.parametrize("gone", ['ref = "A"', 'amount = "C"', 'status = "D"', '[status]\npaid = "成 功"'])
def test_what_an_answer_must_have(gone: str) -> None:
    with pytest.raises(BankFault):
        answer_of(toml_table.whole_text(COLUMNS.replace(gone, "")))
