"""The register of providers."""

import datetime

import pytest

from casework.cases import providers
from casework.core.refused import Refused
from models import Admission, Provider
from tests.casework.desk import PROVIDER, SERVICE, Desk

DAY = datetime.date(2025, 3, 29)


def test_an_admission_is_entered_and_corrected_under_its_batch_and_service(desk: Desk) -> None:
    providers.admit_provider(desk.office, "officer", PROVIDER, "第二批", SERVICE, "名单", DAY)
    providers.admit_provider(
        desk.office, "officer", PROVIDER, "第二批", SERVICE, "更正", DAY, DAY.replace(year=2026)
    )
    assert len(desk.rows(Provider)) == 1
    rows = [(row.batch, row.until_on, row.source) for row in desk.rows(Admission)]
    assert rows == [("第一批", None, "名单"), ("第二批", DAY.replace(year=2026), "更正")]


def test_it_needs_its_source_and_an_end_after_its_start(desk: Desk) -> None:
    for source in ("", "无"):
        with pytest.raises(Refused, match="source_missing"):
            providers.admit_provider(desk.office, "officer", "新", "一", SERVICE, source)
    with pytest.raises(Refused, match="provider_missing"):
        providers.admit_provider(desk.office, "officer", "无", "一", SERVICE, "名单")
    with pytest.raises(Refused, match="interval"):
        providers.admit_provider(desk.office, "officer", "新", "一", SERVICE, "名单", DAY, DAY)
    assert len(desk.rows(Provider)) == 1
