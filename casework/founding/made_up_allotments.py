"""The money of the demonstration: allotments as finance enters them, made up, and said so."""

from casework.core.office import Office
from casework.money import allotments

FINANCE, FINANCE2 = "finance", "finance2"
SAID_SO = "（演示数据，虚构）"


def fill(office: Office, budget: str) -> None:
    """The year's allotment, one more up to the ceiling, one above it that two people sign, and a cut.

    In all it comes to what the pack states.
    """
    _entered(office, budget, 1, 42_000_000_000, "年初下达")
    _entered(office, budget, 7, 8_000_000_000, "追加")
    above = _entered(office, budget, 9, 3_000_000_000, "超出年度额度的追加")
    assert above is not None
    allotments.confirm_appropriation(office, FINANCE2, above)
    _entered(office, budget, 12, -3_000_000_000, "调减，统筹用于其他项目")


def ask_for_more(office: Office, budget: str) -> None:
    """More money is on its way: above what the pack states, so it waits for the second person of finance."""
    _entered(office, budget, 15, 2_000_000_000, "年末追加")


def _entered(office: Office, budget: str, number: int, amount_fen: int, reason: str) -> int | None:
    """Enter an allotment; where it waits for a second person, the number of the proposal."""
    allotment_no = f"演财〔2026〕{number}号"
    done = allotments.appropriate(office, FINANCE, budget, allotment_no, amount_fen, reason + SAID_SO)
    proposal: int | None = done.facts.get("proposal")
    return proposal
