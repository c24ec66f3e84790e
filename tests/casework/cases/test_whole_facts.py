"""What no application can be without, asked in one place."""

import pytest

from casework.cases.field_table import NEEDED
from casework.cases.whole_facts import emptied, must_be_whole, must_stay_whole
from casework.core.refused import Refused

SAID = dict.fromkeys(NEEDED, "x")


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("nothing", [None, ""])
def test_an_application_says_all_that_none_can_be_without(name: str, nothing: str | None) -> None:
    must_be_whole(SAID)
    with pytest.raises(Refused, match="field_missing") as refused:
        must_be_whole({**SAID, name: nothing})
    assert refused.value.params["field"] == name


def test_only_what_was_said_can_be_emptied() -> None:
    assert emptied({"a": 1, "b": None}, {"a": None, "b": "", "c": 3}, ("a", "b", "c")) == ["a"]


def test_where_the_office_has_no_pack_of_the_scheme_the_usual_fields_stay() -> None:
    said = {"contract_amount": 1_00, "district": "南山区"}
    must_stay_whole(said, {"district": None, "contract_amount": 2_00}, (), "unknown")
    with pytest.raises(Refused, match="field_missing"):
        must_stay_whole(said, {"contract_amount": None}, (), "unknown")
