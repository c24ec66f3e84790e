"""What was verified counts field by field, at every door and in offices of old."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from casework.audit.replay import replay
from casework.audit.verify import checks
from casework.award import deciding
from casework.boards.case_view import view
from casework.cases import providers, verified_values
from casework.cases.case_facts import Register, current, facts_of
from casework.cases.verified_values import (
    Merged,
    Word,
    each_verified,
    hear,
    of_text,
    text_of,
    unanswered,
    verified_of,
)
from casework.core.refused import Refused
from casework.review import checking, corrections
from models import ApplicationVersion, Finding
from tests.casework.desk import MODEL, SERVICE, Desk, allot
from tests.casework.portal_rows import ROW, bring_in

CASE = ROW["申报编号"]

LAPSED = "潮汐智算"


def lapsed(desk: Desk, scheme: str = "", **facts: Any) -> str:
    """A contract of 1 April with a provider that was admitted until 1 January; the applicant says it is."""
    first, until = datetime.date(2025, 3, 29), datetime.date(2026, 1, 1)
    providers.admit_provider(desk.office, "officer", LAPSED, "第一批", SERVICE, "名单", first, until)
    return desk.submit(scheme, provider=LAPSED, provider_admitted=True, **facts)


def admitted(desk: Desk) -> object:
    with desk.office.read() as session:
        return facts_of(session.execute(current()).one(), Register(session))["provider_admitted"]


def test_a_review_of_one_field_does_not_set_the_applicants_word_above_the_register(desk: Desk) -> None:
    case = lapsed(desk)
    assert admitted(desk) is False
    checking.verify_facts(desk.office, "officer", case, {"district": "南山区"}, "核对营业执照")
    assert admitted(desk) is False
    decision = desk.decide(case)
    assert (decision.status, decision.reasons) == ("refused", "provider_admitted")


def test_an_officer_may_verify_what_the_applicant_says(desk: Desk) -> None:
    """The same value, and yet another thing: now it is the officer's."""
    case = lapsed(desk)
    checking.verify_facts(desk.office, "officer", case, {"provider_admitted": True}, "延期批文")
    assert admitted(desk) is True
    with pytest.raises(Refused, match="open_things"):  # it goes before the register: who decides says why
        deciding.decide(desk.office, "officer", case)
    assert desk.decide(case, reason="延期批文已核").award_fen == 400_000_000
    shown = view(desk.office, "officer", case)
    assert shown is not None
    field = shown.field("provider_admitted")
    assert field is not None and field.verified is not None and field.verified.reason == "延期批文"


def test_what_is_verified_already_is_not_verified_again(desk: Desk) -> None:
    case = lapsed(desk)
    checking.verify_facts(desk.office, "officer", case, {"provider_admitted": True}, "延期批文")
    with pytest.raises(Refused, match="nothing_changed"):
        checking.verify_facts(desk.office, "officer", case, {"provider_admitted": True}, "延期批文")


def test_it_is_kept_as_text_and_comes_back_with_its_types() -> None:
    verified = {
        "contract_amount": Word(800_000_000, since=True),
        "signed_on": Word(datetime.date(2026, 4, 1)),
        "applied_at": Word(datetime.datetime(2026, 5, 20, 9, 30)),
        "related_party": Word(None),
        "provider_admitted": Word(False),
    }
    assert of_text(text_of(verified)) == verified
    assert of_text(text_of({})) == {}


def test_a_later_word_is_kept_beside_until_it_agrees() -> None:
    values, verified = {"a": 6, "b": 1}, {"a": Word(8)}
    first = hear(values, verified, {"a": 7, "b": 2})
    assert first == Merged({"a": 6, "b": 2}, {"a": Word(7, since=True)})
    assert hear(first.values, first.verified, {"a": 7}).verified == {"a": Word(7, since=True)}
    assert hear(first.values, first.verified, {"a": 6}).verified == {"a": Word(6)}
    assert unanswered(first.verified) == ["a"]
    assert verified_values.verify(first.values, first.verified, {"a": 7}).verified == {"a": Word(7)}


# -- what was verified about another thing -----------------------------------------------------------------

OTHER, LATER = "乙算力", "丙算力"


def register(desk: Desk) -> None:
    """One provider that was admitted until 1 January, and one that is; of a third it knows nothing."""
    first, until = datetime.date(2025, 3, 29), datetime.date(2026, 1, 1)
    providers.admit_provider(desk.office, "officer", LAPSED, "第一批", SERVICE, "名单", first, until)
    providers.admit_provider(desk.office, "officer", LATER, "第一批", SERVICE, "名单", first, None)


def verify(desk: Desk, case: str, **facts: Any) -> list[str]:
    told = checking.verify_facts(desk.office, "officer", case, facts, "核对原件").facts
    return list(told["fields"])


def asked(desk: Desk, case: str) -> list[str | None]:
    """The verified fields that are to be verified again, as findings that are open tell."""
    number = desk.application(case).id
    return [
        one.with_text
        for one in desk.rows(Finding)
        if (one.application_id, one.code, one.state) == (number, "verified_of_other", "open")
    ]


@pytest.mark.parametrize("door", ["import", "correction", "verification"])
def test_an_admission_verified_of_one_provider_says_nothing_of_another(
    desk: Desk, tmp_path: Path, door: str
) -> None:
    register(desk)
    desk.set_terms()
    said = {"服务机构是否入库": "是"}
    bring_in(desk, tmp_path, said | {"服务机构名称": OTHER})
    verify(desk, CASE, provider_admitted=True)
    verify(desk, CASE, related_party=False)
    if door == "import":
        bring_in(desk, tmp_path, said | {"服务机构名称": LAPSED})
    elif door == "correction":
        desk.corrected(CASE, "provider")
        corrections.answer_correction(desk.office, "officer", CASE, {"provider": LAPSED})
    else:
        assert verify(desk, CASE, provider=LAPSED) == ["provider", "provider_admitted", "related_party"]
    assert admitted(desk) is False
    assert asked(desk, CASE) == ["provider_admitted", "related_party"]  # the register says otherwise
    checking.check(desk.office, "officer", CASE)
    assert asked(desk, CASE) == ["provider_admitted", "related_party"]
    with pytest.raises(Refused, match="open_things"):
        deciding.decide(desk.office, "officer", CASE)
    verify(desk, CASE, related_party=False)
    assert asked(desk, CASE) == ["provider_admitted"]
    decision = desk.decide(CASE, "已核对入库名单")
    assert (decision.status, decision.award_fen, decision.reasons) == ("refused", None, "provider_admitted")


def test_a_verified_no_does_not_stick_to_the_next_provider(desk: Desk, tmp_path: Path) -> None:
    register(desk)
    bring_in(desk, tmp_path, {"服务机构名称": LAPSED})
    verify(desk, CASE, provider_admitted=False)
    bring_in(desk, tmp_path, {"服务机构名称": LATER})
    assert asked(desk, CASE) == ["provider_admitted"], "the register says otherwise than the officer did"
    with pytest.raises(Refused, match="open_things"):
        deciding.decide(desk.office, "officer", CASE)
    decision = desk.decide(CASE, "新服务机构已入库，已核对名单")
    assert (decision.status, decision.award_fen) == ("awarded", 400_000_000)
    assert replay(desk.office)["differ"] == []


def test_a_relation_verified_of_one_provider_is_to_be_verified_of_the_next(
    desk: Desk, tmp_path: Path
) -> None:
    bring_in(desk, tmp_path, {})
    verify(desk, CASE, related_party=True)
    bring_in(desk, tmp_path, {"服务机构名称": OTHER, "服务机构是否入库": "是"})
    shown = view(desk.office, "officer", CASE)
    assert shown is not None
    field = shown.field("related_party")
    assert field is not None and (field.now.value, field.verified) == (False, None)
    assert [said.value for said in field.history] == [False, True, False]
    assert asked(desk, CASE) == ["related_party"]
    verify(desk, CASE, related_party=True)
    assert desk.decide(CASE).reasons == "related_party"


def test_another_service_or_signing_day_is_another_admission(desk: Desk) -> None:
    register(desk)
    early = desk.submit(provider=LAPSED, signed_on=datetime.date(2025, 12, 31))
    verify(desk, early, provider_admitted=True)
    verify(desk, early, signed_on=datetime.date(2026, 4, 1))
    assert desk.decide(early, "签订日已更正").reasons == "provider_admitted"
    other = desk.submit(provider=OTHER, contract_no="B-1", service=SERVICE, contract_amount=100_000_000)
    verify(desk, other, provider_admitted=True)
    verify(desk, other, service="存储租赁")
    assert asked(desk, other) == ["provider_admitted"]  # nobody has said anything of this service


def test_the_same_provider_written_another_way_is_the_same(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, {"服务机构名称": "云海（深圳）算力"})
    verify(desk, CASE, provider_admitted=True, related_party=False, contract_amount=600_000_000)
    bring_in(desk, tmp_path, {"服务机构名称": "云海(深圳) 算力", "合同编号": "合同HT-2026-001"})
    assert asked(desk, CASE) == []
    assert desk.decide(CASE).award_fen == 300_000_000


def test_what_is_verified_together_is_about_each_other(desk: Desk) -> None:
    register(desk)
    case = desk.submit(provider=OTHER)
    verify(desk, case, provider_admitted=True)
    verify(desk, case, provider="丁算力", provider_admitted=True, related_party=False)
    assert asked(desk, case) == []
    assert desk.decide(case).award_fen == 400_000_000


def test_a_figure_of_another_contract_stands_and_must_be_looked_at(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, {})
    verify(desk, CASE, contract_amount=600_000_000)
    bring_in(desk, tmp_path, {"合同编号": "HT-2026-777"})
    assert asked(desk, CASE) == ["contract_amount"]
    with pytest.raises(Refused, match="open_things"):
        deciding.decide(desk.office, "officer", CASE)
    assert desk.decide(CASE, "新合同原件已核，金额相同").award_fen == 300_000_000


def test_an_officer_who_mends_a_contract_number_has_its_figures_at_hand(desk: Desk) -> None:
    case = desk.submit()
    verify(desk, case, contract_amount=600_000_000, net_amount=566_037_736)
    verify(desk, case, contract_no="HT-2026-010")
    assert asked(desk, case) == []


def test_a_net_amount_was_verified_of_its_gross(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, {})
    verify(desk, CASE, net_amount=700_000_000)
    bring_in(desk, tmp_path, {"合同金额（元）": "9000000"})
    assert asked(desk, CASE) == ["net_amount"]


def test_a_pack_s_own_answer_is_asked_again_of_another_provider(desk: Desk) -> None:
    allot(desk.office, f"{MODEL}/2026", 10_000_000_000)
    case = desk.submit(MODEL, model_filed=True)
    verify(desk, case, model_filed=True)
    verify(desk, case, provider=OTHER)
    assert asked(desk, case) == ["model_filed"]
    with pytest.raises(Refused, match="open_things"):
        deciding.decide(desk.office, "officer", case)
    verify(desk, case, model_filed=True)
    assert asked(desk, case) == []
    assert desk.decide(case).award_fen == 100_000_000


def test_what_was_verified_against_the_register_is_told_and_answered(desk: Desk) -> None:
    register(desk)
    case = desk.submit(provider=LAPSED)
    verify(desk, case, provider_admitted=True)
    found = {one.code for one in desk.rows(Finding) if one.state == "open"}
    assert "verified_against_register" in found and "provider_not_admitted" not in found
    no = desk.submit(provider=LATER, contract_no="C-1")
    verify(desk, no, provider_admitted=False)
    with pytest.raises(Refused, match="open_things"):
        deciding.decide(desk.office, "officer", no)
    assert desk.decide(no, "批次名单有误，已函询").reasons == "provider_admitted"


# -- offices of old, whose versions do not say what was verified -------------------------------------------


def as_of_old(desk: Desk) -> None:
    """Take out of the versions what an earlier version of the program did not write."""
    with desk.office.write() as session:
        connection = session.connection()
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'application_version'"
        ).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        session.execute(update(ApplicationVersion).values(verified=None))
        for _, ddl in triggers:
            connection.exec_driver_sql(ddl)


def test_in_an_office_of_old_what_a_review_changed_was_verified(desk: Desk) -> None:
    case = lapsed(desk, scheme=MODEL, district="福田区", model_filed=True)
    checking.verify_facts(desk.office, "officer", case, {"district": "南山区", "model_filed": False}, "执照")
    as_of_old(desk)
    assert admitted(desk) is False  # it was not in what the review changed
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 600_000_000}, "按发票核减")
    with desk.office.read() as session:
        rows = list(session.execute(select(ApplicationVersion)).scalars())
        assert verified_of(session, rows[-1]) == {
            "district": Word("福田区"),
            "model_filed": Word(True),
            "contract_amount": Word(800_000_000),
        }
        assert [sorted(each) for each in each_verified(rows)] == [
            [],
            ["district", "model_filed"],
            ["contract_amount", "district", "model_filed"],
        ]


def test_in_an_office_of_old_a_verified_admission_still_goes_before_the_register(desk: Desk) -> None:
    case = desk.submit()
    checking.verify_facts(desk.office, "officer", case, {"provider_admitted": False}, "核对批次后认定")
    as_of_old(desk)
    assert admitted(desk) is False
    assert replay(desk.office)["differ"] == []


def test_a_new_version_is_imaged_in_the_log_with_what_was_verified(desk: Desk) -> None:
    case = desk.submit()
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 600_000_000}, "按发票核减")
    assert [check.name for check in checks(desk.office) if not check.ok] == []
    as_of_old(desk)
    assert [check.name for check in checks(desk.office) if not check.ok] == ["rows"]
    assert [one.code for one in desk.rows(Finding)] == []
