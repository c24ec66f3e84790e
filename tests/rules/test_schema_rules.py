"""Each kind of rule as its table says it."""

from rules.faults import Unset
from rules.parts import Band
from rules.predicate import Predicate
from tests.rules.desk import small, small_text


def test_a_condition_is_its_test_and_what_stands_around_it() -> None:
    (condition,) = small(
        "[[condition]]\nid = 'seller'\ntitle = '关联关系'\narticle = '第2条'\n"
        "document = '通知'\ngrade = 'C'\n"
        "fact = 'related_party'\nis = 'no'\nevidence = '声明'\n"
        "applies_when = { fact = 'contract_amount', above = '1.00' }\n"
    ).pack.conditions
    assert condition.test == Predicate("is", "related_party", False)
    assert condition.applies_when == Predicate("above", "contract_amount", 100)
    assert (condition.evidence, condition.source.document, condition.source.grade) == ("声明", "通知", "C")


def test_a_tier_is_worth_a_rate_a_sum_or_bands() -> None:
    bands = small(
        without='rate = "0.5"', instead='bands = [{ up_to = "1", rate = "0.5" }, { rate = "0.2" }]'
    ).pack.tiers[0]
    assert bands.bands == (Band(100, 500_000), Band(None, 200_000))
    fixed = small(without='rate = "0.5"', instead='fixed = "3000"').pack.tiers[0]
    assert (fixed.fixed, fixed.rate, fixed.priority) == (300_000, None, -1)
    up_to = small(without='rate = "0.5"', instead='rate = "0.5"\nup_to = true').pack.tiers[0]
    assert (up_to.rate, up_to.up_to) == (500_000, True)


def test_a_cap_with_everything_it_can_say() -> None:
    (cap,) = small(
        "[[fact]]\nid = 'why_more'\ntype = 'text'\n"
        "[[cap]]\nid = 'most'\narticle = 'a'\nlimit = '1'\nper = ['applicant', 'quarter']\n"
        "before = 'awarded_before'\ntiers = ['general']\ntier_limit = { general = '2' }\n"
        "overrun = { limit = '3', reason = 'why_more' }\n"
    ).pack.caps
    assert (cap.limit, cap.per, cap.before) == (100, ("applicant", "quarter"), "awarded_before")
    assert (cap.tiers, cap.tier_limit) == (("general",), (("general", 200),))
    assert (cap.overrun_limit, cap.overrun_reason) == (300, "why_more")


def test_a_cap_on_redemptions_is_not_looked_at_when_an_award_is_made() -> None:
    one = small("[[cap]]\nid = 'paid'\narticle = 'a'\nlimit = '0.01'\ncounts = 'redemption'\n")
    assert (len(one.pack.caps), one.caps) == (1, ())


def test_shares_of_tiers_have_one_order_whatever_the_authors() -> None:
    more = (
        "[[tier]]\nid = 'young'\nwhen = { fact = 'related_party', is = 'no' }\nrate = '0.6'\narticle = 'a'\n"
        "[[stacking]]\nid = 's'\nhow = 'ceiling'\nshare = { unset = 'all' }\narticle = 'a'\n"
        "tier_share = { SHARES }\n"
        "[[unset]]\nid = 'all'\ntype = 'rate'\ntitle = 't'\n"
        "reading = [{ id = '50', value = '0.5', source = 's' }, { id = '60', value = '0.6', source = 's' }]\n"
    )
    shares = ("young = '0.6', general = '0.5'", "general = '0.5', young = '0.6'")
    one, other = (small(more.replace("SHARES", text)).pack for text in shares)
    assert one == other
    assert one.stacking[0].tier_share == (("general", 500_000), ("young", 600_000))
    assert one.stacking[0].share == Unset("all")


def test_funders_and_floors() -> None:
    pack = small(
        "[[funder]]\nid = 'province'\nshare = '0.3'\narticle = 'a'\n"
        "[[funder]]\nid = 'city'\nshare = '70%'\nodd = true\narticle = 'a'\n"
        "[[floor]]\nid = 'least'\non = 'award'\nat_least = '5000'\nhow = 'refuse'\narticle = 'a'\n"
    ).pack
    assert [(funder.share, funder.odd) for funder in pack.funders] == [(300_000, False), (700_000, True)]
    assert (pack.floors[0].at_least, pack.floors[0].on) == (500_000, "award")
    assert small_text() == small_text(without='id = "general"', instead='id = "general"')
