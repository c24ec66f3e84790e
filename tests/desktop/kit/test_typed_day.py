"""A day typed into a dialog's field: as people write it, or refused with the field's name."""

import datetime

import pytest

from casework.core.refused import Refused
from desktop.kit.language import t
from desktop.kit.typed_day import typed_day

TODAY = datetime.date(2026, 5, 20)


@pytest.mark.parametrize("text", ["2026-06-01", " 2026-06-01 ", "２０２６－０６－０１", "20260601"])
def test_a_day_in_any_dress(text: str) -> None:
    assert typed_day(text, "policies.day", TODAY) == datetime.date(2026, 6, 1)


@pytest.mark.parametrize("text", ["", "someday", "2026-02-30"])
def test_what_is_no_day_is_refused_by_its_field(text: str) -> None:
    with pytest.raises(Refused) as refused:
        typed_day(text, "policies.day", TODAY)
    assert refused.value.code == "refused.bad_field"
    assert refused.value.params == {"field": t("policies.day"), "value": text}
