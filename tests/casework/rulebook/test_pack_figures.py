"""The figures that a what-if changes are those of the pack, each by the name that changes it."""

import pytest

from casework.award.whatif import changed
from casework.rulebook.pack_figures import figures
from casework.rulebook.shipped_packs import shipped
from rules.pack import Pack

RATES = ("rate", "share")


def test_the_figures_of_the_training_voucher() -> None:
    pack = next(pack for pack in shipped() if pack.ref == "shenzhen-training-voucher@2026")
    found = {one.name: one for one in figures(pack)}
    assert found["general.rate"].value == "0.5" and found["general.rate"].key in RATES
    assert found["applicant_year.limit"].value == "10000000.00"
    assert found["budget.amount"].value == "500000000.00" and found["budget.amount"].key not in RATES


@pytest.mark.parametrize("pack", shipped(), ids=lambda pack: pack.ref)
def test_each_figure_of_each_pack_can_be_changed_by_its_name(pack: Pack) -> None:
    found = figures(pack)
    assert found
    for one in found:
        other = changed(pack, {one.name: "0.123" if one.key in RATES else "123456.00"})
        assert {each.name: each.value for each in figures(other)}[one.name] != one.value
