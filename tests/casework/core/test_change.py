"""What an act answers."""

from casework.core.change import Change


def test_a_change_comes_back_as_it_was_but_for_being_repeated() -> None:
    change = Change("approve", {"application": (7,), "voucher": ("A",)}, {"award_fen": 5, "number": "券"}, 12)
    again = Change.again(change.text())
    assert again == Change("approve", change.ids, change.facts, 12, repeated=True)
    assert again.kinds == {"application", "voucher"}
