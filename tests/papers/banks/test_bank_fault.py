from papers.banks.bank_fault import BankFault


def test_it_is_one_sentence_in_both_languages() -> None:
    fault = BankFault("bank.toml.missing", file="我的银行.toml", line=7, key="fill.columns")
    assert fault.say() == "“我的银行.toml”第 7 行：缺少“fill.columns”。"
    assert fault.say("en") == '"我的银行.toml", line 7: "fill.columns" is missing.'
