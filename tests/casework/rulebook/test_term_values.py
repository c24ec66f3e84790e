"""What only certain words mean."""

import pytest

import words
from casework.core.refused import Refused
from casework.rulebook.names_on_paper import TAX
from casework.rulebook.term_values import TERM_VALUES, values_of
from tests.casework.desk import Desk


def test_every_value_has_its_word_and_its_meaning() -> None:
    assert values_of("tax_basis", "zh") == (("with", "含税"), ("without", "不含税"))
    assert values_of("materials", "zh") == ()
    assert set(TERM_VALUES["tax_basis"]) == set(TAX)
    for lang in words.LANGUAGES:
        assert all(values_of(name, lang) for name in TERM_VALUES)


def test_a_value_that_means_nothing_is_refused_where_it_is_proposed(desk: Desk) -> None:
    with pytest.raises(Refused, match="no_such_value") as caught:
        desk.set("tax_basis", "gross")
    assert caught.value.params["readings"] == ("with", "without")
    desk.set("tax_basis", "without")


def test_what_a_number_may_be_is_told(desk: Desk) -> None:
    for said in ("soon", "0"):
        with pytest.raises(Refused) as caught:
            desk.set("publicity_days", said)
        assert caught.value.say("zh").endswith("可选口径：不小于1的整数。")
        assert caught.value.say("en").endswith("its readings are a whole number, 1 or more.")
    desk.set("redemption_days", "0")
