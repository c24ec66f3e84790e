"""Made-up applications: nobody's, the same for the same seed, and full of what an officer meets."""

from casework.founding import made_up_applications
from rules import creditcode


def test_the_same_seed_the_same_rows() -> None:
    assert made_up_applications.rows(50, 3) == made_up_applications.rows(50, 3)
    assert made_up_applications.rows(50, 3) != made_up_applications.rows(50, 4)
    one, again = (made_up_applications.workbook(made_up_applications.rows(5, 3)) for _ in range(2))
    assert one == again


def test_codes_are_well_formed_and_of_no_place() -> None:
    codes = {made_up_applications.credit_code("440399", number) for number in range(5_000_000, 5_000_200)}
    assert len(codes) == 200
    assert all(creditcode.fault(code) is None and code[2:8] == "440399" for code in codes)


def test_each_kind_of_row_is_there_in_its_turn() -> None:
    table = made_up_applications.rows(len(made_up_applications.CYCLE), 1)
    kinds = dict(zip(made_up_applications.CYCLE, table, strict=True))
    assert kinds["untold"]["是否与服务机构存在关联关系"] is None
    assert isinstance(kinds["bad_account"]["银行账号"], float)
    assert creditcode.fault(kinds["bad_code"]["统一社会信用代码"]) == "check_digit"
    assert kinds["again"]["统一社会信用代码"] == table[0]["统一社会信用代码"]
    assert kinds["early"]["合同签订日期"] < kinds["early"]["成立日期"]
    assert len({row["申报编号"] for row in table}) == len(table)
