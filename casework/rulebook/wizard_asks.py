"""What the pack wizard can ask: the tables of a pack, the keys of each, and the usual ways of filling them.

Each table here is one of part 13 of ``docs/packs.md``, with those of its keys that a form can ask for. What
stands in none of these (tests joined by ``all`` and ``any``, sources of single keys, another limit for a
tier) is left to the text. A key inside another is named with a dot: ``when.less_than_months``.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from rules.facts import TYPES
from rules.faults import GRADES
from rules.parts import RESIDUALS
from rules.schema_names import UNSET_TYPES


class Ask(NamedTuple):
    """One key that can be asked: its kind (`casework.rulebook.wizard_cells`), and its words where it has
    some."""

    key: str
    kind: str = "text"
    choices: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The key, and those around it."""
        return tuple(self.key.split("."))


class Form(NamedTuple):
    """One usual way to fill a part of a table: the cells that it fixes, and the keys that it asks for."""

    name: str
    fixed: Mapping[str, str]
    asks: tuple[str, ...]


class Table(NamedTuple):
    """A table of a pack. ``many``: it may be there several times. ``parts``: its keys of which only one way
    is filled, each with its ways."""

    name: str
    many: bool
    asks: tuple[Ask, ...]
    parts: tuple[tuple[str, tuple[Form, ...]], ...] = ()

    @property
    def by_key(self) -> dict[str, Ask]:
        """The asks by their keys."""
        return {ask.key: ask for ask in self.asks}


def _form(name: str, asks: str = "", **fixed: str) -> Form:
    cells = {key.replace("__", "."): value for key, value in fixed.items()}
    return Form(name, MappingProxyType(cells), tuple(asks.split()))


_HEAD = (Ask("id", "id"), Ask("title"))
_ARTICLE = Ask("article")
_FLAG = ("true", "false")
_ROUNDED = ("down", "up", "half_up", "half_even")
KINDS = (
    "enterprise", "university", "research_institute", "public_institution", "social_organisation",
    "sole_trader", "government",
)  # fmt: skip
"""The usual kinds of applicants; a pack may name others."""
_TESTS = (
    _form("kinds", "one_of", fact="applicant_kind"),
    _form("window", "from until round_window", fact="applied_at"),
    _form("least", "fact at_least"),
    _form("most", "fact at_most"),
    _form("answer", "fact is"),
    _form("months", "fact after less_than_months at_least_months"),
    _form("days", "fact after at_most_days at_most_workdays"),
    _form("dates", "fact from until"),
    _form("known", "fact", known="true"),
)
_WHOM = (
    _form("otherwise", otherwise="true"),
    _form("startup", "when.less_than_months", when__fact="applied_at", when__after="founded_on"),
    _form("kinds", "when.one_of", when__fact="applicant_kind"),
    _form("answer", "when.fact when.is"),
)
_WORTH = (
    _form("rate", "rate up_to"),
    _form("fixed", "fixed"),
    _form("bands", "bands"),
    _form("lines", "lines"),
)
_BASES = (
    _form("one", "fact less"),
    _form("smallest", "smallest_of less"),
    _form("none", needed="false"),
    _form("lines"),
)
_ORDERS = (
    _form("first_come", "exceeded", order="first_come"),
    _form("ranked", "rank_by unfit", order="ranked"),
    _form("pro_rata", "residual unit share_mode", order="pro_rata"),
)

TABLES: tuple[Table, ...] = (
    Table(
        "",
        False,
        (
            Ask("id", "id"), Ask("version"), Ask("title"), Ask("title_en"), Ask("document"),
            Ask("document_title"), Ask("issuer"), Ask("bureau"), Ask("grade", "choice", GRADES),
            Ask("in_force.from", "date"), Ask("in_force.until", "date"), Ask("in_force.article"),
            Ask("chosen_by", "choice", ("applied_at", "signed_on")),
            Ask("mode", "choice", ("quota", "offset", "afterwards")),
            Ask("payee", "choice", ("buyer", "provider")),
        ),
    ),
    Table(
        "fact",
        True,
        (*_HEAD, Ask("type", "choice", TYPES), Ask("choices", "names"), Ask("default", "default"),
         Ask("known", "flag", _FLAG)),
    ),
    Table("sum", True, (*_HEAD, Ask("of", "terms"), Ask("price", "money"))),
    Table(
        "condition",
        True,
        (
            *_HEAD, Ask("fact", "fact"), Ask("one_of", "names"), Ask("from", "moment"),
            Ask("until", "moment"), Ask("round_window", "flag", _FLAG), Ask("at_least", "value"),
            Ask("at_most", "value"), Ask("is", "choice", ("yes", "no")), Ask("after", "fact"),
            Ask("less_than_months", "whole"), Ask("at_least_months", "whole"), Ask("at_most_days", "whole"),
            Ask("at_most_workdays", "whole"), Ask("known", "flag", _FLAG), _ARTICLE, Ask("evidence"),
        ),
        (("test", _TESTS),),
    ),
    Table(
        "tier",
        True,
        (
            *_HEAD, Ask("otherwise", "flag", _FLAG), Ask("when.fact", "fact"), Ask("when.after", "fact"),
            Ask("when.less_than_months", "whole"), Ask("when.one_of", "names"),
            Ask("when.is", "choice", ("yes", "no")), Ask("rate", "rate"), Ask("up_to", "flag", _FLAG),
            Ask("fixed", "money"), Ask("bands", "bands"), Ask("lines", "lines"), _ARTICLE,
        ),
        (("whom", _WHOM), ("worth", _WORTH)),
    ),
    Table(
        "line",
        True,
        (*_HEAD, Ask("fact", "fact"), Ask("rate", "rate"), Ask("limit", "money"), Ask("unit", "money"),
         Ask("mode", "choice", _ROUNDED), _ARTICLE),
    ),
    Table(
        "base",
        False,
        (Ask("fact", "fact"), Ask("smallest_of", "names"), Ask("less", "names"), Ask("needed", "flag", _FLAG),
         _ARTICLE),
        (("base", _BASES),),
    ),
    Table(
        "floor",
        True,
        (*_HEAD, Ask("on", "fact"), Ask("at_least", "money"), Ask("how", "choice", ("refuse", "raise")),
         _ARTICLE),
    ),
    Table(
        "stacking",
        True,
        (*_HEAD, Ask("how", "choice", ("exclude", "deduct", "ceiling")), Ask("facts", "names"),
         Ask("share", "rate"), Ask("of", "terms"), _ARTICLE),
    ),
    Table(
        "cap",
        True,
        (*_HEAD, Ask("limit", "money"), Ask("per", "names"), Ask("before", "fact"), Ask("price", "money"),
         _ARTICLE),
    ),
    Table(
        "budget",
        False,
        (
            Ask("amount", "money"), Ask("per", "choice", ("year", "quarter", "programme")),
            Ask("order", "choice", ("first_come", "ranked", "pro_rata")),
            Ask("exceeded", "choice", ("rest", "nothing", "stop")), Ask("rank_by", "ranks"),
            Ask("unfit", "choice", ("next", "rest", "stop")),
            Ask("residual", "choice", RESIDUALS),
            Ask("unit", "money"), Ask("share_mode", "choice", ("down", "half_up", "half_even")),
            Ask("carry_over", "flag", _FLAG), _ARTICLE,
        ),
        (("order", _ORDERS),),
    ),
    Table("funder", True, (*_HEAD, Ask("share", "rate"), Ask("odd", "flag", _FLAG), _ARTICLE)),
    Table(
        "rounding",
        True,
        (Ask("where", "choice", ("line", "step", "ceiling", "end")), Ask("unit", "money"),
         Ask("mode", "choice", _ROUNDED), _ARTICLE),
    ),
    Table(
        "unset",
        True,
        (*_HEAD, Ask("type", "choice", UNSET_TYPES), Ask("reading", "readings"), Ask("note")),
    ),
    Table(
        "office",
        False,
        tuple(
            Ask(f"{term}.{key}", kind)
            for term in ("publicity_days", "validity_months", "correction_days", "redemption_days")
            for key, kind in (("value", "whole"), ("article", "text"))
        ),
    ),
    Table(
        "waiver",
        True,
        (Ask("check", "choice", ("above_base", "above_rate", "more_is_less", "gap", "not_shown")), _ARTICLE,
         Ask("note")),
    ),
)  # fmt: skip
"""The tables in the order in which a new pack has them."""
BY_NAME: Mapping[str, Table] = MappingProxyType({table.name: table for table in TABLES})


def order_of(table: str) -> tuple[str, ...]:
    """The kinds of tables that stand before the next one of this kind."""
    names = [each.name for each in TABLES]
    return tuple(name for name in names[: names.index(table) + 1] if name)
