"""Makes the offices that are kept for ever: `python -m tests.offices.make`, once for each schema.

An office made by the program of a day is never made again: every later program must open it. So this runs
once, after a step of the schema, and puts what it makes into a folder named after the step. It tells two
stories, by the acts' names and what they take: the demonstration, and a round in which a case comes to stand
in every state that there is. The second is told on PostgreSQL too. Everybody's password is `demo`.
"""

import argparse
import datetime
import json
import lzma
import tempfile
from pathlib import Path
from typing import Any

from casework.award import deciding
from casework.core import files_out
from casework.core.act import By
from casework.core.act_table import function
from casework.core.change import Change
from casework.core.office import SHANGHAI, Office
from casework.founding import demonstration, made_up_applications, made_up_office
from casework.founding.made_up_office import APPROVER, APPROVER2, BUDGET, FINANCE, OFFICER, OFFICER2, PACK
from casework.intake import portal_import
from casework.people import accounts
from casework.rulebook import official_sources, packs
from models import migrate
from tests.models.server import running
from tests.offices.kept import dump

HERE = Path(__file__).resolve().parent
SYSTEM, RIGHTS = "system", "rights"
ROWS, SEED = 40, 3
SHOWN, SHOWN_SEED = 18, 7
"""Cases of the demonstration: each letter is 80 kB that no compression makes smaller."""

RANKED = "wanpan-ranked-voucher"
SHIPPED_ELSEWHERE = "tianmen-compute-voucher@2024"
SOURCE = "局长办公会纪要"
MINUTES = "湾科创纪要〔2026〕7号"
PAPER = b"%PDF-1.4\n% a contract, as short as can be\n%%EOF\n"


class Story:
    """A round told by acts. `do` is one act; a case is named by its row in the portal's workbook."""

    def __init__(self, office: Office, clock: made_up_office.Clock) -> None:
        self.office, self.clock = office, clock

    def do(self, by: str | By, act: str, /, **given: Any) -> Change:
        """One act of a person, by its name."""
        return function(act)(self.office, by, **given)

    def each(self, by: str, act: str, rows: tuple[int, ...], **given: Any) -> None:
        """The same act on several cases."""
        if act == "decide":
            given.setdefault("reason", "已核对未了事项")
        for row in rows:
            self.do(by, act, case=case(row), **given)

    def tell(self) -> None:
        """The whole of it; every step rests on those before."""
        self.people()
        self.do(SYSTEM, "set_office", settings=made_up_office.MADE_UP_SETTINGS, reason="机构设置")
        self.money_and_providers()
        self.pack()
        self.supplements()
        self.portal()
        self.checking()
        self.corrections()
        self.decisions()
        self.ranked_round()
        self.publicity()
        self.approval()
        self.second_list()
        self.letters_out()

    # -- before the round ------------------------------------------------------------------------------

    def people(self) -> None:
        """The house, one who came and was locked out, one who has another role no more."""
        accounts.found(self.office, accounts.DEMO_PEOPLE, "demo")
        packs.put_in_force(self.office)
        for name, full_name, role in (("locked", "孙离岗", "officer"), ("moved", "钱转岗", "officer")):
            self.do(SYSTEM, "add_person", name=name, full_name=full_name, side="casework")
            self.do(SYSTEM, "reset_password", name=name, new_password="lantern on the pier")
            self.do(RIGHTS, "give_role", name=name, role=role)
        self.do(RIGHTS, "lock_person", name="locked")
        self.do(RIGHTS, "give_role", name="moved", role="finance")
        self.do(RIGHTS, "end_role", name="moved", role="officer")

    def money_and_providers(self) -> None:
        """The register, and a budget that is given money and cut."""
        for provider in made_up_applications.providers():
            for each in provider["admission"]:
                self.do(
                    OFFICER, "admit_provider", name=provider["name"], batch=each["batch"],
                    service=each["service"], source="名单（虚构）", from_on=each.get("from"),
                    until_on=each.get("until"),
                )  # fmt: skip
        allotted = (("湾财〔2026〕1号", 50_000_000_000, "年初"), ("湾财〔2026〕9号", -1_000_000_000, "调减"))
        for number, fen, why in allotted:
            self.do(FINANCE, "appropriate", budget=BUDGET, allotment_no=number, amount_fen=fen, reason=why)

    def pack(self) -> None:
        """One pack adopted by two people with its examples, one turned down, one withdrawn."""
        text = (HERE / "ranked-voucher.toml").read_text(encoding="utf-8")
        examples = (HERE / "ranked-voucher.examples.csv").read_text(encoding="utf-8")
        proposed = self.do(OFFICER, "propose_pack", text=text, examples=examples)
        self.do(APPROVER, "confirm_pack", pack=proposed.facts["pack"])
        money: dict[str, Any] = {"budget": f"{RANKED}/2026", "reason": "年度指标"}
        self.do(FINANCE, "appropriate", allotment_no="湾财〔2026〕11号", amount_fen=100_000_000, **money)
        asked = self.do(
            FINANCE, "appropriate", allotment_no="湾财〔2026〕12号", amount_fen=1_000_000, **money
        )
        self.do("finance2", "reject_appropriation", proposal=asked.facts["proposal"], reason="没有文件")
        later = text.replace("2027-01-01", "2028-01-01").replace("2026-01-01", "2027-01-01")
        days = examples.replace("2027", "2028").replace("2026", "2027").replace("2025", "2026")
        again = self.do(OFFICER2, "propose_pack", text=later.replace('"2026"', '"2027"'), examples=days)
        self.do(APPROVER2, "reject_pack", pack=again.facts["pack"], reason="待新办法印发")
        on = datetime.date(2026, 5, 1)
        self.do(APPROVER, "withdraw_pack", pack=SHIPPED_ELSEWHERE, on=on, reason="本市不办理")

    def supplements(self) -> None:
        """The terms in force; of the others one waits, one was turned down, one revoked."""
        for parameter, value in made_up_office.MADE_UP_TERMS.items():
            self._supplement(parameter, value, "confirm_supplement")
        revoked = self._supplement("startup_ceiling", "60", "confirm_supplement")
        self.do(APPROVER, "revoke_supplement", supplement=revoked, reason="尚有争议，先行撤销")
        self._supplement("startup_ceiling", "50", "reject_supplement", reason="尚有争议")
        self._supplement("startup_reference_date", "applied_at")
        for pack in (PACK, f"{RANKED}@2026"):
            for rule in official_sources.unofficial(self.office, pack):
                self._cite(pack, rule)

    def _cite(self, pack: str, rule: str) -> None:
        title, number = made_up_office.MADE_UP_GUIDE
        said = self.do(
            OFFICER, "propose_source", pack=pack, rule=rule, title=title, article="第三条",
            on=datetime.date(2026, 4, 20), number=number,
        )  # fmt: skip
        self.do(APPROVER, "confirm_supplement", supplement=said.facts["supplement"])

    def _supplement(self, parameter: str, value: str, then: str = "", **given: Any) -> int:
        proposed = self.do(
            OFFICER, "propose_supplement", pack=PACK, parameter=parameter, value=value, source=SOURCE
        )
        number: int = proposed.facts["supplement"]
        if then:
            self.do(APPROVER, then, supplement=number, **given)
        return number

    # -- the portal's file -----------------------------------------------------------------------------

    def portal(self) -> None:
        """The portal's rows; the same file again; a later one, in which two rows say something else."""
        self.clock.morning(datetime.date(2026, 4, 28))
        window = [datetime.datetime(2026, month, 6, tzinfo=SHANGHAI) for month in (5, 6)]
        self.do(
            OFFICER, "open_round", name="2026年度第一批", year=2026, opens_at=window[0], closes_at=window[1]
        )
        self.do(OFFICER, "open_round", name="2026年度第二批", year=2026)
        self.clock.morning(datetime.date(2026, 6, 8))
        self.do(OFFICER, "teach_column", heading="所在街道", field="district")
        rows = made_up_applications.rows(ROWS, SEED)
        self._import("portal.xlsx", rows)
        self._import("portal.xlsx", rows)
        rows[0]["合同金额（元）"] = "7654321.09"
        rows[1]["单位名称"] = f"{rows[1]['单位名称']}（更名）"
        self._import("portal-2.xlsx", rows)
        self.do(OFFICER, "close_round", round_id=2)

    def _import(self, name: str, rows: list[dict[str, Any]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(made_up_applications.workbook(rows))
            portal_import.import_file(self.office, OFFICER, path)

    # -- checking --------------------------------------------------------------------------------------

    def checking(self) -> None:
        """Cases accepted, checked, at each stage; papers filed; findings judged; figures verified."""
        by_hand = By(OFFICER, request="0f4c1c1e-6a52-4f0b-9a5e-2b9b7f7a1d01")
        self.do(by_hand, "submit", facts=entered(), case="SL2026900001", round_id=1)
        self.each(OFFICER, "accept", (1, 2, 4, 6, 11, 13, 16, 18, 20, 21, 22, 32, 33, 34, 36, 38))
        for row, stage in ((25, "formal_check"), (32, "eligibility"), (28, "expert_review")):
            self.do(OFFICER, "review", case=case(row), stage=stage)
        self.do(OFFICER2, "review", case=case(30), stage="special_audit")
        for row, kind in ((1, "contract"), (2, "contract"), (1, "invoice")):
            self.do(OFFICER, "add_paper", case=case(row), kind=kind, name=f"{kind}-{row}.pdf", body=PAPER)
        self.each(OFFICER, "check", (1, 2, 33))
        facts, reason = {"contract_amount": 760_000_000}, "按合同原件核减"
        self.do(OFFICER, "verify_facts", case=case(2), facts=facts, reason=reason)
        for finding, outcome in zip(self._findings(33), ("cleared", "upheld"), strict=False):
            self.do(OFFICER, "judge_finding", finding=finding, outcome=outcome, reason="已与合同原件核对")
        applicant = self._one("SELECT applicant_id FROM application WHERE case_no = ?", case(5))
        self.do(OFFICER2, "recuse", applicant_id=applicant, reason="亲属任职")

    def _findings(self, row: int) -> list[int]:
        sql = (
            "SELECT f.id FROM finding f JOIN application a ON a.id = f.application_id "
            "WHERE a.case_no = ? AND f.state = 'open' ORDER BY f.with_kind IS NULL, f.id"
        )
        return [int(number) for (number,) in self._all(sql, case(row))]

    def corrections(self) -> None:
        """Two answered, one by facts and one by papers; one open; each with its letter."""
        defect = ("field", "related_party", "未填写，请补充关联关系声明")
        for row, defects in ((21, [defect]), (22, [defect, ("paper", "contract", "缺合同附件")])):
            self.do(OFFICER, "ask_correction", case=case(row), defects=defects)
            self.do(OFFICER, "issue_correction", case=case(row))
        self.do(OFFICER, "ask_correction", case=case(34), defects=[("paper", "contract", "印章不清")])
        self.clock.after_workdays(2)
        self.do(OFFICER, "answer_correction", case=case(21), facts={"related_party": False})
        self.do(OFFICER, "answer_correction", case=case(34), facts={})
        self.each(OFFICER, "suspend", (36, 38), reason="待核实用途")
        self.do(OFFICER, "resume", case=case(38))

    # -- the decisions ---------------------------------------------------------------------------------

    def decisions(self) -> None:
        """Awarded, refused and blocked; decided again; refused ones get their letter."""
        self.each(OFFICER, "decide", (1, 2, 4, 6, 11, 13, 14, 16, 17, 18, 20, 23, 24, 10))
        self.do(OFFICER, "decide_again", case=case(18), reason="复核后重新核定")
        self.do(OFFICER, "withdraw", case=case(20), reason="申请单位撤回")
        self.each(APPROVER, "issue_refusal", (10, 24))

    def ranked_round(self) -> None:
        """Three cases of the adopted pack, decided together: the last gets what is left."""
        self.do(OFFICER, "open_round", name="评分第一批", year=2026, scheme=RANKED)
        for at, (amount, score) in enumerate(((80_000_000, 90), (120_000_000, 70), (60_000_000, 80))):
            facts = entered(at + 1) | {"contract_amount": amount, "score": score}
            self.do(OFFICER, "submit", facts=facts, round_id=3)
        deciding.decide_round(self.office, OFFICER, 3, reason="已核对未了事项")

    # -- publicity, approval, letters ------------------------------------------------------------------

    def publicity(self) -> None:
        """A list, one objection dismissed and one upheld, and its end."""
        self.clock.after_workdays(1)
        listed = [case(row) for row in (1, 2, 4, 6, 11, 13)]
        self.do(OFFICER2, "publish", round_id=1, cases=listed)
        self.clock.after_workdays(1)
        for row, outcome in ((11, "upheld"), (13, "dismissed")):
            raised = self.do(
                OFFICER2, "object", case=case(row), objector="湾畔某科技企业", grounds="认为用途不符"
            )
            number = raised.facts["objection"]
            self.do(APPROVER, "settle_objection", objection=number, outcome=outcome, reason="经核查认定")
        self.clock.after_workdays(6)
        self.do(OFFICER2, "end_publicity", publicity=1)

    def approval(self) -> None:
        """Approved by another person, but for the one whose objection was upheld; one is revoked later."""
        self.each(APPROVER, "approve", (1, 2, 4, 6, 13), minutes=MINUTES)
        self.do(APPROVER, "return", case=case(11), reason="异议成立，退回重新核查")
        self.each(OFFICER, "issue_voucher", (1, 2, 6))
        self.each(OFFICER, "issue_letter", (1, 2, 6))
        wrong = self._one("SELECT max(id) FROM letter WHERE application_id = ?", 1)
        self.do(APPROVER, "void_letter", letter=wrong, reason="单位名称有误")
        self.do(OFFICER, "issue_letter", case=case(1))
        self.do(APPROVER2, "revoke", case=case(6), reason="提供虚假材料")

    def second_list(self) -> None:
        """A list that is still open for objections, and one objection waiting."""
        self.clock.after_workdays(1)
        self.do(OFFICER2, "publish", cases=[case(16)])
        self.do(OFFICER2, "object", case=case(16), objector="李某（实名）", grounds="合同金额存疑")

    def letters_out(self) -> None:
        """The letters leave the house, which the log remembers."""
        with tempfile.TemporaryDirectory() as folder:
            files_out.save_letters(self.office, FINANCE, Path(folder))

    # -- looking ---------------------------------------------------------------------------------------

    def _all(self, sql: str, *values: object) -> list[Any]:
        with self.office.read() as session:
            connection = session.connection()
            if connection.dialect.name != "sqlite":
                sql = sql.replace("?", "%s")
            return list(connection.exec_driver_sql(sql, values))

    def _one(self, sql: str, *values: object) -> int:
        return int(self._all(sql, *values)[0][0])


def case(row: int) -> str:
    """The number of the case that a row of the portal's workbook is."""
    return f"YS2026{row:06d}"


def entered(at: int = 0) -> dict[str, Any]:
    """An application as typed in at the counter."""
    division = made_up_applications.ingredients()["division"]
    return {
        "applied_at": datetime.datetime(2026, 5, 20, 9 + at, 30),
        "applicant": made_up_applications.credit_code(division, 9_000_000 + at * 7_919),
        "applicant_name": f"湾畔语言模型有限公司{at or ''}",
        "applicant_kind": "enterprise",
        "contract_no": f"HT-2026-{at:03d}",
        "contract_amount": 800_000_000,
        "signed_on": datetime.date(2026, 4, 1),
        "related_party": False,
    }


# -- the offices -----------------------------------------------------------------------------------------


def every_state(where: str | Path) -> None:
    """The office in which a case stands in every state, made at a path or a server's URL."""
    clock = made_up_office.Clock(datetime.datetime(2026, 4, 20, 9, tzinfo=SHANGHAI))
    secrets = made_up_office.entropy("kept")
    with Office.create(where, name="湾畔市科技创新局", clock=clock, entropy=secrets).closing() as office:
        Story(office, clock).tell()


def noted(where: str | Path) -> dict[str, Any]:
    """What the tests know of an office without asking the program: its rows, counted."""
    counts = {
        "applications": "SELECT count(*) FROM application",
        "decisions": "SELECT count(*) FROM decision",
        "awards_fen": "SELECT sum(award_fen) FROM decision",
        "letters": "SELECT count(*) FROM letter",
        "vouchers": "SELECT count(*) FROM voucher",
        "log_entries": "SELECT count(*) FROM log_entry",
    }
    with Office.open(where).closing() as office, office.read() as session:
        connection = session.connection()
        found: dict[str, Any] = {
            name: int(connection.exec_driver_sql(sql).scalar_one()) for name, sql in counts.items()
        }
        states = "SELECT state, count(*) FROM application GROUP BY state ORDER BY state"
        found["states"] = {state: int(count) for state, count in connection.exec_driver_sql(states)}
        stored = "SELECT numbered, content_sha256 FROM letter ORDER BY id LIMIT 1"
        found["first_letter"] = dict(
            zip(("number", "sha256"), connection.exec_driver_sql(stored).one(), strict=True)
        )
    return found


def keep(path: Path, body: bytes) -> None:
    """Put a file down, compressed; one that is there already is never made again."""
    with path.open("xb") as file:
        file.write(lzma.compress(body, preset=9 | lzma.PRESET_EXTREME))


def make(folder: Path) -> None:
    """All three, and beside them what is noted of each."""
    folder.mkdir(parents=True, exist_ok=True)
    notes = {}
    with tempfile.TemporaryDirectory() as scratch:
        shown, every = Path(scratch) / "demonstration.office", Path(scratch) / "every_state.office"
        demonstration.demo(shown, cases=SHOWN, seed=SHOWN_SEED)
        every_state(every)
        for path in (shown, every):
            notes[path.name] = noted(path)
            keep(folder / f"{path.name}.xz", path.read_bytes())
    with running() as url:
        every_state(url)
        notes["every_state.sql"] = noted(url)
        keep(folder / "every_state.sql.xz", dump(url))
    (folder / "noted.json").write_text(json.dumps(notes, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=HERE / migrate.NEWEST)
    make(asked.parse_args().folder)
