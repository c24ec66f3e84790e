"""The shelf: which version holds on which day, over the changes of the year."""

import datetime

import pytest

from casework.core.refused import Refused
from casework.rulebook.in_force import Shelf, replaced_from
from tests.casework.desk import Desk

SCHEME = "shenzhen-training-voucher"


@pytest.mark.parametrize(
    ("applied", "ref"),
    [
        (datetime.datetime(2024, 12, 17, 23, 59, 59), None),
        (datetime.datetime(2024, 12, 18), f"{SCHEME}@2025"),
        (datetime.datetime(2025, 12, 31, 23, 59, 59), f"{SCHEME}@2025"),
        (datetime.datetime(2026, 1, 1), f"{SCHEME}@2026"),
        (datetime.datetime(2026, 12, 17, 23, 59, 59), f"{SCHEME}@2026"),
        (datetime.datetime(2026, 12, 18), None),
    ],
)
def test_the_legal_date_chooses_the_version(desk: Desk, applied: datetime.datetime, ref: str | None) -> None:
    with desk.office.read() as session:
        chosen = Shelf(session).policy(SCHEME, {"applied_at": applied}, desk.office.today())
    assert (None if chosen is None else chosen.policy.ref) == ref


def test_no_date_no_version(desk: Desk) -> None:
    with desk.office.read() as session:
        assert Shelf(session).policy(SCHEME, {}, desk.office.today()) is None
        assert (
            Shelf(session).policy(
                "no-such-scheme", {"applied_at": datetime.datetime(2026, 5, 6)}, desk.office.today()
            )
            is None
        )


def test_an_unset_term_is_refused_by_name(desk: Desk) -> None:
    on = datetime.date(2026, 5, 20)
    with desk.office.read() as session:
        with pytest.raises(Refused) as refused:
            Shelf(session).term(SCHEME, "validity_months", on, on)
        assert "“深圳市训力券（2026年度）”没有规定“券的有效期（月）”" in refused.value.say()
        assert "券的有效期（月）（validity_months）" in refused.value.say_with_ids()
        with pytest.raises(Refused, match="no_pack"):
            Shelf(session).term(SCHEME, "validity_months", datetime.date(2020, 1, 1), on)


def test_the_policy_s_hash_is_over_the_stored_bytes(desk: Desk) -> None:
    desk.set("startup_ceiling", "50")
    with desk.office.read() as session:
        shelf = Shelf(session)
        chosen = shelf.policy(SCHEME, {"applied_at": datetime.datetime(2026, 5, 6)}, desk.office.today())
        assert chosen is not None and len(chosen.supplement_rows) == 1
        import hashlib

        from casework.rulebook.in_force import stored_bytes

        pack, given = stored_bytes(session, chosen.pack_row, chosen.supplement_rows)
    assert hashlib.sha256(pack + b"".join(given)).hexdigest() == chosen.policy.sha256
    assert SCHEME in shelf.schemes()


def test_a_supplement_ends_those_before_it_only_where_they_meet() -> None:
    may, june, july = (datetime.date(2026, month, 1) for month in (5, 6, 7))
    given = [
        ("a@1", "days", may, None),  # ended by the third, from June
        ("b@1", "days", may, None),  # of another pack
        ("a@1", "days", june, july),
        ("a@1", "terms", may, june),  # the next begins on its last day, which is no longer in it
        ("a@1", "terms", june, None),
        ("a@1", "base", july, None),  # ended before it ever held
        ("a@1", "base", may, None),
    ]
    assert replaced_from(given) == [june, None, None, None, None, july, None]
