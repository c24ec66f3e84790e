"""Support in kind: counts at a price of reference, as amounts and as limits."""

from rules.decide import Decision, decide
from rules.faults import PackFaults
from rules.money import parse
from rules.pack import load
from rules.policy import Policy, Supplement
from rules.position import Position
from tests.rules.desk import facts, small_text

HOURS = """
[base]
fact = "worth"
article = "b"

[[fact]]
id = "hours"
type = "integer"

[[fact]]
id = "returned"
type = "integer"
default = 0

[[sum]]
id = "worth"
of = ["hours", "-returned"]
price = {0}

[[cap]]
id = "quota"
limit = {1}
price = {0}
per = ["applicant", "year"]
article = "c"
"""
WAITING = "".join(
    f"\n[[unset]]\nid = '{name}'\ntype = '{kind}'\ntitle = '{name}'\n"
    for name, kind in (("price", "money"), ("count", "integer"))
)
FIXED = HOURS.format('"12.34"', "1000")
OPEN = HOURS.format("{ unset = 'price' }", "{ unset = 'count' }") + WAITING


def made(text: str, **settled: str) -> Policy:
    pack = load(small_text(text))
    given = [
        Supplement(pack.id, name, value, pack.in_force_from, None, "t") for name, value in settled.items()
    ]
    return Policy(pack, given)


def of(policy: Policy, used: str = "0", **changes: object) -> Decision:
    return decide(policy, facts(**changes), Position((parse(used),), None))


def test_counts_are_worth_their_price() -> None:
    one = of(made(FIXED), hours=7)
    assert (one.base_fen, one.award_fen) == (7 * 1234, 7 * 1234 // 2)
    assert of(made(FIXED), hours=7, returned=2).base_fen == 5 * 1234
    assert of(made(FIXED), hours=7, returned=9).status == "refused", "nothing is left, and not below"
    assert of(made(FIXED), hours=None).reasons == ("hours",)


def test_a_limit_in_counts_is_worth_its_price() -> None:
    at = of(made(FIXED), hours=2000)
    assert (at.award_fen, at.binding) == (1_234_000, "rate")
    over = of(made(FIXED), hours=2001)
    assert (over.award_fen, over.binding) == (1_234_000, "quota")
    assert of(made(FIXED), used="12339.99", hours=2000).award_fen == 1
    assert of(made(FIXED), used="12340.00", hours=2000).reasons == ("quota",)


def test_a_price_that_is_not_set_is_what_the_case_waits_for() -> None:
    assert of(made(OPEN), hours=7).reasons == ("price",)
    assert of(made(OPEN, price="12.34"), hours=7).reasons == ("count",)
    assert of(made(OPEN, price="12.34", count="1000"), hours=2001).award_fen == 1_234_000


def test_a_condition_on_what_counts_are_worth_waits_for_the_price() -> None:
    least = '\n[[condition]]\nid = "least"\nfact = "worth"\nat_least = "100.00"\narticle = "a"\n'
    assert of(made(OPEN + least), hours=7).reasons == ("price",)
    assert of(made(OPEN + least, price="12.34", count="9"), hours=7).reasons == ("least",)
    assert of(made(OPEN + least), hours=None).reasons == ("price", "least")


def test_a_worth_above_every_amount_is_not_known() -> None:
    assert of(made(FIXED), hours=10**15).status == "blocked"


def test_counts_are_whole_numbers_and_a_price_has_no_readings() -> None:
    for text, code in (
        (FIXED.replace('"integer"', '"money"', 1), "pack.fact_type"),
        (FIXED.replace("limit = 1000", 'limit = "1000.00"'), "pack.not_integer"),
        (
            OPEN.replace(
                "title = 'price'\n",
                "title = 'p'\nreading = [{ id = 'a', value = '1.00', source = 's' },"
                " { id = 'b', value = '2.00', source = 's' }]\n",
            ),
            "pack.price_readings",
        ),
    ):  # fmt: skip
        try:
            load(small_text(text))
        except PackFaults as found:
            assert code in [fault.code for fault in found.faults], [fault.code for fault in found.faults]
        else:
            raise AssertionError(code)
