"""Papers that come with an application: kept once by their hash, and found again on another case."""

import hashlib

from sqlalchemy import select
from sqlmodel import Session, col

from casework.cases import looking
from casework.cases.paper_kinds import KINDS
from casework.core.act import Turn, act
from casework.core.refused import Refused
from casework.core.stored_files import MOST_BYTES, store_content
from models import Application, Paper


@act("add_paper")
def add_paper(
    turn: Turn, case: str, kind: str, name: str, body: bytes, media: str = "application/pdf"
) -> None:
    """File a paper with a case. The same file on another case is told: it may be in order, or not."""
    application = turn.case(case)
    if kind not in KINDS:
        raise Refused("refused.no_such_paper_kind", kind=kind, known=KINDS)
    if not body or len(body) > MOST_BYTES:
        raise Refused("refused.paper_size", size=len(body), most=MOST_BYTES)
    name = bare_name(name)
    sha256 = hashlib.sha256(body).hexdigest()
    store_content(turn.session, sha256, media, body)
    others = also_on(turn.session, sha256, application.id)
    row = Paper(
        application_id=application.id,
        kind=kind,
        name=name,
        content_sha256=sha256,
        received_at=turn.at,
        person_id=turn.person.id,
    )
    turn.session.add(row)
    turn.session.flush()
    turn.changed("paper", row.id)
    if others:
        looking.again(turn, application)
    turn.note(kind=kind, sha256=sha256)
    turn.tell(paper=row.id, also_on=others)


def bare_name(name: str) -> str:
    """The name of a file without the folders before it, which are somebody else's and lead anywhere.

    Raises:
        Refused: `refused.paper_name`: nothing is left of it.
    """
    bare = name.replace("\\", "/").rpartition("/")[2].lstrip(".").replace(":", "-").strip()
    if not bare:
        raise Refused("refused.paper_name", name=name)
    return bare


def also_on(session: Session, sha256: str, application_id: int) -> list[str]:
    """The other cases, by number, that the same file was filed with."""
    elsewhere = (
        select(col(Application.case_no))
        .join(Paper, col(Paper.application_id) == col(Application.id))
        .where(col(Paper.content_sha256) == sha256, col(Application.id) != application_id)
        .distinct()
    )
    return list(session.execute(elsewhere).scalars())
