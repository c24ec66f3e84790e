from papers.banks.bank_fault import BankFault, BankUnreadable
from papers.reading.unreadable import Unreadable


def test_it_is_one_sentence_in_both_languages() -> None:
    fault = BankFault("bank.toml.missing", file="我的银行.toml", line=7, key="fill.columns")
    assert fault.say() == "“我的银行.toml”第 7 行：缺少“fill.columns”。"
    assert fault.say("en") == '"我的银行.toml", line 7: "fill.columns" is missing.'


def test_a_file_that_cannot_be_read_is_told_by_its_name_and_with_the_banks_own_advice() -> None:
    fault = BankUnreadable("结果.txt", Unreadable("no_table"))
    assert (fault.code, fault.say()) == (
        "no_table",
        "“结果.txt”没有采用：文件不是工作簿、CSV、文本或 XML；请从银行或国库重新下载。",
    )
    encoded = BankUnreadable("结果.txt", Unreadable("encoding_guessed", encoding="Big5"))
    assert "“结果.txt”没有采用：" in encoded.say() and "Big5" in encoded.say()
    assert "申报" not in encoded.say()
