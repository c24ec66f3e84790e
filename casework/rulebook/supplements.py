"""Supplements (补充规定): whatever a pack leaves unset is set by one person and confirmed by another.

What was decided before stays as it was, since each decision names the bytes it was decided under.
"""

import datetime

import models
from casework.core.act import Turn, act
from casework.core.calendar import must_be_interval
from casework.core.given_words import says_something
from casework.core.refused import Called, Refused
from casework.rulebook import second_person, term_values
from casework.rulebook.in_force import OF_A_SOURCE
from casework.rulebook.packs import find
from casework.rulebook.rule_titles import pack_called, parameter_called
from casework.rulebook.term_values import TERM_VALUES
from rules.faults import PackFaults
from rules.pack import Pack, load
from rules.parts import UnsetParameter
from rules.policy import Policy, Supplement, settled_value


@act("propose_supplement")
def propose_supplement(
    turn: Turn,
    pack: str,
    parameter: str,
    value: str,
    source: str,
    from_on: datetime.date | None = None,
    until_on: datetime.date | None = None,
) -> None:
    """Propose what an unset parameter of a pack (`id@version`) is set to, from a day (today, where none is
    given).

    `value` is the id of a reading or a value of the parameter's kind; `source` says which act of the
    office, with its date, it rests on.
    """
    row = find(turn.session, pack)
    if not says_something(source):
        raise Refused("refused.source_missing")
    grade = "made-up" if turn.office.demonstration else "office"
    starts = from_on or turn.today
    must_be_interval(starts, until_on)
    stated = Supplement(row.scheme, parameter, value, starts, until_on, source, grade)
    must_fit(load(bytes(row.canonical).decode()), stated)
    made = models.Supplement(
        pack_id=row.id,
        parameter=parameter,
        value=value,
        from_on=starts,
        until_on=until_on,
        source=source,
        canonical=stated.canonical,
        sha256=stated.sha256,
        proposed_by_id=turn.person.id,
        proposed_at=turn.at,
    )
    propose(turn, pack, made)


def propose(turn: Turn, pack: str, made: models.Supplement) -> None:
    """Store what one person proposes beside a pack (`id@version`), for another to confirm."""
    turn.session.add(made)
    turn.session.flush()
    turn.subject = f"pack {pack}"
    turn.changed("supplement", made.id)
    turn.note(parameter=made.parameter, value=made.value, sha256=made.sha256)
    turn.tell(supplement=made.id)


def must_fit(pack: Pack, stated: Supplement) -> None:
    """Refuse a value that a pack can't take for what it leaves unset.

    Raises:
        Refused: `refused.no_such_parameter`, `refused.no_such_value`.
    """
    parameter = pack.parameter(stated.parameter)
    if parameter is None:
        known = tuple(parameter_called(pack, each.id) for each in pack.unset)
        asked, named = stated.parameter, pack_called(pack)
        raise Refused("refused.no_such_parameter", parameter=asked, pack=named, known=known)
    called = parameter_called(pack, parameter.id)
    values = TERM_VALUES.get(parameter.id, ())
    if values and not parameter.readings and stated.value not in values:
        readings = term_values.called(parameter.id)
        raise Refused("refused.no_such_value", parameter=called, value=stated.value, readings=readings)
    try:
        settled = settled_value(parameter, stated.value)
        Policy(pack, [stated])
    except PackFaults as fault:
        raise _no_such_value(parameter, called, stated.value) from fault
    if term_values.too_little(parameter, settled):
        raise _no_such_value(parameter, called, stated.value)


def _no_such_value(parameter: UnsetParameter, called: str, value: str) -> Refused:
    readings = tuple(Called(one.id, one.title, one.title_en) for one in parameter.readings)
    known = readings or term_values.wanted(parameter)
    return Refused("refused.no_such_value", parameter=called, value=value, readings=known)


@act("confirm_supplement")
def confirm_supplement(turn: Turn, supplement: int) -> None:
    """Put a proposed supplement in force: by another person. It takes the place of an earlier one.

    Raises:
        Refused: what `second_person.must` refuses; as `propose_supplement`, where the version's text has
            become another since.
    """
    row = _supplement(turn, supplement)
    second_person.must(turn, turn.act, row, _named(turn, row))
    _must_fit_still(turn, row)
    row.state, row.confirmed_by_id, row.confirmed_at = "confirmed", turn.person.id, turn.at
    turn.note(parameter=row.parameter, value=row.value, sha256=row.sha256)


@act("reject_supplement")
def reject_supplement(turn: Turn, supplement: int, reason: str) -> None:
    """Turn a proposed supplement down, with the reason."""
    row = _supplement(turn, supplement)
    second_person.must(turn, turn.act, row, _named(turn, row))
    turn.must_say(reason)
    row.state = "rejected"
    turn.note(parameter=row.parameter, value=row.value, reason=reason)


@act("revoke_supplement")
def revoke_supplement(turn: Turn, supplement: int, reason: str, from_on: datetime.date | None = None) -> None:
    """Revoke a supplement from a day (today, where none is given): the parameter is unset again."""
    row = _supplement(turn, supplement)
    second_person.must(turn, turn.act, row, _named(turn, row))
    turn.must_say(reason)
    row.state, row.revoked_by_id, row.revoked_at = "revoked", turn.person.id, turn.at
    row.revoked_from_on = from_on or turn.today
    turn.note(reason=reason, from_on=row.revoked_from_on)


def _must_fit_still(turn: Turn, row: models.Supplement) -> None:
    """Refuse what the version's text, as it stands now, could not be given (it may have been rejected and
    another adopted under the same version); what records a source sets nothing."""
    if row.parameter.startswith(OF_A_SOURCE):
        return
    proposed_of = turn.session.get_one(models.Pack, row.pack_id)
    stands = find(turn.session, f"{proposed_of.scheme}@{proposed_of.version}")
    grade = "made-up" if turn.office.demonstration else "office"
    stated = Supplement(stands.scheme, row.parameter, row.value, row.from_on, row.until_on, row.source, grade)
    must_fit(load(bytes(stands.canonical).decode()), stated)


def _named(turn: Turn, row: models.Supplement) -> str:
    """What a supplement sets, by its title; what records a source has only its number."""
    pack = load(bytes(turn.session.get_one(models.Pack, row.pack_id).canonical).decode())
    named = parameter_called(pack, row.parameter)
    return named if isinstance(named, Called) else str(row.id)


def _supplement(turn: Turn, number: int) -> models.Supplement:
    row = turn.session.get(models.Supplement, number)
    if row is None:
        raise Refused("refused.no_such_supplement", supplement=number)
    pack = turn.session.get_one(models.Pack, row.pack_id)
    turn.subject = f"pack {pack.scheme}@{pack.version}"
    turn.changed("supplement", row.id)
    return row
