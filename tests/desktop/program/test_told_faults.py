"""Before anybody is at a desk, too, a fault is a sentence and a bug is a bug."""

import pytest

from casework.core.refused import Refused
from desktop.kit.language import speak
from desktop.program.told_faults import said
from models.faults import OfficeFault


def test_what_a_person_or_the_machine_did_has_its_sentence() -> None:
    speak("zh")
    assert said(Refused("refused.passwords_same")) == Refused("refused.passwords_same").say("zh")
    assert "a.office" in said(OSError(28, "No space left on device", "a.office"))
    assert "a.office" in said(OfficeFault("office.not_found", path="a.office"))


def test_a_bug_stays_one() -> None:
    with pytest.raises(ZeroDivisionError):
        said(ZeroDivisionError())
