import pytest

import words
from casework.core.refused import Refused
from cli.trouble import Trouble, tell
from models.faults import OfficeFault
from papers.reading.unreadable import Unreadable


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_rooms_errors_say_what_is_wrong_in_their_own_words(lang: str) -> None:
    assert tell(Trouble("cli.no_user"), lang) == ("cli.no_user", words.say("cli.no_user", lang))
    refused = Refused("refused.no_such_case", case="1")
    assert tell(refused, lang).sentence == words.say("refused.no_such_case", lang, case="1")
    fault = OfficeFault("office.exists", path="a.db")
    assert tell(fault, lang).sentence == words.say("office.exists", lang, path="a.db")
    assert tell(Unreadable("encrypted"), lang) == ("encrypted", words.say("import.file.encrypted", lang))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (FileNotFoundError(2, "No such file", "a.csv"), "cli.no_file"),
        (PermissionError(13, "Permission denied", "a.csv"), "cli.no_permission"),
        (IsADirectoryError(21, "Is a directory", "a"), "cli.is_folder"),
        (OSError(28, "No space left on device", "a.csv"), "cli.disk_full"),
        (OSError(30, "Read-only file system", "a.csv"), "cli.read_only_disk"),
        (OSError(107, "Transport endpoint is not connected", "a.csv"), "cli.system"),
        (OSError(5, "Input/output error"), "cli.machine"),
        (NotADirectoryError("a bug in a library"), "cli.bug"),
        (KeyboardInterrupt(), "cli.interrupted"),
        (ZeroDivisionError("division by zero"), "cli.bug"),
        (Refused("refused.no_sentence_for_this"), "cli.bug"),
    ],
)
def test_files_and_bugs(error: BaseException, code: str) -> None:
    told = tell(error, "en")
    assert told.code == code
    assert "\n" not in told.sentence
    if code == "cli.no_file":
        assert "a.csv" in told.sentence
