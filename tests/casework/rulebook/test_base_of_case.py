"""What a base was made of, from the witness: where readings name different facts too."""

from casework.rulebook.base_of_case import amounts_of, base_in_words, made_of
from tests.rules.desk import decided, small

FACTS = "".join(
    f"[[fact]]\nid = '{name}'\ntype = 'money'\ntitle = '{title}'\ndefault = 0\n"
    for name, title in (("paid", "实付金额"), ("storage", "存储费用"), ("network", "网络费用"))
)
OPEN = """
[[unset]]
id = "which"
type = "fact"
title = "基数"
reading = [
    { id = "contract", value = "contract_amount", source = "一" },
    { id = "paid", value = "paid", source = "二" },
]
"""


def test_deductions_are_those_that_the_case_has() -> None:
    one = small(FACTS + "[base]\nfact = 'contract_amount'\nless = ['storage', 'network']\narticle = 'a'\n")
    witness = decided(one, contract_amount="1000", left=None, storage=100_000).witness
    made = made_of(one, witness)
    assert made.smallest_of == ((("contract_amount", 100_000),),)
    assert made.less == amounts_of(one, witness, ["storage", "network"]) == (("storage", 100_000),)
    assert not made.too_much and made._replace(less=(("storage", 100_001),)).too_much


def test_a_way_of_reading_names_its_own_fact() -> None:
    one = small(FACTS + OPEN + "[base]\nfact = { unset = 'which' }\nless = ['storage']\narticle = 'a'\n")
    witness = decided(one, contract_amount="1000", paid=90_000, left=None, storage=100_000).witness
    assert made_of(one, witness, ("which=paid",)).smallest_of == ((("paid", 90_000),),)
    (said,) = base_in_words(one, witness, (), "zh")
    assert said == "由合同金额 1,000.00 元；或：实付金额 900.00 元减去存储费用 1,000.00 元，不够减，按零计。"


def test_without_a_witness_nothing_more_is_told() -> None:
    assert list(base_in_words(small(), None, (), "zh")) == []


def test_a_base_that_is_another_amount_than_the_contracts_is_called_by_its_name() -> None:
    paid = small(FACTS + "[base]\nfact = 'paid'\narticle = 'a'\n")
    witness = decided(paid, paid=90_000, left=None).witness
    assert list(base_in_words(paid, witness, (), "zh")) == ["取自实付金额 900.00 元。"]
    assert next(iter(base_in_words(paid, witness, (), "en"))).startswith("It is ")
    usual = small()
    assert list(base_in_words(usual, decided(usual, left=None).witness, (), "zh")) == []
