"""What the rules of the office forbid."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import words
from words import machine

T = TypeVar("T")

AT_ONCE = 8
"""Different refusals that are told at once."""

WORDED = ("act", "state", "role", "side", "setting", "form", "proposal", "field")
"""Parameters that are themselves codes, one or several: `state="approved"` is said as `state.approved`."""


TYPED = ("act", "role", "side", "setting", "field")
"""Those of them that people type too; where one types ids, each stands behind its title."""

KNOWN = {
    "refused.no_such_field": "field",
    "refused.no_such_setting": "setting",
    "refused.no_such_paper_kind": "paper.kind",
    "refused.no_such_method": "delivery.method",
    "refused.no_such_stage": "state",
    "refused.no_such_side": "side",
    "refused.no_such_role": "role",
    "refused.no_such_outcome": "case.status",
    "refused.no_such_unit": "unit",
    "refused.no_such_defect": "defect",
    "refused.ledger_kind": "ledger.kind",
}
"""What a refusal's list of what there is (`known`) is made of, and so where its words stand."""


class Called(str):
    """An id with what people call it: it is compared, stored and typed as the id, and told by its name."""

    zh: str
    en: str

    def __new__(cls, id_: str, zh: str, en: str = "") -> "Called":
        """The id, and its names in both languages (the Chinese one where there is no English)."""
        made = super().__new__(cls, id_)
        made.zh, made.en = zh, en or zh
        return made

    def say(self, lang: str) -> str:
        """The name."""
        return self.zh if lang == "zh" else self.en


class Refused(Exception):
    """An act can't be done: `code` (`refused.state`) with `params` says what is wrong and what to do.

    It is for what a person can cause and mend; everything else that goes wrong is a bug and stays one.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def say(self, lang: str = words.DEFAULT) -> str:
        """The sentence."""
        return self._said(self._called(), lang)

    def say_with_ids(self, lang: str = words.DEFAULT) -> str:
        """The sentence for who types ids: behind each name stands the id it goes by."""
        return self._said({name: _beside(value, lang) for name, value in self._called().items()}, lang)

    def _called(self) -> dict[str, Any]:
        """The parameters, with what people type by their titles."""
        kinds = {
            **{name: name for name in TYPED},
            **({"known": KNOWN[self.code]} if self.code in KNOWN else {}),
        }
        return {
            name: _titled(kinds[name], value) if name in kinds else value
            for name, value in self.params.items()
        }

    def _said(self, params: Mapping[str, Any], lang: str) -> str:
        said = {name: _worded(name, value, lang) for name, value in params.items()}
        if "finding" in said:
            said["finding"] = finding(self.params["finding"], self.params["with"], lang)
        return words.say(self.code, lang, **said)


def _titled(kind: str, value: Any) -> Any:
    """A code, or several, with its title in both languages; as it is where it has none."""
    if isinstance(value, tuple):
        return tuple(_titled(kind, each) for each in value)
    code = f"{kind}.{value}"
    if type(value) is not str or not all(words.has(code, lang) for lang in ("zh", "en")):
        return value
    return Called(value, words.say(code, "zh"), words.say(code, "en"))


def _beside(value: Any, lang: str) -> Any:
    if type(value) is tuple:  # not what is a tuple with a sentence of its own
        return tuple(_beside(each, lang) for each in value)
    if type(value) is Refused:  # one with a sentence of its own tells itself
        return Refused(value.code, **{name: _beside(each, lang) for name, each in value.params.items()})
    if isinstance(value, Called) and value.say(lang) != value:
        return words.say("cli.beside", lang, title=value.say(lang), id=str(value))
    return value


def of_the_machine(error: BaseException) -> Refused | None:
    """What the machine did to the office or to a file (full, read-only, gone, busy, no right), as a refusal
    with its sentence; None for any other error, which is a bug."""
    from models.faults import OfficeFault  # late: a command that needs no database starts without it

    if isinstance(error, OfficeFault):
        return Refused(error.code, **error.params)
    found = machine.fault(error) if isinstance(error, OSError) else None
    return None if found is None else Refused(found[0], **found[1])


def all_at_once(refusals: Sequence[Refused]) -> None:
    """Refuse for everything that stands in the way, so that a person mends all of it and then comes back.

    Raises:
        Refused: the only one as it is; `refused.several` with the sentences of several.
    """
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise Refused("refused.several", each=tuple(refusals))


def every(asks: Iterable[Callable[[], T]]) -> list[T]:
    """What all of these answer; where some refuse, all that refuse are told at once, the same only once.

    Raises:
        Refused: the only one as it is; `refused.several` with the first `AT_ONCE` of several.
    """
    answers: list[T] = []
    refusals: dict[str, Refused] = {}
    for ask in asks:
        try:
            answers.append(ask())
        except Refused as refusal:
            refusals.setdefault(repr((refusal.code, refusal.params)), refusal)
            if len(refusals) == AT_ONCE:
                break
    all_at_once(list(refusals.values()))
    return answers


def _worded(name: str, value: Any, lang: str) -> Any:
    if hasattr(value, "say"):
        return value.say(lang)  # a thing that tells itself
    if name == "each":
        return ("" if lang == "zh" else " ").join(one.say(lang) for one in value)
    if isinstance(value, tuple) and value and all(hasattr(each, "say") for each in value):
        return tuple(each.say(lang) for each in value)  # things that tell themselves
    if isinstance(value, tuple):
        return tuple(_worded(name, each, lang) for each in value)
    code = f"{name}.{value}"
    return words.say(code, lang) if name in WORDED and words.has(code, lang) else value


def finding(code: str, other: str, lang: str) -> str:
    """A finding in words, by its code and the other thing that it names (a field by its title); the bare code
    without a sentence."""
    said, field = f"finding.{code}", f"field.{other}"
    named = words.say(field, lang) if words.has(field, lang) else other
    return words.say(said, lang, **{"with": named}) if words.has(said, lang) else code
