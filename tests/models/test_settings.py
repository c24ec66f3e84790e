"""Settings of the office, deliveries, and what a letter answers."""

import pytest
from sqlalchemy.exc import DatabaseError

from models.settings import DELIVERY_METHODS
from tests.models.filler import Filler


def test_a_setting_can_be_said_again_and_both_stay(fill: Filler) -> None:
    fill("office_setting", key="court", value="甲人民法院")
    fill("office_setting", key="court", value="")
    count = fill.connection.exec_driver_sql("SELECT count(*) FROM office_setting WHERE key = 'court'")
    assert count.scalar_one() == 2


def test_a_delivery_names_one_of_the_known_ways(fill: Filler) -> None:
    for method in DELIVERY_METHODS:
        fill("delivery", method=method)
    with pytest.raises(DatabaseError, match="ck_delivery_method"):
        fill("delivery", method="owl")


def test_a_letter_has_one_subject(fill: Filler) -> None:
    subject = fill("letter_subject")
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("letter_subject", letter_id=subject["letter_id"])
    with pytest.raises(DatabaseError, match="ck_letter_subject_one"):
        fill("letter_subject", letter_id=fill("letter")["id"], void_letter_id=subject["letter_id"])
