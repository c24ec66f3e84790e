"""An officer's no does not go without a word, and counts again where all that it is about is as it was."""

import datetime
from pathlib import Path

import pytest

from casework.audit.replay import replay
from casework.audit.verify import checks
from casework.award import deciding
from casework.boards.case_view import view
from casework.cases import providers, verified_values
from casework.cases.verified_values import LAPSED, STANDS, Word, hear, of_text, text_of
from casework.core.refused import Refused
from casework.review import checking
from models import Finding
from tests.casework.cases.test_verified_values import CASE, asked, verify
from tests.casework.desk import SERVICE, Desk
from tests.casework.portal_rows import bring_in

NEXT_DAY = datetime.date(2026, 4, 2)


def codes(desk: Desk, case: str) -> list[str]:
    number = desk.application(case).id
    found = [one for one in desk.rows(Finding) if one.application_id == number and one.state == "open"]
    return [one.code for one in found if one.version == desk.application(case).version]


def lapse(desk: Desk, folder: Path, door: str) -> None:
    """The signing day is one day later now."""
    if door == "import":
        bring_in(desk, folder, {"合同签订日期": NEXT_DAY.isoformat()})
        checking.check(desk.office, "officer", CASE)
    else:
        verify(desk, CASE, signed_on=NEXT_DAY)


@pytest.mark.parametrize("door", ["import", "verification"])
def test_a_no_that_lapsed_against_the_register_is_answered(desk: Desk, tmp_path: Path, door: str) -> None:
    """The office awarded 4,000,000 where an officer had verified that the provider was not admitted."""
    bring_in(desk, tmp_path, {})
    verify(desk, CASE, provider_admitted=False)
    lapse(desk, tmp_path, door)
    assert asked(desk, CASE) == ["provider_admitted"]
    with pytest.raises(Refused, match="open_things"):
        deciding.decide(desk.office, "officer", CASE)
    verify(desk, CASE, provider_admitted=False)
    assert asked(desk, CASE) == []
    assert desk.decide(CASE, "批次名单有误，已函询").reasons == "provider_admitted"


def test_a_yes_that_the_register_bears_out_is_not_asked_about(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, {})
    verify(desk, CASE, provider_admitted=True)
    lapse(desk, tmp_path, "verification")
    assert asked(desk, CASE) == []
    assert desk.decide(CASE).award_fen == 400_000_000


@pytest.mark.parametrize("door", ["import", "verification"])
def test_what_was_verified_counts_again_once_all_that_it_is_about_does(
    desk: Desk, tmp_path: Path, door: str
) -> None:
    first, until = datetime.date(2025, 3, 29), None
    providers.admit_provider(desk.office, "officer", "乙算力", "第一批", SERVICE, "名单", first, until)
    bring_in(desk, tmp_path, {"服务机构是否入库": "是"})
    verify(desk, CASE, provider_admitted=False)
    if door == "import":
        for provider in ("乙算力", "丙算力", "湾畔云计算"):
            bring_in(desk, tmp_path, {"服务机构是否入库": "是", "服务机构名称": provider})
    else:
        for service in ("存储租赁", SERVICE):
            verify(desk, CASE, service=service)
    assert asked(desk, CASE) == [] or door == "import"
    assert "verified_against_register" in codes(desk, CASE) and "verified_changed" not in codes(desk, CASE)
    shown = view(desk.office, "officer", CASE)
    assert shown is not None
    field = shown.field("provider_admitted")
    assert field is not None and field.verified is not None
    assert (field.now.value, field.verified.reason, field.verified.version) == (False, "核对原件", 2)
    assert [one.value for one in field.history] == [True, False, True, False]
    with pytest.raises(Refused, match="open_things"):
        deciding.decide(desk.office, "officer", CASE)
    assert desk.decide(CASE, "批次名单有误，已函询").reasons == "provider_admitted"
    assert replay(desk.office)["differ"] == []
    assert [check.name for check in checks(desk.office) if not check.ok] == []


def test_a_figure_is_not_asked_about_once_its_contract_is_back(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, {})
    verify(desk, CASE, contract_amount=600_000_000)
    bring_in(desk, tmp_path, {"合同编号": "HT-2026-777"})
    assert asked(desk, CASE) == ["contract_amount"]
    bring_in(desk, tmp_path, {"合同编号": "ht2026-001"})
    checking.check(desk.office, "officer", CASE)
    assert asked(desk, CASE) == []
    assert desk.decide(CASE).award_fen == 300_000_000


def test_what_the_applicant_said_meanwhile_is_asked_about_when_it_counts_again() -> None:
    values = {"provider": "甲", "service": "租赁", "signed_on": None, "provider_admitted": False}
    verified = {"provider_admitted": Word(None)}
    away = hear(values, verified, {"provider": "乙", "provider_admitted": True})
    word = away.verified["provider_admitted"]
    assert (word.said, word.other, word.was) == (True, LAPSED, False)
    assert away.values["provider_admitted"] is True
    assert verified_values.unanswered(away.verified) == []
    kept = of_text(text_of(away.verified))
    assert kept == away.verified
    back = hear(away.values, kept, {"provider": "甲 "})
    assert back.values["provider_admitted"] is False
    assert back.verified == {"provider_admitted": Word(True, since=True)}
    assert verified_values.unanswered(back.verified) == ["provider_admitted"]


def test_what_an_earlier_version_kept_reads_as_before() -> None:
    old = of_text(
        '{"contract_amount":{"other":"stands","said":5},"related_party":{"other":"lapsed","said":true}}'
    )
    assert old == {"contract_amount": Word(5, other=STANDS), "related_party": Word(True, other=LAPSED)}
    values = {"contract_amount": 6, "related_party": True, "provider": "甲", "contract_no": "1"}
    now = hear(values, old, {"provider": "乙"})
    assert now.verified == old and now.values == {**values, "provider": "乙"}
