"""What an office says of itself on its papers: settings by an act, with their history.

A letter that lacks one of them could be set aside (where no authority for reconsideration and no court are
named, the terms grow to a year: 《行政复议法》第二十条, 法释〔2018〕1号第六十四条) or could not be answered,
so it is refused until all are set.

One person of the system's side sets them: no money moves by it, every value stays in the history with its
reason, and what leaves the house is read by the two people who prepare and sign it.
"""

import datetime
import re
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core.act import Turn, act
from casework.core.office import Office
from casework.core.office_fonts import require
from casework.core.refused import Refused
from casework.core.staff_names import called
from casework.core.who_may import Who
from models import OfficeRow, OfficeSetting, Person

CONTESTED = ("approval", "refusal", "nonacceptance", "revocation")
"""Letters that name the remedies."""
LETTERS = (*CONTESTED, "correction", "acceptance_notice", "objection_answer", "void_notice")
PAPERS = (*LETTERS, "publicity")
"""Every kind of paper that an office issues under a number."""

COPIED = ("approval", "refusal", "revocation")
"""Letters of which others get a copy (抄送)."""

LONGEST = 200
"""Characters that a setting may have."""


class Setting(NamedTuple):
    """A setting: the kinds of paper that can't be issued without it, and the form of its value (empty: any).

    Its name has the code `setting.<key>`, what is expected of it `form.<key>`.
    """

    key: str
    needed_by: tuple[str, ...] = ()
    form: str = ""


SETTINGS = (
    Setting("name", PAPERS),
    Setting("self_name", PAPERS, r"我\w{1,5}"),
    Setting("agency_code", PAPERS, r"[^\W\d]{1,10}"),
    Setting("reconsideration_authority", CONTESTED),
    Setting("court", CONTESTED, r".*法院"),
    Setting("department", ("publicity", "correction")),
    Setting("contact", LETTERS),
    Setting("telephone", PAPERS, r"[\d\-－—()（）+ 、转]{7,60}"),
    Setting("address", ("publicity", "correction")),
    Setting("postcode", (), r"\d{6}"),
    Setting("email", (), r"[^@\s]+@[^@\s]+"),
    Setting("supervision_department", ("publicity",)),
    Setting("supervision_telephone", ("publicity",), r"[\d\-－—()（）+ 、转]{5,60}"),
    Setting("verification_place", LETTERS),
    Setting("disclosure", (), "主动公开|依申请公开|不予公开"),
    Setting("copies_to"),
    Setting("claim_papers"),
    Setting("enclosures"),
    Setting("retention", (), "永久|定期30年|定期10年"),
    Setting("idle_minutes", (), r"\d{1,3}"),
)
"""Every setting, in the order in which an office fills them in."""

KEYS = tuple(setting.key for setting in SETTINGS)


class Settings(NamedTuple):
    """The settings in force; an empty text is not set.

    Attributes:
        name: the office's full name; the one it was founded under where none is set.
        self_name: how it calls itself in a letter, 我局 or 我委.
        agency_code: 发文机关代字, as in 深科创券发〔2026〕1号.
        reconsideration_authority: the 复议机关, the government at its level.
        court: where suits are brought.
        department: who takes in corrections and objections.
        contact, telephone, address, postcode, email: how to reach it; the contact is a person's name.
        supervision_department, supervision_telephone: where frauds are reported.
        verification_place: where a letter's code (查验码) can be checked.
        disclosure: 公开属性 of letters, as 《政府信息公开条例》 has it; stands at the foot of each.
        idle_minutes: after how many minutes without a key or a move a window asks for the password again
            (`idle_minutes`); no paper says it.
        copies_to: who gets a copy (抄送) of a letter that grants, refuses or revokes, with 、 between them.
        claim_papers: what is handed in with a claim, as the approval letter says it; empty for what is usual.
        enclosures: what the office sends along with an approval letter (附件), with 、 between them.
        retention: how long a case is kept (保管期限), as 《机关文件材料归档范围和文书档案保管期限规定》
            has it; stands on the sheet that is filed and on a case's page.
    """

    name: str = ""
    self_name: str = ""
    agency_code: str = ""
    reconsideration_authority: str = ""
    court: str = ""
    department: str = ""
    contact: str = ""
    telephone: str = ""
    address: str = ""
    postcode: str = ""
    email: str = ""
    supervision_department: str = ""
    supervision_telephone: str = ""
    verification_place: str = ""
    disclosure: str = ""
    copies_to: str = ""
    claim_papers: str = ""
    enclosures: str = ""
    retention: str = ""
    idle_minutes: str = ""


class Said(NamedTuple):
    """A value that a setting was given, when, by whom (name) and why."""

    key: str
    value: str
    reason: str
    at: datetime.datetime
    person: str


def settings_of(session: Session) -> Settings:
    """The settings in force now."""
    rows = select(col(OfficeSetting.key), col(OfficeSetting.value)).order_by(col(OfficeSetting.id))
    said: dict[str, str] = {key: value for key, value in session.execute(rows)}  # noqa: C416
    if not said.get("name"):
        said["name"] = session.execute(select(col(OfficeRow.name)).limit(1)).scalar_one()
    return Settings(**said)


def name_of(office: Office) -> str:
    """The office's full name as it is set now."""
    with office.read() as session:
        return settings_of(session).name


IDLE_MINUTES = 15
"""Where an office has set nothing: longer than a telephone call, shorter than a meeting."""


def idle_minutes(office: Office, session: Session) -> int:
    """After how many minutes a window locks by itself; 0: never, as a demonstration that has set nothing."""
    said = settings_of(session).idle_minutes
    return int(said) if said else 0 if office.demonstration else IDLE_MINUTES


def lacking(settings: Settings, paper: str) -> tuple[str, ...]:
    """The settings that a kind of paper needs and that are not set."""
    return tuple(each.key for each in SETTINGS if paper in each.needed_by and not getattr(settings, each.key))


def missing(settings: Settings) -> tuple[str, ...]:
    """The settings without which some kind of paper can't be issued."""
    wanted = {key for paper in PAPERS for key in lacking(settings, paper)}
    return tuple(key for key in KEYS if key in wanted)


def needed(who: Who, paper: str) -> Settings:
    """The settings that a kind of paper needs.

    Raises:
        Refused: `refused.settings_missing`, with everything that is missing.
    """
    settings = who.once(settings_of)
    lacks = lacking(settings, paper)
    if lacks:
        raise Refused("refused.settings_missing", setting=lacks)
    return settings


@act("set_office")
def set_office(turn: Turn, settings: Mapping[str, str], reason: str) -> None:
    """Set what the office says of itself on its papers; an empty value takes a setting back.

    What is as it was is passed over. Letters that were issued stay as they are.

    Raises:
        Refused: `refused.no_such_setting`, `refused.setting_form`, `refused.uncovered`,
            `refused.nothing_to_set`, `refused.reason_missing`.
    """
    turn.must_say(reason)
    now = settings_of(turn.session)
    changes = {key: _value(turn.office, key, said) for key, said in settings.items()}
    changes = {key: value for key, value in changes.items() if value != getattr(now, key)}
    if not changes:
        raise Refused("refused.nothing_to_set")
    rows = [
        OfficeSetting(key=key, value=value, reason=reason, at=turn.at, person_id=turn.person.id)
        for key, value in changes.items()
    ]
    turn.session.add_all(rows)
    turn.session.flush()
    turn.subject = "office"
    turn.changed("office_setting", *(row.id for row in rows))
    turn.note(reason=reason)
    turn.tell(settings=changes)


def _value(office: Office, key: str, said: str) -> str:
    """A value as it is kept: without blanks at its ends, on one line, in characters that can be drawn."""
    setting = next((each for each in SETTINGS if each.key == key), None)
    if setting is None:
        raise Refused("refused.no_such_setting", key=key, known=KEYS)
    value = " ".join(said.split())
    if value and (len(value) > LONGEST or not re.fullmatch(setting.form or ".*", value)):
        raise Refused("refused.setting_form", setting=key, value=value[:LONGEST], form=key)
    require(office, value)
    return value


def history(session: Session) -> tuple[Said, ...]:
    """Everything that was ever set, the last first."""
    rows = (
        select(OfficeSetting, called())
        .join(Person, col(Person.id) == col(OfficeSetting.person_id))
        .order_by(col(OfficeSetting.id).desc())
    )
    return tuple(Said(row.key, row.value, row.reason, row.at, name) for row, name in session.execute(rows))
