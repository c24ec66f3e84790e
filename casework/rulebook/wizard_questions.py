"""The short questionnaire of ``policy new``: what is paid, to whom, how much, up to what, from when.

Each question has a name, under which an answer can also be given in a file or as an option. The answers make
the rows of a pack (`casework.rulebook.pack_wizard`); what no question asks is written in the text afterwards.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import words
from casework.core.refused import Called, Refused
from casework.rulebook.pack_wizard import Answers, Row, row
from casework.rulebook.wizard_asks import KINDS
from casework.rulebook.wizard_cells import typed
from rules.facts import FactError, read_rate
from rules.money import MoneyError, grouped, parse


class Question(NamedTuple):
    """One question: the name of its answer, the kind of cell, and what is taken where it is left blank."""

    name: str
    kind: str = "text"
    default: str = ""
    needed: bool = False
    choices: tuple[str, ...] = ()


QUESTIONS = (
    Question("id", "id", needed=True),
    Question("version", needed=True),
    Question("title", needed=True),
    Question("title_en"),
    Question("document", needed=True),
    Question("document_title"),
    Question("grade", "choice", "A", choices=("A", "B", "C", "made-up")),
    Question("from", "date", needed=True),
    Question("until", "date"),
    Question("force_article", needed=True),
    Question("mode", "choice", "quota", choices=("quota", "offset", "afterwards")),
    Question("payee", "choice", "buyer", choices=("buyer", "provider")),
    Question("article", needed=True),
    Question("rate", "rate"),
    Question("up_to", "choice", "no", choices=("yes", "no")),
    Question("fixed", "money"),
    Question("bands", "bands"),
    Question("costs", "costs"),
    Question("startup_rate", "rate"),
    Question("startup_months", "whole", "12"),
    Question("kinds", "names"),
    Question("at_least", "money"),
    Question("unrelated", "choice", "no", choices=("yes", "no")),
    Question("admitted", "choice", "no", choices=("yes", "no")),
    Question("window_from", "moment"),
    Question("window_until", "moment"),
    Question("condition_article"),
    Question("cap", "money"),
    Question("cap_contract", "money"),
    Question("cap_applicant", "money"),
    Question("cap_article"),
    Question("ceiling", "rate"),
    Question("ceiling_article"),
    Question("budget", "money"),
    Question("order", "choice", "first_come", choices=("first_come", "pro_rata")),
    Question("short", "choice", "rest", choices=("rest", "nothing", "stop")),
    Question("budget_article"),
    Question("floor", "money"),
    Question("round_to", "money"),
    Question("publicity_days", "whole"),
    Question("validity_months", "whole"),
)
"""The questions in the order in which they are asked."""
_WORTHS = ("rate", "fixed", "bands", "costs")
_ARTICLES = ("condition_article", "cap_article", "ceiling_article", "budget_article")


def answered(said: Mapping[str, str]) -> Answers:
    """The rows of a pack that the answers make.

    Raises:
        Refused: `policy.new_unknown`: a name that is no question; `policy.new_bad`: an answer that can't be
            read; `policy.new_lacks`: answers that are missing; `policy.new_worth`: none or two ways of
            saying what is paid.
    """
    answers = _read(said)
    lacks = tuple(question.name for question in QUESTIONS if question.needed and not answers[question.name])
    if lacks:
        raise Refused("policy.new_lacks", names=lacks)
    worths = tuple(name for name in _WORTHS if answers[name])
    if len(worths) != 1 or (answers["startup_rate"] and worths != ("rate",)):
        raise Refused("policy.new_worth", names=worths or ("-",))
    for name in _ARTICLES:
        answers[name] = answers[name] or answers["article"]
    return Answers(tuple(_rows(answers)))


def read_answer(question: Question, text: str) -> str:
    """One answer as its cell.

    Raises:
        Refused: `policy.new_bad`.
    """
    cell = text.strip() if question.kind == "costs" else typed(question.kind, text)
    if (cell and not _GOOD.get(question.kind, bool)(cell)) or (
        question.choices and cell not in ("", *question.choices)
    ):
        raise Refused("policy.new_bad", name=question.name, value=text, asked=_asked(question))
    return cell or question.default


def _asked(question: Question) -> Called:
    """The question in words, with an example of what the words do not show."""
    told = []
    for lang in words.LANGUAGES:
        ask = words.say(f"wizard.ask.{question.name}", lang)
        like = f"wizard.hint.{question.kind}"
        if question.kind in ("date", "moment"):
            ask = words.say("wizard.ask_like", lang, ask=ask, like=words.say(like, lang))
        told.append(ask)
    return Called(question.name, *told)


def _read(said: Mapping[str, str]) -> dict[str, str]:
    by_name = {question.name: question for question in QUESTIONS}
    for name in said:
        if name not in by_name:
            raise Refused("policy.new_unknown", name=name, known=tuple(by_name))
    return {name: read_answer(question, said.get(name, "")) for name, question in by_name.items()}


def _is_money(cell: str) -> bool:
    try:
        return parse(cell) >= 0
    except MoneyError:
        return False


def _is_rate(cell: str) -> bool:
    try:
        return read_rate(cell) <= 1_000_000
    except FactError:
        return False


def _is_bands(cell: str) -> bool:
    bands = [band.rpartition(": ") for band in cell.split("; ")]
    ends = [end for end, colon, _ in bands if colon]
    return (
        len(ends) == len(bands) - 1
        and all(map(_is_money, ends))
        and all(_is_rate(rate) for *_, rate in bands)
    )


def _is_costs(cell: str) -> bool:
    return all(
        part[0] and len(part) in (2, 3) and _is_rate(part[1]) and all(map(_is_money, part[2:]))
        for part in _costs(cell)
    )


_GOOD: Mapping[str, Callable[[str], object]] = {
    "money": _is_money,
    "rate": _is_rate,
    "bands": _is_bands,
    "costs": _is_costs,
    "whole": str.isdecimal,
    "date": re.compile(r"\d{4}-\d{2}-\d{2}\Z").match,
    "moment": re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?\Z").match,
    "id": re.compile(r"[a-z][a-z0-9_]*(-[a-z0-9_]+)*\Z").match,
}
"""What an answer of a kind must look like, once it is a cell."""


def _costs(text: str) -> list[list[str]]:
    """Kinds of cost: title, rate, and the most that counts, as cells."""
    found = []
    for part in re.split(r"[;；]", text):
        title, *figures = [each.strip() for each in re.split(r"[:：]", part)]
        if part.strip():
            kinds = zip(("rate", "money", "text"), figures, strict=False)
            found.append([title, *(typed(kind, each) for kind, each in kinds)])
    return found


# -- the rows of a pack ----------------------------------------------------------------------------------


def _rows(said: Mapping[str, str]) -> Iterator[Row]:
    top = ("id", "version", "title", "title_en", "document", "document_title", "grade", "mode", "payee")
    force = {
        "in_force.from": said["from"],
        "in_force.until": said["until"],
        "in_force.article": said["force_article"],
    }
    yield row("", {**{name: said[name] for name in top}, **force})
    costs = _costs(said["costs"])
    for number, (title, *_) in enumerate(costs, 1):
        yield row("fact", {"id": f"cost_{number}", "title": title, "type": "money", "default": "0"})
    yield from _conditions(said)
    yield from _tiers(said)
    for number, (title, rate, *limit) in enumerate(costs, 1):
        cells = {"id": f"line_{number}", "title": title, "fact": f"cost_{number}", "rate": rate}
        yield row("line", {**cells, "limit": limit[0] if limit else "", "article": said["article"]})
    base = {"needed": "false"} if said["fixed"] else {} if costs else {"fact": "contract_amount"}
    yield row("base", {**base, "article": said["article"]})
    yield from _limits(said, "base" if costs else "contract_amount")
    yield from _money(said)
    if said["fixed"]:
        yield row("waiver", {"check": "above_base", "article": said["article"]})


def _conditions(said: Mapping[str, str]) -> Iterator[Row]:
    kinds = [_word(f"choice.{kind}") if kind in KINDS else kind for kind in said["kinds"].split(", ")]
    amount = grouped(parse(said["at_least"])).removesuffix(".00") if said["at_least"] else ""
    window = {"from": said["window_from"], "until": said["window_until"], "round_window": "true"}
    for wanted, name, title, cells in (
        (said["kinds"], "kind", _title("kinds", kinds="、".join(kinds)),
         {"fact": "applicant_kind", "one_of": said["kinds"]}),
        (said["window_from"] or said["window_until"], "window", _title("window"),
         {"fact": "applied_at", **window}),
        (said["at_least"], "threshold", _title("at_least", amount=amount),
         {"fact": "leased_in_year", "at_least": said["at_least"]}),
        (said["unrelated"] == "yes", "unrelated", _title("unrelated"), {"fact": "related_party", "is": "no"}),
        (said["admitted"] == "yes", "admitted", _title("admitted"),
         {"fact": "provider_admitted", "is": "yes"}),
    ):  # fmt: skip
        if wanted:
            article = {"article": said["condition_article"]}
            yield row("condition", {"id": name, "title": title, **cells, **article})


def _tiers(said: Mapping[str, str]) -> Iterator[Row]:
    article = {"article": said["article"]}
    up_to = {"up_to": "true" if said["up_to"] == "yes" and said["rate"] else ""}
    if said["startup_rate"]:
        when = {"when.fact": "applied_at", "when.after": "founded_on"}
        when["when.less_than_months"] = said["startup_months"]
        cells = {"id": "startup", "title": _title("startup"), **when, "rate": said["startup_rate"]}
        yield row("tier", {**cells, **up_to, **article})
    title = _title("others" if said["startup_rate"] else "general")
    worth = {name: said[name] for name in ("rate", "fixed", "bands")}
    lines = {"lines": "all" if said["costs"] else ""}
    yield row(
        "tier", {"id": "general", "title": title, "otherwise": "true", **worth, **lines, **up_to, **article}
    )


def _limits(said: Mapping[str, str], whole: str) -> Iterator[Row]:
    if said["floor"]:
        cells = {"id": "least_award", "title": _title("floor"), "on": "award", "at_least": said["floor"]}
        yield row("floor", {**cells, "how": "refuse", "article": said["article"]})
    if said["ceiling"]:
        cells = {"id": "in_all", "title": _title("ceiling"), "how": "ceiling", "share": said["ceiling"]}
        yield row("stacking", {**cells, "of": whole, "article": said["ceiling_article"]})
    for name, per in (("cap", ""), ("cap_contract", "contract"), ("cap_applicant", "applicant, year")):
        if said[name]:
            cells = {
                "id": {"cap": "each"}.get(name, name.removeprefix("cap_")),
                "limit": said[name],
                "per": per,
            }
            cells["before"] = "awarded_before" if name == "cap_applicant" else ""
            yield row("cap", {**cells, "title": _title(name), "article": said["cap_article"]})


def _money(said: Mapping[str, str]) -> Iterator[Row]:
    if said["budget"]:
        shared = said["order"] == "pro_rata"
        how = {"residual": "largest_remainder"} if shared else {"exceeded": said["short"]}
        cells = {"amount": said["budget"], "per": "year", "order": said["order"], **how}
        yield row("budget", {**cells, "article": said["budget_article"]})
    if said["round_to"]:
        yield row(
            "rounding", {"where": "end", "unit": said["round_to"], "mode": "down", "article": said["article"]}
        )
    terms = {
        f"{name}.{key}": cell
        for name in ("publicity_days", "validity_months")
        if said[name]
        for key, cell in (("value", said[name]), ("article", said["article"]))
    }
    if terms:
        yield row("office", terms)


def _word(code: str) -> str:
    return words.say(code, "zh")


def _title(name: str, **params: object) -> str:
    """How a rule is called: packs are written in Chinese."""
    return words.say(f"wizard.title.{name}", "zh", **params)
