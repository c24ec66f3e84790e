from pathlib import Path

import pytest

from papers.banks import payment
from papers.banks.bank_fault import BankFault
from papers.banks.payment import Payment
from papers.reading.unreadable import Unreadable
from tests.papers.banks.bank_samples import payments_csv

HEAD = "ref,payee,bank,cnaps,province,city,account,amount,purpose"
GOOD = 'BF1,深圳市云海公司,样例银行,102584000123,广东,深圳,4000020009200111111,"819,000.00",兑付 XL01'


def test_columns_come_in_any_order_and_others_come_along(tmp_path: Path) -> None:
    head = "allotment_no,amount,account,purpose,ref,payee,bank,cnaps,province,city"
    row = "深财〔2026〕9号,300000.07,755900000020202,兑付,BF2,理工大学,,,,"
    found = payment.read(payments_csv(tmp_path / "p.csv", row, head=head))
    assert found == (
        (
            Payment(
                "BF2",
                "理工大学",
                "755900000020202",
                30_000_007,
                "兑付",
                row=2,
                more={"allotment_no": "深财〔2026〕9号"},
            ),
        ),
        (),
        1,
        frozenset({"allotment_no"}),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_of_a_spreadsheet_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "p.csv"
    path.write_bytes(f"{HEAD}\r\n{GOOD}\r\n\r\n".encode(encoding))
    (found,) = payment.read(path).found
    assert (found.payee, found.amount_fen, found.cnaps) == ("深圳市云海公司", 81_900_000, "102584000123")


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        (
            GOOD.replace('"819,000.00"', "八十万零一"),
            "amount",
            "第 2 行（BF1）amount：“八十万零一”不是金额，请写元，最多两位小数。",
        ),
        (
            GOOD.replace('"819,000.00"', "1.005"),
            "amount",
            "第 2 行（BF1）amount：“1.005”不是金额，请写元，最多两位小数。",
        ),
        (
            GOOD.replace("4000020009200111111", "4.00002E+18"),
            "account",
            "第 2 行（BF1）account：4.00002E+18 被存成了数字，15 位以后已丢失，请改为文本后重新填写。",
        ),
        ("BF1,深圳市云海公司,样例银行", "purpose", "第 2 行（BF1）只有 3 格，应有 9 格，文件可能被截断。"),
        (f"{GOOD},多", "purpose", "第 2 行（BF1）比栏目多出内容，应有 9 格，请检查逗号和引号。"),
    ],
)
def test_a_row_that_is_no_payment_is_told(tmp_path: Path, row: str, field: str, said: str) -> None:
    found = payment.read(payments_csv(tmp_path / "p.csv", row))
    (refused,) = found.refused
    assert (refused.row, refused.field, refused.say(), found.found, found.rows) == (2, field, said, (), 1)


def test_a_column_that_lacks_or_stands_twice_refuses_the_file(tmp_path: Path) -> None:
    for head, code in (
        (HEAD.replace("cnaps", "bankcode"), "column"),
        (HEAD.replace("city", "bank"), "twice"),
    ):
        with pytest.raises(BankFault, match=f"bank.payments.{code}"):
            payment.read(payments_csv(tmp_path / "p.csv", GOOD, head=head))
    with pytest.raises(BankFault, match="empty"):
        payment.read(payments_csv(tmp_path / "p.csv", ""))


def test_what_is_no_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="not_found"):
        payment.read(tmp_path / "none.csv")


def test_yuan_have_two_decimals_and_no_commas() -> None:
    assert [payment.yuan(fen) for fen in (1, 81_900_000, -30_000_007)] == ["0.01", "819000.00", "-300000.07"]
