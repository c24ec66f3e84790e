"""Replay: every stored decision again, from what was stored with it and under the pack of its day.

The policy is built from the stored bytes named by the decision's hash, and refused if they no longer have
that hash; the witness is what the rules had used. Every figure, code and article is compared, never prose.
Decisions stream by as the database keeps them, so a million need no more memory than a thousand.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlmodel import Session

from casework.award.compared_columns import COMPARED, NO_PACK, columns_of
from casework.core import many_rows
from casework.core.office import Office, stored_policy
from rules.decide import decide_witness, decode
from rules.explain import explain, trace
from rules.faults import PackFaults
from rules.policy import Policy

Progress = Callable[[int, int], bool | None]
BATCH = 1000
SHOWN = 1000
"""Differences listed; more are counted."""

_SELECT = "SELECT seq, policy_sha256, witness, trace, " + ", ".join(f'"{name}"' for name in COMPARED)


class Difference(NamedTuple):
    """A field of a decision that comes out otherwise."""

    award: int
    field: str
    stored: object
    again: object


def replay(
    office: Office, *, sample: int | None = None, seed: int = 0, progress: Progress | None = None
) -> dict[str, Any]:
    """Calculate every stored decision again and compare.

    Args:
        sample: only so many, drawn by `seed`; the answer then names them in `sampled`.
        progress: told how many of how many; answering False stops, and the answer is about those done.

    Returns:
        `decisions` and `awards` (looked at), `same`, `differ`, `seconds`, and `sampled` with a sample.
    """
    started = time.perf_counter()
    with office.read() as session:
        total = session.connection().exec_driver_sql("SELECT count(*) FROM decision").scalar_one()
        chosen = _drawn(session, sample, seed) if sample is not None else None
        replayer = Replayer(session)
        done = 0
        of = total if chosen is None else len(chosen)
        for rows in _stored(session, chosen):
            replayer.compare(rows)
            done += len(rows)
            if progress is not None and progress(done, of) is False:
                break
        answer: dict[str, Any] = {
            "decisions": done,
            "awards": replayer.awards,
            "same": replayer.same,
            "differ": [
                {"award": each.award, "field": each.field, "stored": each.stored, "again": each.again}
                for each in replayer.differ
            ],
        }
        if chosen is not None:
            answer["sampled"] = _named(session, chosen)
    answer["seconds"] = round(time.perf_counter() - started, 3)
    return answer


class Replayer:
    """Compares batches of stored decisions with what comes out again."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.policies: dict[str, Policy | str] = {}
        self.awards = 0
        self.same = 0
        self.differ: list[Difference] = []

    def compare(self, rows: Sequence[Sequence[Any]]) -> None:
        """Decide each row again; note what differs."""
        for seq, sha256, witness, told, *stored in rows:
            if stored[0] == "awarded":
                self.awards += 1
            again = self._again(seq, sha256, witness)
            if again is None:
                continue
            columns, lines = again
            if tuple(stored) == columns and told == lines:
                self.same += 1
                continue
            for name, before, now in zip(COMPARED, stored, columns, strict=True):
                if before != now:
                    self._note(Difference(seq, name, before, now))
            if told != lines:
                self._note(Difference(seq, "trace", *_first_unlike(told, lines)))

    def _again(self, seq: int, sha256: str | None, witness: str) -> tuple[tuple[Any, ...], str] | None:
        """The columns and the lines that come out today; None, and noted, where nothing can."""
        policy = self.policies.get(sha256) if sha256 is not None else None
        if policy is None:
            policy = self._policy(sha256)
        if policy == "":
            return NO_PACK, ""
        if isinstance(policy, str):
            self._note(Difference(seq, "policy", sha256, policy))
            return None
        try:
            used = decode(policy, witness)
            decision = decide_witness(policy, used)
            return columns_of(decision), trace(explain(policy, used, decision))
        except (PackFaults, TypeError, ValueError, ArithmeticError, LookupError) as fault:
            self._note(Difference(seq, "witness", witness, type(fault).__name__))
            return None

    def _policy(self, sha256: str | None) -> Policy | str:
        """The policy of a hash; a text says why there is none (empty: the decision had none)."""
        if sha256 is None:
            return ""
        try:
            policy: Policy | str = stored_policy(self.session, sha256)
        except LookupError:
            policy = "missing"
        except (ValueError, PackFaults):
            policy = "bytes_changed"
        self.policies[sha256] = policy
        return policy

    def _note(self, difference: Difference) -> None:
        if len(self.differ) < SHOWN:
            self.differ.append(difference)


def _first_unlike(stored: str, again: str) -> tuple[str, str]:
    """The first line of two traces that differs, of each."""
    before, now = stored.split("],["), again.split("],[")
    for one, other in zip(before, now, strict=False):
        if one != other:
            return one, other
    return (before[len(now)], "") if len(before) > len(now) else ("", now[len(before)])


def _drawn(session: Session, sample: int, seed: int) -> list[int]:
    """Numbers of decisions drawn without repetition, the same for the same seed and office."""
    sql = "SELECT seq FROM decision ORDER BY seq"
    numbers = [row[0] for row in session.connection().exec_driver_sql(sql)]
    drawn = random.Random(f"replay {seed}").sample(numbers, min(max(sample, 0), len(numbers)))
    return sorted(drawn)


def _stored(session: Session, chosen: Sequence[int] | None) -> Iterator[Sequence[Sequence[Any]]]:
    """The stored columns in the order of the sequence, in batches."""
    connection = session.connection()
    if chosen is not None:
        for start in range(0, len(chosen), 500):
            numbers = ", ".join(str(int(number)) for number in chosen[start : start + 500])
            yield connection.exec_driver_sql(
                f"{_SELECT} FROM decision WHERE seq IN ({numbers}) ORDER BY seq"
            ).fetchall()
        return
    yield from many_rows.stream(session, f"{_SELECT} FROM decision ORDER BY seq", BATCH)


def _named(session: Session, chosen: Sequence[int]) -> list[dict[str, Any]]:
    found = []
    for start in range(0, len(chosen), 500):
        numbers = ", ".join(str(int(number)) for number in chosen[start : start + 500])
        found += [
            {"award": seq, "case": case}
            for seq, case in session.connection().exec_driver_sql(
                "SELECT d.seq, a.case_no FROM decision d JOIN application a ON a.id = d.application_id "
                f"WHERE d.seq IN ({numbers}) ORDER BY d.seq"
            )
        ]
    return found
