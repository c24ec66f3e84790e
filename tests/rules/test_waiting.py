"""Figures that no source states and only the office can set: what needs one waits for it by its name, what
does not is decided."""

from rules.check import check
from rules.decide import Decision, decide_witness, decode, encode
from rules.explain import explain
from rules.fast import NotFast, counted_cap
from rules.money import parse
from rules.pack import load
from rules.policy import Policy, Supplement
from tests.rules.desk import decided, small_text

UNSET = "\n[[unset]]\nid = '{0}'\ntype = '{1}'\ntitle = '{0}的名称'\n"
RATE = ('rate = "0.5"', "rate = { unset = 'share' }")
YOUNG = """
[[tier]]
id = "young"
when = {{ fact = "applied_at", after = "founded_on", less_than_months = {{ unset = "months" }} }}
rate = "{0}"
article = "a"
"""
CONDITIONS = """
[[condition]]
id = "least"
fact = "leased_in_year"
at_least = { unset = "threshold" }
article = "a"

[[condition]]
id = "kind"
fact = "applicant_kind"
one_of = ["enterprise"]
article = "a"
"""
THRESHOLD = CONDITIONS + UNSET.format("threshold", "money")


def made(more: str, *settled: str, without: str = "", instead: str = "") -> Policy:
    pack = load(small_text(more, without, instead))
    pairs = [pair.split("=") for pair in settled]
    return Policy(
        pack, [Supplement(pack.id, name, value, pack.in_force_from, None, "t") for name, value in pairs]
    )


def told(one: Decision) -> tuple[str, tuple[str, ...], int | None, int]:
    return one.status, one.reasons, one.award_fen, one.holds_fen


def rate(*settled: str) -> Policy:
    return made(UNSET.format("share", "rate"), *settled, without=RATE[0], instead=RATE[1])


def test_a_rate_that_waits_blocks_by_its_name_and_holds_nothing_until_it_is_set() -> None:
    one = decided(rate(), left=None)
    assert told(one) == ("blocked", ("share",), None, 0)
    assert one.readings == (), "there is none to choose between"
    assert told(decided(rate("share=0.4"), left=None)) == ("awarded", (), parse("3200000"), parse("3200000"))
    assert told(decided(rate("share=0"), left=None))[:2] == ("refused", ("rate",))


def test_what_is_stored_of_a_waiting_case_decides_alike_again_and_tells_what_it_waits_for() -> None:
    policy = rate()
    one = decided(policy, left=None)
    again = decide_witness(policy, decode(policy, encode(one.witness)))
    assert told(again) == told(one)
    lines = explain(policy, one.witness)
    assert ("waits", "share", (), "") in lines
    assert lines[-1].figures == ("blocked", "share")


def test_a_case_that_a_condition_refuses_does_not_wait() -> None:
    assert decided(made(THRESHOLD), left=None).reasons == ("threshold",)
    assert decided(made(THRESHOLD), left=None, applicant_kind="university").status == "refused"
    assert decided(made(THRESHOLD), left=None, applicant_kind=None).reasons == ("threshold", "kind")


def test_a_condition_that_waits_keeps_what_it_may_come_to() -> None:
    assert decided(made(THRESHOLD), left=None).holds_fen == parse("4000000")
    least = made(THRESHOLD, "threshold=8000000")
    assert decided(least, left=None).award_fen == parse("4000000")
    assert decided(least, left=None, leased_in_year="7999999.99").reasons == ("least",)


def test_a_blank_fact_is_named_beside_the_figure_that_waits() -> None:
    one = decided(made(THRESHOLD), left=None, leased_in_year=None, contract_amount=None)
    assert one.reasons == ("threshold", "least")


def test_a_test_that_is_settled_without_the_figure_does_not_wait() -> None:
    either = """
[[condition]]
id = "either"
any = [{ fact = "leased_in_year", at_least = { unset = "threshold" } }, { fact = "related_party", is = "no" }]
article = "a"
"""
    policy = made(either + UNSET.format("threshold", "money"))
    assert decided(policy, left=None).status == "awarded"
    assert decided(policy, left=None, related_party=True).reasons == ("threshold",)


def test_a_tier_that_waits_leaves_every_tier_possible() -> None:
    months = UNSET.format("months", "months")
    assert decided(made(YOUNG.format("0.5") + months), left=None).award_fen == parse("4000000")
    open_ = decided(made(YOUNG.format("0.6") + months), left=None)
    assert told(open_) == ("blocked", ("months",), None, parse("4800000"))
    assert decided(made(YOUNG.format("0.6") + months, "months=48"), left=None).tier == "young"
    assert decided(made(YOUNG.format("0.6") + months, "months=12"), left=None).tier == "general"
    blank = decided(made(YOUNG.format("0.6") + months), left=None, founded_on=None)
    assert blank.reasons == ("months", "founded_on")


def test_days_and_working_days_wait_too() -> None:
    for test in ("at_most_days", "less_than_workdays"):
        head = "\n[[condition]]\nid = 'soon'\nfact = 'applied_at'\nafter = 'signed_on'\narticle = 'a'\n"
        policy = made(f"{head}{test} = {{ unset = 'days' }}\n" + UNSET.format("days", "days"))
        assert decided(policy, left=None).reasons[0] == "days"


def test_readings_and_a_figure_that_waits_are_both_named() -> None:
    floor = "\n[[floor]]\nid = 'f'\non = 'award'\nat_least = '4500000.00'\nhow = 'refuse'\narticle = 'a'\n"
    share = (
        "\n[[unset]]\nid = 'share'\ntype = 'rate'\ntitle = 't'\n"
        "reading = [{ id = 'a', value = '0.5', source = 's' }, { id = 'b', value = '0.6', source = 's' }]\n"
    )
    cap = "\n[[cap]]\nid = 'c'\nlimit = { unset = 'limit' }\narticle = 'a'\n" + UNSET.format("limit", "money")
    policy = made(floor + share + cap, without=RATE[0], instead=RATE[1])
    assert decided(policy, left=None).reasons == ("limit",)
    pack = policy.pack
    settled = Policy(pack, [Supplement(pack.id, "limit", "9000000", pack.in_force_from, None, "t")])
    assert decided(settled, left=None).reasons == ("share",)


def test_a_million_cases_are_not_hurried_past_a_test_that_waits() -> None:
    months = UNSET.format("months", "months")
    try:
        counted_cap(made(YOUNG.format("0.6") + months))
    except NotFast as error:
        assert error.reason == "waiting"
    else:
        raise AssertionError("a test that waits can't be judged over columns")


def test_the_check_tries_what_waits_and_says_where_it_can_not() -> None:
    codes = {one.code for one in check(small_text(THRESHOLD)).faults}
    assert codes == {"check.no_source"}, "the small pack's dates have no article, and that is all"
    clash = THRESHOLD.replace("[[condition]]", '[[condition]]\nid = "m"\nfact = "leased_in_year"\n'
                              'below = "0.01"\narticle = "a"\n\n[[condition]]', 1)  # fmt: skip
    report = check(small_text(clash.replace("at_least", "above")))
    assert {one.code for one in report.faults} == {"check.no_source"}
    assert ("check.waits", "m") in [(one.code, one.params["rule"]) for one in report.warnings]
