"""Amounts that follow from the facts: sums, and the base, as tests name them."""

from rules.computed import Computed, base_terms, counted_terms
from rules.decide import decide_witness
from rules.facts import STANDARD
from rules.money import parse
from rules.witness import decode, encode
from tests.rules.desk import decided, small
from tests.rules.test_cost_lines import COSTS, PACK

LEAST = """
[[condition]]
id = "least"
title = "核定基数不少于五万元"
fact = "base"
at_least = "50000.00"
article = "第3条"

[[condition]]
id = "unrelated"
title = "没有关联关系"
fact = "related_party"
is = "no"
article = "第4条"
"""


def test_a_base_that_is_too_small_refuses_though_something_else_is_not_known() -> None:
    as_condition = small(LEAST)
    one = decided(as_condition, left=None, contract_amount="49999.99", related_party=None)
    assert (one.status, one.reasons) == ("refused", ("least",))
    floor = '\n[[floor]]\nid = "least"\non = "base"\nat_least = "50000.00"\nhow = "refuse"\narticle = "a"\n'
    as_floor = small(floor + LEAST[LEAST.index("[[condition]]", 3) :])
    one = decided(as_floor, left=None, contract_amount="49999.99", related_party=None)
    assert (one.status, one.reasons) == ("blocked", ("unrelated",))


def test_the_base_is_what_is_left_after_deductions() -> None:
    fact = '\n[[fact]]\nid = "storage"\ntype = "money"\ndefault = 0\n'
    base = '\n[base]\nfact = "contract_amount"\nless = ["storage"]\narticle = "b"\n'
    pack = small(fact + base + LEAST)
    assert decided(pack, left=None, contract_amount="50000", storage=1).reasons == ("least",)
    assert decided(pack, left=None, contract_amount="50000.01", storage=1).award_fen == parse("25000")


def test_what_is_computed_is_kept_nowhere_and_worked_out_again() -> None:
    pack = small(LEAST)
    one = decided(pack, left=None, contract_amount="60000")
    stored = encode(one.witness)
    assert stored.count("6000000") == 1
    assert decide_witness(pack, decode(pack, stored)) == one


def test_what_a_value_lacks_is_named_by_its_facts() -> None:
    pack = small(COSTS[: COSTS.index("[[line]]")] + '\n[base]\nfact = "eligible"\narticle = "b"\n')
    program = pack.program
    computed = Computed(pack.rules, program.row.index, True)
    values = computed.full(tuple(None if name == "research" else 1 for name in program.names))
    assert computed.blank("eligible", values) == ("research",)
    assert computed.blank("base", values) == ("research",)
    assert computed.blank("computing", values) == ()
    assert values[computed.index["eligible"]] is None


def test_the_terms_of_a_base() -> None:
    assert base_terms(PACK.rules) == counted_terms(PACK.rules) == ("research", "computing")
    less = small('\n[base]\nfact = "contract_amount"\nless = ["other_support"]\narticle = "b"\n').rules
    assert base_terms(less) == ("contract_amount", "other_support")
    assert counted_terms(less) == ("contract_amount",)


def test_a_pack_s_own_fact_of_that_name_stays_its_own() -> None:
    """A stored pack may have declared one: it means what it meant."""
    own = '\n[[fact]]\nid = "base"\ntype = "money"\n'
    pack = small(own + LEAST)
    assert "base" in pack.program.names and "base" not in STANDARD
    assert decided(pack, left=None, contract_amount="1", base=parse("50000")).award_fen == 50
