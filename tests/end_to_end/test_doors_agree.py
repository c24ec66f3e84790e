"""The same applications through every door, pack by pack: a file that `calculate` reads, a portal's file that
is imported and decided as a round, what the office foresaw of it, and what-if. To the fen, and by what rule.

An office holds back what a blocked case may be owed and `calculate` does not; here both do.
"""

import csv
import datetime
import random
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from casework.award import deciding, round_preview
from casework.award import whatif as past_cases
from casework.core.office import Office
from casework.core.refused import Refused
from casework.intake import portal_import
from casework.intake.portal_import import Options
from casework.money import allotments
from casework.rulebook import shipped_packs
from casework.without_office.calculation import calculate
from casework.without_office.tallies import Tallies
from models import Application, Decision
from rules.decide import Decision as Outcome
from rules.facts import STANDARD, Fact
from rules.money import grouped, yuan
from rules.pack import Pack
from rules.policy import Policy
from tests.casework.desk import CODE, OTHER_CODE, YOUNG_CODE, Clock, Desk

DAY = datetime.date
AMOUNTS = (99, 1_666_666, 49_999_999, 50_000_000, 333_333_333, 800_000_001, 1_999_999_999)
SHARED = (
    "case", "applied_at", "applicant", "applicant_kind", "founded_on", "contract_no", "signed_on",
    "contract_amount", "starts_on", "ends_on", "leased_in_year", "related_party", "provider_admitted",
    "other_support", "awarded_before",
)  # fmt: skip
ALWAYS = frozenset(SHARED[:8])
HEADINGS = {
    "case": "申报编号",
    "applied_at": "申报时间",
    "applicant": "统一社会信用代码",
    "applicant_kind": "单位类型",
    "founded_on": "成立日期",
    "contract_no": "合同编号",
    "signed_on": "合同签订日期",
    "contract_amount": "合同金额",
    "leased_in_year": "本年度非关联租用金额",
    "related_party": "是否与服务机构存在关联关系",
    "provider_admitted": "服务机构是否入库",
    "other_support": "同一合同已获其他财政资金",
    "awarded_before": "本年度此前已核定额度",
}
CASES = 18


class Rows:
    """Applications by chance, as a person would type them: one amount is said in several ways."""

    def __init__(self, pack: Pack) -> None:
        self.chance = random.Random(pack.ref)
        self.pack = pack
        self.names = ALWAYS | (set(SHARED) & set(Policy(pack).program.names))

    def all(self) -> list[dict[str, str]]:
        """In the order of their days."""
        days = sorted(self._day() for _ in range(CASES))
        return [self._row(at, day) for at, day in enumerate(days)]

    def _day(self) -> DAY:
        if "window_from" in Policy(self.pack).program.names:
            return DAY(2026, 5, 5) + datetime.timedelta(days=self.chance.randrange(33))
        first = max(self.pack.in_force_from, DAY(2024, 1, 1))
        last = min(self.pack.in_force_until or DAY(2026, 5, 20), DAY(2026, 5, 20))
        return first + datetime.timedelta(days=self.chance.randrange(max(1, (last - first).days)))

    def _row(self, at: int, day: DAY) -> dict[str, str]:
        choice, days = self.chance.choice, datetime.timedelta
        said = {
            "case": f"C{at:03}",
            "applied_at": f"{day} 09:{at:02}:00",
            "applicant": choice((CODE, OTHER_CODE, YOUNG_CODE)),
            "applicant_kind": choice(("企业",) * 8 + ("高等院校",)),
            "founded_on": choice(("", "2024-02-29", f"{day - days(choice((10, 364, 366, 2000)))}")),
            "contract_no": choice((f"HT-{at}", f"HT-{at}", "HT-1", "ｈｔ １")),
            "signed_on": choice(("", f"{day - days(choice((1, 30, 400)))}")),
            "starts_on": f"{day}",
            "ends_on": f"{day + days(choice((300, 364, 400)))}",
            "contract_amount": self._amount(),
            "leased_in_year": choice(("", "", self._amount())),
            "related_party": choice(("否",) * 8 + ("是", "")),
            "provider_admitted": choice(("是",) * 8 + ("否", "")),
            "other_support": choice(("", "", "0", "30.000001万元")),
            "awarded_before": choice(("", "", "0.99", "500,000.00")),
        }
        own = {name: self._own(fact, day) for name, fact in self.pack.facts.items()}
        return {name: text for name, text in said.items() if name in self.names} | own

    def _own(self, fact: Fact, day: DAY) -> str:
        match fact.type:
            case "yes_no":
                return self.chance.choice(("是", "是", "否", "否", ""))
            case "money":
                return self.chance.choice(("", self._amount()))
            case "integer":
                return self.chance.choice(("1", "3", "4", ""))
            case "choice":
                return self.chance.choice((*fact.choices, ""))
        return ""

    def _amount(self) -> str:
        fen = self.chance.choice(AMOUNTS)
        plain, wan = yuan(fen), f"{fen // 10**6}.{fen % 10**6:06}万元"
        return self.chance.choice((plain, f"￥{plain}", f"{grouped(fen)}元", wan))


def write(
    path: Path, rows: list[dict[str, str]], headings: Mapping[str, str], more: Mapping[str, str]
) -> Path:
    """A file of these rows, with the same further cells in each."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow([*(headings.get(name, name) for name in rows[0]), *more])
        lines.writerows([*row.values(), *more.values()] for row in rows)
    return path


def hold(
    tallies: Tallies, decision: Outcome, keys: tuple[str, ...], budget: str | None, _holds: bool = False
) -> None:
    """Count in a file as an office does: what a case is awarded or may be owed."""
    fen = decision.holds_fen
    for counter, names in ((tallies.used, keys), (tallies.spent, (budget or "",))):
        counter.update({name: counter.get(name, 0) + fen for name in names})


def calculated(tmp_path: Path, pack: Pack, rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """What `calculate` says of each case."""
    source, target = write(tmp_path / "cases.csv", rows, {}, {}), tmp_path / "out.csv"
    calculate(source, target, [pack], pack.id)
    with target.open(encoding="utf-8-sig", newline="") as file:
        return {row["case"]: row for row in csv.DictReader(file)}


def fill(office: Office, pack: Pack) -> None:
    """Finance fills every budget that the pack has with what it states, or with more than all ask for."""
    key = pack.budget.key if pack.budget is not None else pack.id
    fen = Policy(pack).budget_amount_fen or 10**13
    for year in range(2024, 2027):
        try:
            allotments.appropriate(office, "finance", f"{key}/{year}", f"财指〔{year}〕9号", fen)
        except Refused as refused:  # no year of this pack, or filled already
            assert refused.code in ("refused.no_such_budget", "refused.reason_missing"), refused.code


def decided(desk: Desk) -> dict[str, Decision]:
    numbers = {row.id: row.case_no for row in desk.rows(Application)}
    return {numbers[row.application_id]: row for row in desk.rows(Decision)}


def told(decision: Decision) -> tuple[Any, ...]:
    award = "" if decision.award_fen is None else yuan(decision.award_fen)
    return decision.status, award, decision.tier, decision.binding, decision.reasons


@pytest.mark.parametrize("pack", shipped_packs.shipped(), ids=lambda pack: pack.ref)
def test_every_door_comes_to_the_same_award(
    prepared_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Pack
) -> None:
    monkeypatch.setattr(Tallies, "count", hold)
    path = tmp_path / "doors.office"
    shutil.copy(prepared_office, path)
    clock = Clock()
    with Office.open(path, clock=clock).closing() as office:
        doors_agree(Desk(office, clock), tmp_path, pack)


def doors_agree(desk: Desk, tmp_path: Path, pack: Pack) -> None:
    """The doors one after the other; each comes to what the first has said."""
    rows = Rows(pack).all()
    said = calculated(tmp_path, pack, rows)
    titles = {name: fact.title for name, fact in {**STANDARD, **pack.facts}.items()} | HEADINGS
    file = write(tmp_path / "portal.csv", rows, titles, {"单位名称": "示例单位", "服务机构名称": "无名云"})
    done = portal_import.import_file(desk.office, "officer", file, Options(scheme=pack.id))
    assert (done.accepted, done.rejected) == (CASES, ())
    fill(desk.office, pack)
    foreseen = round_preview.decide_round(desk.office, "officer")
    deciding.decide_round(desk.office, "officer", reason="已核对")
    found = decided(desk)
    assert {case: told(one) for case, one in found.items()} == {
        case: tuple(row[name] for name in ("status", "award", "tier", "binding", "reasons"))
        for case, row in said.items()
    }
    assert {one.case: (one.status, one.award_fen, one.holds_fen) for one in foreseen.cases} == {
        case: (one.status, one.award_fen, one.holds_fen) for case, one in found.items()
    }
    again = past_cases.whatif(desk.office, "officer", pack)
    assert {line.case: (line.now_status, line.now_fen) for line in again.lines} == {
        case: (one.status, one.award_fen or 0) for case, one in found.items()
    }
