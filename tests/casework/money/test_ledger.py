"""The ledger: balanced, guarded, checked against its entries; and a machine that looks for a way out."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from casework.core import rows_compared
from casework.core.act import Turn
from casework.core.office import Office
from casework.core.refused import Refused
from casework.money import books_check, cap_counters, ledger
from casework.money.ledger import Line
from models import Person
from tests.casework.books import do, open_budget

BUDGET = 1000


@pytest.fixture
def budget(office: Office) -> int:
    return open_budget(office, BUDGET)


def _balance(office: Office, budget: int) -> ledger.Balance:
    with office.read() as session:
        return ledger.balance(session, budget)


def test_money_goes_its_way_to_the_fen(office: Office, budget: int) -> None:
    do(office, lambda turn: ledger.reserve(turn, budget, 600))
    assert _balance(office, budget) == (1000, 400, 600, 0, 0, 0)
    do(office, lambda turn: ledger.commit(turn, budget, 450))
    assert _balance(office, budget) == (1000, 400, 150, 450, 0, 0)
    do(office, lambda turn: ledger.release(turn, budget, 150))
    assert _balance(office, budget) == (1000, 550, 0, 450, 0, 0)
    do(office, lambda turn: ledger.post(turn, budget, [Line("committed", -50), Line("paid", 50)]))
    do(office, lambda turn: ledger.release(turn, budget, 400, of="committed"))
    do(office, lambda turn: ledger.post(turn, budget, [Line("available", -950), Line("lapsed", 950)]))
    assert _balance(office, budget) == (1000, 0, 0, 0, 50, 950)
    with office.read() as session:
        assert books_check.check(session) == (14, ())


def test_the_last_fen_can_be_had_and_not_one_more(office: Office, budget: int) -> None:
    do(office, lambda turn: ledger.reserve(turn, budget, 999))
    with pytest.raises(Refused) as caught:
        do(office, lambda turn: ledger.reserve(turn, budget, 2))
    assert (caught.value.code, caught.value.params) == ("refused.budget", {"left_fen": 1})
    do(office, lambda turn: ledger.reserve(turn, budget, 1))
    assert _balance(office, budget).available_fen == 0


@pytest.mark.parametrize("step", [ledger.commit, ledger.release])
def test_what_was_not_reserved_can_not_move_on(office: Office, budget: int, step: Callable[..., int]) -> None:
    do(office, lambda turn: ledger.reserve(turn, budget, 100))
    with pytest.raises(Refused, match=r"refused\.budget"):
        do(office, lambda turn: step(turn, budget, 101))
    assert _balance(office, budget).reserved_fen == 100


def test_a_budget_is_raised_and_cut_by_entries_but_not_below_its_use(office: Office, budget: int) -> None:
    do(office, lambda turn: ledger.appropriate(turn, budget, 500))
    do(office, lambda turn: ledger.reserve(turn, budget, 1200))
    with pytest.raises(Refused, match=r"refused\.budget"):
        do(office, lambda turn: ledger.appropriate(turn, budget, -301))
    do(office, lambda turn: ledger.appropriate(turn, budget, -300))
    assert _balance(office, budget) == (1200, 0, 1200, 0, 0, 0)


@pytest.mark.parametrize(
    "lines",
    [[], [Line("available", 0)], [Line("available", 5)], [Line("available", 5), Line("reserved", -4)]],
)
def test_what_does_not_balance_is_a_bug(office: Office, budget: int, lines: list[Line]) -> None:
    with pytest.raises(ValueError, match="sum to zero"):
        do(office, lambda turn: ledger.post(turn, budget, lines))


@pytest.mark.parametrize("amount", [0, -5])
def test_a_transfer_of_nothing_or_backwards_is_a_bug(office: Office, budget: int, amount: int) -> None:
    with pytest.raises(ValueError, match="above zero"):
        do(office, lambda turn: ledger.reserve(turn, budget, amount))


class LedgerMachine(RuleBasedStateMachine):
    """Whatever is asked for, in whatever order: a model in plain integers beside the ledger."""

    office: Office
    budget: int

    def __init__(self) -> None:
        super().__init__()
        self.appropriated, self.reserved, self.committed = BUDGET, 0, 0
        self.cap = 0
        self.session = self.office.store.write()
        self.turn = _turn(self.office, self.session.__enter__())

    def teardown(self) -> None:
        self.turn.session.rollback()
        self.session.__exit__(None, None, None)

    def _try(self, step: Callable[[], object]) -> bool:
        try:
            step()
        except Refused:
            return False
        return True

    @property
    def available(self) -> int:
        return self.appropriated - self.reserved - self.committed

    @rule(amount=st.integers(1, BUDGET + 5))
    def reserve(self, amount: int) -> None:
        fits = amount <= self.available
        assert self._try(lambda: ledger.reserve(self.turn, self.budget, amount)) == fits
        self.reserved += amount * fits

    @rule(amount=st.integers(1, BUDGET + 5))
    def commit(self, amount: int) -> None:
        fits = amount <= self.reserved
        assert self._try(lambda: ledger.commit(self.turn, self.budget, amount)) == fits
        self.reserved -= amount * fits
        self.committed += amount * fits

    @rule(amount=st.integers(1, BUDGET + 5), of=st.sampled_from(["reserved", "committed"]))
    def release(self, amount: int, of: str) -> None:
        fits = amount <= getattr(self, of)
        assert self._try(lambda: ledger.release(self.turn, self.budget, amount, of=of)) == fits
        setattr(self, of, getattr(self, of) - amount * fits)

    @rule(amount=st.integers(-BUDGET, BUDGET).filter(bool))
    def appropriate(self, amount: int) -> None:
        fits = amount + self.available >= 0
        assert self._try(lambda: ledger.appropriate(self.turn, self.budget, amount)) == fits
        self.appropriated += amount * fits

    @rule(amount=st.integers(-50, 50).filter(bool))
    def use_cap(self, amount: int) -> None:
        fits = self.cap + amount >= 0
        assert self._try(lambda: cap_counters.use_caps(self.turn, ["k"], amount)) == fits
        self.cap += amount * fits

    @invariant()
    def the_books_agree_with_the_model(self) -> None:
        found = ledger.balance(self.turn.session, self.budget)
        wanted = (self.appropriated, self.available, self.reserved, self.committed, 0, 0)
        assert found == wanted
        assert books_check.check(self.turn.session).faults == ()
        assert cap_counters.cap_used(self.turn.session, ["k"]) == (self.cap,)


def _turn(office: Office, session: Any) -> Turn:
    person = session.get_one(Person, 5)
    return Turn(office, session, person, frozenset({"finance"}), "appropriate")


def _run(
    office: Office, budget: int, steps: int, examples: int, phases: tuple[Phase, ...] = tuple(Phase)
) -> None:
    machine = type("Machine", (LedgerMachine,), {"office": office, "budget": budget})
    limits = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        report_multiple_bugs=False,
        phases=phases,
    )
    run_state_machine_as_test(machine, settings=limits)


def test_no_order_of_doings_breaks_the_books(office: Office, budget: int) -> None:
    _run(office, budget, steps=20, examples=25)


def _counter_left_behind(session: Any, budget_id: int, lines: list[Line]) -> None:
    if abs(lines[0].amount_fen) % 4 != 3:
        MOVE(session, budget_id, lines)


def _one_fen_short(turn: Turn, budget_id: int, amount_fen: int, *, of: str = "reserved") -> int:
    return ledger._transfer(turn, budget_id, of, "available", max(amount_fen - 1, 1), ledger.NOTHING)


def _cap_entry_forgotten(turn: Turn, keys: Any, amount_fen: int) -> None:
    USE_CAPS(turn, keys, amount_fen)
    if amount_fen < 0:
        turn.session.execute(text("UPDATE cap_use SET used_fen = used_fen + 1"))


MOVE, USE_CAPS = ledger._move, cap_counters.use_caps


@pytest.mark.parametrize(
    ("module", "name", "fault"),
    [
        (ledger, "_move", _counter_left_behind),
        (ledger, "release", _one_fen_short),
        (cap_counters, "use_caps", _cap_entry_forgotten),
    ],
)
def test_the_machine_finds_a_planted_fault(
    office: Office,
    budget: int,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    name: str,
    fault: Callable[..., Any],
) -> None:
    monkeypatch.setattr(module, name, fault)
    with pytest.raises(AssertionError):
        _run(office, budget, steps=20, examples=40, phases=(Phase.generate,))


def test_entries_are_imaged_in_the_log(office: Office, budget: int) -> None:
    do(office, lambda turn: ledger.reserve(turn, budget, 5))
    with office.read() as session:
        found = rows_compared.compare(session)
    assert found.differ == ()
    assert found.rows >= 4
