"""Applications entered for lists, by the act that enters them."""

import datetime
from typing import Any

from casework.core.office import Office
from casework.founding.made_up_applications import credit_code
from casework.intake import counter_entry

DAY = datetime.datetime(2026, 5, 6, 9, 0)


def enter(office: Office, name: str, case: str, **facts: Any) -> None:
    """Enter an application; what is not given is plain."""
    number = int(case[-6:])
    said = {
        "applicant": credit_code("440399", number),
        "applicant_name": name,
        "applicant_kind": "enterprise",
        "applied_at": DAY + datetime.timedelta(hours=number),
        "contract_no": f"HT-2026-{number:04d}",
        "contract_amount": 100_000_00 * number,
        "district": "南山区",
        "provider": "湾畔云",
        **facts,
    }
    counter_entry.submit(office, "officer", said, case=case)
