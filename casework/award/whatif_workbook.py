"""What came of trying a draft, told to programs and as a workbook that says it is a simulation."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import words
from casework.core.files_out import mark
from casework.core.office import Office
from papers.ledgers.ledger_column import A4, Column, Sheet, said_in
from rules.money import yuan
from rules.whatif import Line, Side, WhatIf


def as_json(found: WhatIf) -> dict[str, Any]:
    """The comparison for programs; amounts in yuan."""
    return {
        "simulation": True,
        "draft": found.draft,
        "cases": len(found.lines),
        "then": _side(found.then),
        "now": _side(found.now),
        "gain": _change(found.gainers),
        "lose": _change(found.losers),
        "lines": [
            {
                "case": one.case,
                "then_status": one.then_status,
                "then": yuan(one.then_fen),
                "now_status": one.now_status,
                "now": yuan(one.now_fen),
                "change": yuan(one.change_fen),
                "tier": one.tier,
                "binding": one.binding,
                "reasons": list(one.reasons),
            }
            for one in found.lines
        ],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "awarded": side.awarded,
        "refused": side.refused,
        "blocked": side.blocked,
        "total": yuan(side.total_fen),
        "held": yuan(side.held_fen),
        "startups": yuan(side.startup_fen),
        "small_firms": yuan(side.small_fen),
        "runs_out": {key: day.isoformat() for key, day in side.runs_out},
    }


def _change(lines: Sequence[Line]) -> dict[str, Any]:
    return {"cases": len(lines), "sum": yuan(sum(abs(one.change_fen) for one in lines))}


# -- the workbook ----------------------------------------------------------------------------------------


class _Row(NamedTuple):
    line: Line
    lang: str

    def status(self, status: str) -> str:
        return words.say(f"whatif.status.{status}", self.lang)


THEN, NOW = "whatif.then", "whatif.now"
COLUMNS: tuple[Column[_Row], ...] = (
    Column("whatif.case", lambda row: row.line.case, width=18),
    Column("whatif.status", lambda row: row.status(row.line.then_status), width=10, group=THEN),
    Column("whatif.award", lambda row: row.line.then_fen, "money", 16, total=True, group=THEN),
    Column("whatif.status", lambda row: row.status(row.line.now_status), width=10, group=NOW),
    Column("whatif.award", lambda row: row.line.now_fen, "money", 16, total=True, group=NOW),
    Column("whatif.change", lambda row: row.line.change_fen, "money", 16, total=True),
    Column("whatif.tier", lambda row: row.line.tier, width=16),
    Column("whatif.binding", lambda row: row.line.binding, width=20),
    Column("whatif.reasons", lambda row: ";".join(row.line.reasons), width=28),
)


def write_workbook(target: Path, found: WhatIf, office: Office, lang: str) -> None:
    """The comparison, case by case."""
    from papers.ledgers.ledger_workbook import write_ledger  # late: most tries are only looked at

    rows = (_Row(line, lang) for line in found.lines)
    write_ledger(target, said_in(lang, COLUMNS), rows, _sheet(found, office, lang))


def _sheet(found: WhatIf, office: Office, lang: str) -> Sheet:
    made_at = datetime.datetime.combine(office.today(), datetime.time(18))
    notes = [words.say("whatif.of", lang, draft=found.draft, cases=len(found.lines))]
    notes += [_summed_up(code, side, lang) for code, side in ((THEN, found.then), (NOW, found.now))]
    said = filter(None, (words.say("whatif.notice", lang), mark(office, lang)))
    notice = (" " if lang == "en" else "").join(said)
    name, title = words.say("whatif.sheet", lang), words.say("whatif.title", lang)
    return Sheet(name, title, made_at, notes=notes, notice=notice, frozen=1, paper=A4, lang=lang)


def _summed_up(code: str, side: Side, lang: str) -> str:
    return words.say(
        "whatif.side",
        lang,
        side=words.say(code, lang),
        awarded=side.awarded,
        total_fen=side.total_fen,
        startup_fen=side.startup_fen,
        days=tuple(f"{key} {day}" for key, day in side.runs_out) or ("-",),
    )
