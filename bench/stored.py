"""An office with many stored decisions, made in bulk for the measures: the same rows as acts would leave."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from pathlib import Path

from casework.award.compared_columns import COMPARED, columns_of
from casework.cases.case_facts import Register, current, facts_of
from casework.cases.said_values import Arrival, fingerprint, said_of, stored
from casework.core import many_rows
from casework.core.act import Turn, carry_out
from casework.core.office import Office
from casework.founding import made_up_applications
from casework.intake import rounds
from casework.intake.arrivals import Taken
from casework.intake.storing import Origin, Store
from casework.people import accounts
from casework.rulebook import packs
from casework.rulebook.in_force import Shelf
from casework.rulebook.shipped_packs import DEFAULT
from models.columns import moment_text
from rules.decide import decide, encode
from rules.explain import explain, trace
from rules.position import Position

DECISION = (
    "seq", "application_id", "version", *COMPARED, "policy_sha256", "witness", "trace", "budget_id",
    "cap_keys",
    "decided_at", "decided_by_id",
)  # fmt: skip


def arrivals(count: int, seed: int = 1) -> Iterator[Arrival]:
    """Made-up applications, two of three applicants new: a third files a second time."""
    chance = random.Random(seed)
    opens = datetime.datetime(2026, 5, 6)
    for number in range(count):
        who = number if number % 3 or not number else number - 1
        signed = datetime.date(2026, 1, 5) + datetime.timedelta(days=number % 120)
        old = datetime.timedelta(days=chance.choice((200, 380, 900, 3000)))
        amount = chance.randint(40_000_000, 300_000_000)
        said = {
            "applied_at": opens + datetime.timedelta(minutes=number % 43_000),
            "applicant_name": f"测算单位{who}",
            "applicant": made_up_applications.credit_code("440399", 1_000_000 + who),
            "applicant_kind": "enterprise",
            "founded_on": signed - old,
            "contract_no": f"CS-{number}",
            "signed_on": signed,
            "contract_amount": amount,
            "related_party": chance.random() < 0.03,
            "provider_admitted": True,
            "other_support": chance.choice((0, 0, 0, amount // 10)),
        }
        yield Arrival(number + 1, f"CS{number:08d}", said_of(said))


def make(path: Path, count: int) -> Office:
    """An office with `count` decisions; a budget large enough that most are awards."""
    office = Office.create(path, name="测算")
    accounts.found(office, accounts.DEMO_PEOPLE, "demo")
    packs.put_in_force(office)

    def take_in(turn: Turn) -> None:
        at = moment_text(turn.at)
        origin = Origin(
            "import", None, turn.person.id, at, turn.today.isoformat(), rounds.places(turn.session, DEFAULT)
        )
        taken = []
        for arrival in arrivals(count):
            columns = stored(arrival.said)
            taken.append(Taken(arrival, columns, fingerprint(arrival, columns), None))
        Store(turn.session, origin).store(taken)

    carry_out(office, "officer", "import", take_in)
    carry_out(office, "officer", "decide", _decide_all)
    return office


def _decide_all(turn: Turn) -> None:
    session = turn.session
    shelf, register = Shelf(session), Register(session)
    used: dict[str, int] = {}
    left = 10**15  # more than a million awards of the cap
    rows = []
    at = moment_text(turn.at)
    for seq, row in enumerate(session.execute(current().execution_options(yield_per=5000)), 1):
        facts = facts_of(row, register)
        chosen = shelf.policy(DEFAULT, facts, turn.today)
        assert chosen is not None
        policy = chosen.policy
        if seq == 1:
            session.connection().exec_driver_sql(
                f"INSERT INTO policy VALUES ('{policy.sha256}', {chosen.pack_row}, '', '{at}')"
            )
        keys = policy.cap_keys(facts)
        answer = decide(policy, facts, Position(tuple(used.get(key, 0) for key in keys), left))
        left -= answer.holds_fen
        used.update({key: used.get(key, 0) + answer.holds_fen for key in keys})
        rows.append((
            seq, row._mapping["application_id"], 1, *columns_of(answer), policy.sha256,
            encode(answer.witness),
            trace(explain(policy, answer.witness)), None, "\n".join(keys), at, turn.person.id,
        ))  # fmt: skip
    _insert(turn, rows)


def _insert(turn: Turn, rows: list[tuple[object, ...]]) -> None:
    """The decisions, with a budget that nothing else of the measure uses."""
    columns = (
        "id",
        "key",
        "programme",
        "year",
        "appropriation_fen",
        "reserved_fen",
        "committed_fen",
        "paid_fen",
    )
    budget = (1, "measure/2026", "measure", 2026, 0, 0, 0, 0)
    many_rows.insert(turn.session, "budget", (*columns, "lapsed_fen"), [(*budget, 0)])
    place = DECISION.index("budget_id")
    many_rows.insert(
        turn.session, "decision", DECISION, [(*row[:place], 1, *row[place + 1 :]) for row in rows]
    )
