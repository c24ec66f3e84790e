"""A walk by chance through an office, act by act through its doors, with the model's books kept beside it.

After each act the office's budgets, caps and decisions are held against the model's; what the office refuses
moves nothing in either.
"""

import datetime
import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from casework.award import deciding
from casework.core.office import Office
from casework.core.refused import Refused
from casework.review import checking, corrections
from models import Application, Budget, CapUse, Decision
from tests.casework.desk import CODE, OTHER_CODE, YOUNG_CODE, Clock
from tests.end_to_end.own_model import doors, later_acts
from tests.end_to_end.own_model.awards import (
    CORPUS,
    HENAN,
    MODEL,
    QINGYANG,
    TRAINING,
    Facts,
    halves,
)
from tests.end_to_end.own_model.books import Books, Case

DAY = datetime.date
SCHEMES = (TRAINING, CORPUS, MODEL, HENAN, QINGYANG)
APPLICANTS = (CODE, OTHER_CODE, YOUNG_CODE)
AMOUNTS = (
    1_666_666, 49_999_999, 50_000_000, 333_333_333, 499_999_999, 800_000_001, 1_999_999_999, 3_000_000_000
)  # fmt: skip
LEVELS = ((0, 0, 0), (0, 0, 0), (0, 30_000_001, 120_000_000))
LATER = ("refused.decided_again_after_notice", "refused.recused")
"""Why the office may refuse to decide for what moves no money."""
WAITING = ("submitted", "accepted", "formal_check", "eligibility")
FIELDS = {"contract_amount": "amount", "other_support": "support", "related_party": "related"}


class Walk:
    """One walk. `doings` says what can be done at each step, and how often."""

    def __init__(self, office: Office, clock: Clock, folder: Path, run: doors.Run, seed: object) -> None:
        self.office, self.clock, self.folder, self.run = office, clock, folder, run
        self.chance = random.Random(str(seed))
        self.books = Books()
        self.verified: dict[str, set[str]] = {}
        self.came = 0
        self.done: list[str] = []
        self.numbered = 0
        self.refused: dict[str, int] = {}
        with office.read() as session:
            for row in session.execute(select(Budget)).scalars():
                self.books.sheets[row.key].allotted = row.appropriation_fen

    def go(self, steps: int, *often: Callable[["Walk"], None]) -> None:
        """So many acts, each looked at; some of them more often than others."""
        doings: list[Callable[[], None]] = [
            *[self.submit] * 6, *[self.decide_one] * 5, self.decide_round, *[self.decide_again] * 3,
            *[self.verify] * 3, self.correct, *[partial(later_acts.one, self)] * 24,
            *[partial(each, self) for each in often] * 8,
        ]  # fmt: skip
        for _ in range(6):
            later_acts.allot(self)
        for _ in range(3):
            self.submit()
        for _ in range(steps):
            doing = self.chance.choice(doings)
            self.done.append(getattr(doing, "__name__", ""))
            doing()
            self.look()

    def attempt(self, act: Callable[..., Any], *given: Any) -> Any:
        """An act that may be refused; None then."""
        try:
            return act(*given) or True
        except Refused as refused:
            self.refused[refused.code] = self.refused.get(refused.code, 0) + 1
            return None

    def pick(self, *states: str, but: Callable[[str], bool] = lambda case: True) -> str | None:
        """One of the cases in these states, of which this holds."""
        found = [case for case in self.pick_all(*states) if but(case)]
        return self.chance.choice(found) if found else None

    def pick_all(self, *states: str) -> list[str]:
        """All of them."""
        wanted = select(col(Application.case_no)).where(col(Application.state).in_(states))
        with self.office.read() as session:
            return list(session.execute(wanted.order_by(col(Application.id))).scalars())

    # -- what comes in --------------------------------------------------------------------------------

    def made_up(self, scheme: str = "") -> Facts:
        """Somebody's application, good and bad."""
        choice = self.chance.choice
        scheme = scheme or choice((TRAINING, TRAINING, TRAINING, *SCHEMES))
        self.came += 1
        days = {TRAINING: (DAY(2026, 5, 20), DAY(2026, 5, 20), DAY(2025, 9, 30), DAY(2026, 6, 8))}
        applied = choice(days.get(scheme, (DAY(2026, 5, 20), DAY(2025, 9, 30))))
        own: dict[str, object] = {}
        if scheme == CORPUS:
            own["through_exchange"] = choice((True, True, True, False))
        if scheme == MODEL:
            own["model_filed"] = choice((True, True, True, False))
            own |= choice(({}, {"overrun_reason": "年度用量翻倍"}))
        if scheme == HENAN:
            own |= choice(({}, {"usage_fee": choice(AMOUNTS)}))
        return Facts(
            scheme,
            applied,
            choice(APPLICANTS),
            choice(AMOUNTS),
            kind=choice(("enterprise",) * 8 + ("university",)),
            founded_on=choice((DAY(2020, 3, 1), DAY(2026, 1, 15), DAY(2025, 5, 20), DAY(2022, 2, 28), None)),
            signed_on=choice((DAY(2026, 4, 1), DAY(2025, 6, 30), DAY(2026, 5, 19))),
            leased=choice((None, None, 60_000_000, 49_999_999)) if scheme == TRAINING else None,
            related=choice((False,) * 8 + (True,)),
            support=choice((0, 0, 0, 100_000_000)) if scheme == TRAINING else 0,
            levels=choice(LEVELS) if scheme == TRAINING else (0, 0, 0),
            before=choice((0, 0, 0, 50_000_000)),
            own=own,
        )

    def submit(self) -> None:
        """An application by one of the doors."""
        facts = self.made_up()
        contract = f"HT-{self.chance.choice((self.came, self.came, self.came, self.came, 1))}"
        at = datetime.datetime.combine(facts.applied_on, datetime.time(9)) + datetime.timedelta(
            seconds=self.came
        )
        door = self.chance.randrange(3)
        if door == 0:
            case = doors.by_form(self.office, facts, contract, at)
        elif door == 1:
            case = doors.by_words(self.run, Path(self.office.store.name), facts, contract, at)
        else:
            case = doors.by_file(self.office, self.folder, facts, f"P{self.came:05}", contract, at)
        # a reason to overrun is the officer's to give: the applicant's own word does not count
        own = {name: value for name, value in facts.own.items() if name != "overrun_reason"}
        self.books.cases[case] = Case(replace(facts, own=own))
        self.verified[case] = set()

    def verify(self) -> None:
        """The officer sets down what holds."""
        case = self.pick(*WAITING, "calculated", "suspended")
        if case is None:
            return
        name = self.chance.choice(tuple(FIELDS))
        value: object = {
            "contract_amount": self.chance.choice(AMOUNTS),
            "other_support": self.chance.choice((0, 100_000_000)),
            "related_party": self.chance.choice((False, True)),
        }[name]
        given = {name: value}
        if self.books.cases[case].facts.scheme == MODEL and self.chance.random() < 0.5:
            name, value = "overrun_reason", "经核实用量翻倍"
            given = {name: value}
        if self.attempt(checking.verify_facts, self.office, "officer", case, given, "核实"):
            self.verified[case].add(name)
            self.books.change(case, FIELDS.get(name, name), value)

    def correct(self) -> None:
        """The applicant is asked, and answers: what an officer has verified stands all the same."""
        case = self.pick(*WAITING, "suspended", but=lambda case: bool(self.verified[case])) or self.pick(
            *WAITING, "suspended"
        )
        if case is None:
            return
        asked = [("field", "contract_amount", "金额不清")]
        if not self.attempt(corrections.ask_correction, self.office, "officer", case, asked):
            return
        amount = self.chance.choice(AMOUNTS)
        answer = {"contract_amount": amount}
        taken = self.attempt(corrections.answer_correction, self.office, "officer", case, answer)
        if taken and "contract_amount" not in self.verified[case]:
            self.books.change(case, "amount", amount)

    # -- what is decided --------------------------------------------------------------------------------

    def decide_one(self) -> None:
        self._decide(self.pick(*WAITING), self.chance.random() < 0.3)

    def decide_again(self) -> None:
        self._decide(self.pick("calculated", "suspended", "refused"), False, again=True)

    def decide_case(self, case: str) -> None:
        """This one, whether it was decided before or not."""
        self._decide(case, False, again=case in self.pick_all("calculated", "suspended", "refused"))

    def _decide(self, case: str | None, by_words: bool, again: bool = False) -> None:
        """Decide a case; it comes out as the model says, or is refused where the model says that too."""
        if case is None:
            return
        expected = self.books.expected(case)
        bar = self.books.bar(case)
        before = self.last_seq()
        act = deciding.decide_again if again else deciding.decide
        if by_words:
            told = ("act", "decide", "--case", case, "--reason", "已逐项核对材料")
            answer = self.run("--json", "--office", self.office.store.name, "--user", "officer", *told)
            code = None if answer.status == 0 else answer.json["error"]
        else:
            code = self._refused_by(act, case)
        if code is not None:
            assert self.last_seq() == before, "what is refused decides nothing"
            assert bar == code if bar else code in LATER, (case, code, expected)
            return
        assert bar is None, (case, bar)
        self.books.decide(case)
        self.compare(case)

    def _refused_by(self, act: Callable[..., Any], case: str) -> str | None:
        try:
            act(self.office, "officer", case, "已逐项核对，继续办理")
        except Refused as refused:
            self.refused[refused.code] = self.refused.get(refused.code, 0) + 1
            return refused.code
        return None

    def decide_round(self) -> None:
        """All that waits, in the order of their moments."""
        with self.office.read() as session:
            wanted = select(Application).where(col(Application.state).in_(WAITING))
            order = (col(Application.applied_at), col(Application.id))
            waiting = [row.case_no for row in session.execute(wanted.order_by(*order)).scalars()]
        deciding.decide_round(self.office, "officer", reason="已逐项核对材料")
        for case in waiting:
            if self.books.bar(case) is None:
                self.books.decide(case)
                self.compare(case)

    def compare(self, case: str) -> None:
        """The decision that was stored last is the model's."""
        with self.office.read() as session:
            wanted = (
                select(Decision)
                .join(Application, col(Application.id) == col(Decision.application_id))
                .where(col(Application.case_no) == case)
                .order_by(col(Decision.seq).desc())
            )
            stored = session.execute(wanted).scalars().first()
        found, facts = self.books.cases[case].decided, self.books.cases[case].facts
        assert stored is not None and found is not None
        told = (stored.status, stored.award_fen or 0, stored.holds_fen)
        assert told == tuple(found), (case, told, found, facts, self.done[-5:])
        if facts.scheme == HENAN and found.award:
            province, city = halves(found.award)
            assert stored.split == f"province:{province};city:{city}"

    def last_seq(self) -> int:
        with self.office.read() as session:
            return int(session.execute(select(func.max(col(Decision.seq)))).scalar() or 0)

    # -- what is looked at after each act -----------------------------------------------------------------

    def look(self) -> None:
        """Every budget and every cap is what the model's sheets say."""
        with self.office.read() as session:
            budgets = {
                row.key: (row.appropriation_fen, row.reserved_fen, row.committed_fen)
                for row in session.execute(select(Budget)).scalars()
            }
            caps = session.execute(select(CapUse).where(col(CapUse.used_fen) != 0)).scalars()
            used = {row.key: row.used_fen for row in caps if "/applicant_year/" in row.key}
        sheets = {key: (one.allotted, one.reserved, one.committed) for key, one in self.books.sheets.items()}
        empty = (0, 0, 0)
        assert {key: found for key, found in budgets.items() if found != empty} == {
            key: found for key, found in sheets.items() if found != empty
        }, self.done[-5:]
        assert used == {
            f"{scheme}/applicant_year/{applicant}/{year}": fen
            for (scheme, applicant, year), fen in self.books.used.items()
            if fen
        }, self.done[-5:]
