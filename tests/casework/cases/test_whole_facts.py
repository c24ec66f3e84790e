"""What no application can be without, asked in one place."""

import pytest

from casework.cases.field_table import NEEDED
from casework.cases.whole_facts import emptied, must_be_whole, must_stay_whole, needed_at_counter
from casework.core.refused import Refused
from casework.rulebook.shipped_packs import shipped

SAID = dict.fromkeys(NEEDED, "x")


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("nothing", [None, ""])
def test_an_application_says_all_that_none_can_be_without(name: str, nothing: str | None) -> None:
    must_be_whole(SAID, (), "unknown")
    with pytest.raises(Refused, match="field_missing") as refused:
        must_be_whole({**SAID, name: nothing}, (), "unknown")
    assert refused.value.params["field"] == name


def test_only_what_was_said_can_be_emptied() -> None:
    assert emptied({"a": 1, "b": None}, {"a": None, "b": "", "c": 3}, ("a", "b", "c")) == ["a"]


def test_where_the_office_has_no_pack_of_the_scheme_the_usual_fields_stay() -> None:
    said = {"contract_amount": 1_00, "district": "南山区"}
    must_stay_whole(said, {"district": None, "contract_amount": 2_00}, (), "unknown")
    with pytest.raises(Refused, match="field_missing"):
        must_stay_whole(said, {"contract_amount": None}, (), "unknown")


WITHOUT_CONTRACT = (
    "shenzhen-application-demonstration", "shenzhen-corpus-opening", "shenzhen-loan-interest",
    "shenzhen-national-projects", "shenzhen-startup-compute",
)  # fmt: skip


def test_an_amount_of_a_contract_is_needed_where_a_rule_looks_at_one() -> None:
    packs = shipped()
    for scheme in {pack.id for pack in packs}:
        asked = "contract_amount" in needed_at_counter(packs, scheme)
        assert asked == (scheme not in WITHOUT_CONTRACT), scheme
        assert {"applicant", "applicant_name"} <= set(needed_at_counter(packs, scheme))
