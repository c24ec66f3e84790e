"""Policies: a pack with the office's supplements, by which date, and their one hash."""

import hashlib
from datetime import date, datetime

import pytest

from rules.faults import PackFaults
from rules.pack import load
from rules.policy import Policy, Supplement, choose, from_stored, settled_value
from tests.rules.desk import decided, facts, pack, policy, small

CEILING = Supplement(
    "shenzhen-training-voucher", "startup_ceiling", "60", date(2026, 3, 1), date(2026, 9, 1), "办公会纪要1号"
)


def test_the_hash_is_over_exactly_the_bytes_of_pack_and_supplements_in_order() -> None:
    other = Supplement(pack().id, "budget_exceeded", "rest", date(2026, 3, 1), None, "办公会纪要2号")
    both = Policy(pack(), [CEILING, other])
    assert both.sha256 == hashlib.sha256(pack().canonical + CEILING.canonical + other.canonical).hexdigest()
    assert len({both.sha256, Policy(pack(), [other, CEILING]).sha256, Policy(pack()).sha256}) == 3
    assert Policy(pack()).sha256 == pack().sha256


def test_a_supplement_is_stored_as_canonical_bytes_and_read_back() -> None:
    assert Supplement.parse(CEILING.canonical) == CEILING
    open_ended = Supplement(pack().id, "startup_ceiling", "60", date(2026, 3, 1), None, "纪要")
    assert Supplement.parse(open_ended.canonical) == open_ended
    assert open_ended.sha256 != CEILING.sha256


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"\xff",
        b'pack = "x"',
        CEILING.canonical + b"\n",
        CEILING.canonical.replace(b"2026-03-01", b'"soon"'),
        CEILING.canonical.replace(b"source", b"origin"),
        CEILING.canonical + b"more = 1\n",
    ],
)
def test_altered_bytes_of_a_supplement_are_refused(stored: bytes) -> None:
    with pytest.raises(PackFaults, match=r"supplement\.unreadable"):
        Supplement.parse(stored)


def test_a_policy_is_made_again_from_what_was_stored() -> None:
    made = Policy(pack(), [CEILING])
    again = from_stored(pack().canonical, [CEILING.canonical])
    assert again.sha256 == made.sha256
    assert again.rules == made.rules
    with pytest.raises(PackFaults):
        from_stored(pack().canonical[:-40])
    with pytest.raises(PackFaults):
        from_stored(b"\xff\xfe")


@pytest.mark.parametrize(
    ("on", "inside"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 8, 31), True),
        (date(2026, 9, 1), False),
    ],
)
def test_a_supplement_is_in_force_from_a_day_until_before_another(on: date, inside: bool) -> None:
    assert CEILING.in_force(on) is inside


def test_a_supplement_settles_its_parameter_and_leaves_the_others_open() -> None:
    settled = Policy(pack(), [CEILING])
    assert dict(settled.settled) == {"startup_ceiling": 600_000}
    assert "startup_ceiling" not in [each.id for each in settled.open_parameters]
    assert "budget_exceeded" in [each.id for each in settled.open_parameters]
    assert pack().stacking[0].tier_share != settled.rules.stacking[0].tier_share


def test_a_later_supplement_takes_an_earlier_ones_place() -> None:
    again = Supplement(pack().id, "startup_ceiling", "50", date(2026, 6, 1), None, "纪要")
    assert dict(Policy(pack(), [CEILING, again]).settled) == {"startup_ceiling": 500_000}


@pytest.mark.parametrize(
    ("parameter", "value", "meant"),
    [
        ("startup_ceiling", "60", 600_000),
        ("startup_ceiling", "0.55", 550_000),
        ("startup_ceiling", "55%", 550_000),
        ("startup_reference_date", "signed_on", "signed_on"),
        ("budget_exceeded", "rest", "rest"),
        ("publicity_days", "5", 5),
        ("validity_months", "12", 12),
        ("materials", "合同、发票、付款凭证", "合同、发票、付款凭证"),
    ],
)
def test_a_supplement_names_a_reading_or_a_value_of_the_parameters_type(
    parameter: str, value: str, meant: object
) -> None:
    found = pack().parameter(parameter)
    assert found is not None
    assert settled_value(found, value) == meant


@pytest.mark.parametrize(
    ("parameter", "value", "code"),
    [
        ("startup_reference_date", "founded_on", "supplement.not_a_reading"),
        ("budget_exceeded", "perhaps", "supplement.not_a_reading"),
        ("startup_ceiling", "half", "pack.not_rate"),
        ("publicity_days", "five", "pack.not_days"),
        ("validity_months", "9999", "pack.not_months"),
        ("materials", " ", "pack.not_text"),
        ("colour", "red", "supplement.unknown_parameter"),
        ("rate", "0.7", "supplement.unknown_parameter"),
    ],
)
def test_a_supplement_of_an_unknown_parameter_or_a_wrong_value_is_refused(
    parameter: str, value: str, code: str
) -> None:
    with pytest.raises(PackFaults) as caught:
        Policy(pack(), [Supplement(pack().id, parameter, value, date(2026, 1, 1), None, "纪要")])
    assert code in [fault.code for fault in caught.value.faults]


def test_a_supplement_to_another_scheme_is_refused() -> None:
    stray = Supplement("shenzhen-corpus-voucher", "startup_ceiling", "60", date(2026, 1, 1), None, "纪要")
    with pytest.raises(PackFaults, match=r"supplement\.unknown_parameter"):
        Policy(pack(), [stray])


def test_dates_and_moments_may_be_set_by_the_office() -> None:
    unset = (
        "[[condition]]\nid = 'signed'\narticle = 'a'\nfact = 'signed_on'\nat_least = { unset = 'since' }\n"
        "[[unset]]\nid = 'since'\ntype = 'date'\ntitle = '合同签订起始日'\nreading = ["
        "{ id = 'year', value = 2026-01-01, source = 's' }, "
        "{ id = 'spring', value = 2026-04-02, source = 's' }]\n"
    )
    one = small(unset)
    assert decided(one, left=None).reasons == ("since",)
    signed_before = Supplement("small-voucher", "since", "2026-04-01", date(2026, 1, 1), None, "纪要")
    assert decided(Policy(one.pack, [signed_before]), left=None).status == "awarded"
    with pytest.raises(PackFaults):
        Policy(one.pack, [Supplement("small-voucher", "since", "April", date(2026, 1, 1), None, "纪要")])


def test_the_offices_terms_are_known_once_they_are_set() -> None:
    assert policy().office("publicity_days") is None
    assert policy(publicity_days="5").office("publicity_days") == 5
    assert policy().office("service_scope") == "训练和推理"
    assert policy().office("no_such_term") is None


def test_the_version_is_chosen_by_the_applications_day() -> None:
    packs = [pack("training-voucher-2025"), pack("training-voucher-2026"), pack("corpus-voucher-2025")]

    def version(at: object) -> str:
        found = choose(packs, "shenzhen-training-voucher", facts(applied_at=at))
        return found.version if found else ""

    assert [
        version(at)
        for at in (
            datetime(2024, 12, 17, 23, 59, 59),
            datetime(2024, 12, 18),
            datetime(2025, 12, 31, 23, 59, 59),
            datetime(2026, 1, 1),
            datetime(2026, 12, 17, 23, 59, 59),
            datetime(2026, 12, 18),
            date(2025, 12, 31),
            None,
            "2026-05-20",
        )
    ] == ["", "2025", "2025", "2026", "2026", "", "2025", "", ""]
    assert choose(packs, "no-such-scheme", facts()) is None


def test_a_pack_may_be_chosen_by_another_legal_date() -> None:
    by_signing = small(without='grade = "A"', instead='grade = "A"\nchosen_by = "signed_on"').pack
    assert choose([by_signing], "small-voucher", facts(signed_on=date(2025, 12, 31))) is None
    assert choose([by_signing], "small-voucher", facts(signed_on=date(2026, 1, 1))) is by_signing


def test_counters_are_named_by_scheme_cap_and_scope_whatever_the_version() -> None:
    case = facts(applicant="91/44%A")
    assert policy().cap_keys(case) == ("shenzhen-training-voucher/applicant_year/91%2F44%25A/2026",)
    before = policy("training-voucher-2025").cap_keys({**case, "applied_at": datetime(2025, 3, 1)})
    assert before == ("shenzhen-training-voucher/applicant_year/91%2F44%25A/2025",)
    assert policy().budget_key(case) == "shenzhen-training-voucher/2026"
    assert policy("corpus-voucher-2025").budget_key(case) == "shenzhen-corpus/2026"
    assert policy().budget_amount_fen == 50_000_000_000


def test_a_pack_without_a_budget_draws_on_none() -> None:
    one = small()
    assert (one.budget_key(facts()), one.budget_amount_fen, one.caps) == (None, None, ())


def test_two_policies_of_equal_bytes_decide_alike() -> None:
    again = Policy(load(pack().canonical.decode()))
    assert decided(again)[:11] == decided()[:11]


def test_a_rate_above_one_is_a_slip_of_the_pen_and_refused() -> None:
    """55 instead of 55 % would multiply every award by a hundred."""
    parameter = pack().parameter("startup_ceiling")
    assert parameter is not None
    for slip in ("55", "1.1", "110%"):
        with pytest.raises(PackFaults) as refused:
            settled_value(parameter, slip)
        assert [fault.code for fault in refused.value.faults] == ["pack.rate_above_one"]
    assert settled_value(parameter, "55%") == 550_000
    assert settled_value(parameter, "60") == 600_000
