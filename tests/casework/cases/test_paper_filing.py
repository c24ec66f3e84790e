"""Papers by their hash."""

import pytest

from casework.cases import paper_filing
from casework.core.refused import Refused
from models import Content, Paper
from tests.casework.desk import Desk


def test_a_paper_is_kept_once_and_found_on_another_case(desk: Desk) -> None:
    before = len(desk.rows(Content))
    first, second = desk.submit(), desk.submit(contract_no="HT-2")
    paper_filing.add_paper(desk.office, "officer", first, "contract", "合同.pdf", b"%PDF one")
    change = paper_filing.add_paper(desk.office, "officer", second, "contract", "同一合同.pdf", b"%PDF one")
    assert change.facts["also_on"] == [first]
    assert len(desk.rows(Content)) == before + 1 and len(desk.rows(Paper)) == 2


def test_an_empty_paper_is_none(desk: Desk) -> None:
    with pytest.raises(Refused, match="paper_size"):
        paper_filing.add_paper(desk.office, "officer", desk.submit(), "contract", "空.pdf", b"")


def test_a_kind_that_there_is_not_is_refused(desk: Desk) -> None:
    case = desk.submit()
    with pytest.raises(Refused) as refused:
        paper_filing.add_paper(desk.office, "officer", case, "contracts", "合同.pdf", b"%PDF one")
    assert (refused.value.code, refused.value.params["kind"]) == ("refused.no_such_paper_kind", "contracts")
    assert desk.rows(Paper) == []
