"""What an applicant says, as facts of an application: no more than is needed, and everything."""

import datetime
from typing import Any

from sqlmodel import Session

from casework.cases import versions
from casework.cases.said_values import said_of

SAID = said_of({
    "applied_at": datetime.datetime(2026, 5, 20, 9, 30),
    "applicant_name": "甲公司",
    "applicant": "91440300MA50050230",
    "contract_amount": 100,
    "related_party": False,
})  # fmt: skip

FULL = said_of({
    **SAID, "applicant_kind": "enterprise", "founded_on": datetime.date(2020, 3, 1), "district": "南山区",
    "contact": "王某", "phone": "13800000000", "provider": "湾畔云计算", "provider_admitted": True,
    "service": "智能算力租赁", "contract_no": "HT-1", "signed_on": datetime.date(2026, 4, 1),
    "starts_on": datetime.date(2026, 5, 1), "ends_on": datetime.date(2027, 4, 30), "net_amount": 94,
    "leased_in_year": 200, "other_national": 1, "other_city": 2, "other_district": 3, "other_support": 6,
    "other_source": "区", "awarded_before": 0, "purpose": "训练", "bank": "某行", "account": "622",
})  # fmt: skip


def differences(session: Session, application_id: int, before: int, after: int) -> list[tuple[str, Any, Any]]:
    """What counts otherwise in another version: the field, what it was and what it is."""
    old, new = (versions.said(versions.of(session, application_id, number)) for number in (before, after))
    names = dict.fromkeys((*old, *new))
    return [(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]
