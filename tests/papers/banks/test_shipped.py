import pytest

from papers.banks import bank_toml, shipped
from papers.banks.bank_fault import BankFault


@pytest.mark.parametrize("name", shipped.names())
def test_every_file_that_ships_is_whole(name: str) -> None:
    bank = bank_toml.load(shipped.path_of(name))
    assert bank.name and bank.fill is not None


def test_the_treasury_needs_nobodys_file() -> None:
    assert shipped.treasury().xml
    assert shipped.treasury().columns["ref"] == "VoucherDetailNo"


def test_a_name_that_there_is_not() -> None:
    with pytest.raises(BankFault, match=r"bank.no_such"):
        shipped.path_of("../../secret")
