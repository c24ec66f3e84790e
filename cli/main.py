"""The console script ``voucher-desk``.

`run` is one run from its words to its exit status: 0 done and all well, 1 done and something is wrong with
what it looked at, 2 it can't be done. Sentences go to standard error, answers to standard output.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

import words
from cli import (
    acts,
    audit,
    calculate,
    founding,
    intake,
    lists,
    papers_out,
    policy,
    scenario,
    settings_read,
    upgrading,
    whatif,
)
from cli.face import Face
from cli.help import translate
from cli.told_facts import named
from cli.trouble import Told, Trouble, tell, usage

OPTIONS_WITH_VALUE = frozenset({"--office", "--user", "--lang"})
FLAGS = frozenset({"--json", "--debug"})
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Where none of these is set on Linux, Qt would end the program without a word."""

Office = Annotated[str | None, typer.Option("--office", metavar="OFFICE")]
User = Annotated[str | None, typer.Option("--user", metavar="NAME")]
AsJson = Annotated[bool, typer.Option("--json")]
Lang = Annotated[str | None, typer.Option("--lang", metavar="zh|en")]
Debug = Annotated[bool, typer.Option("--debug")]


def start(
    context: typer.Context,
    office: Office = None,
    user: User = None,
    as_json: AsJson = False,
    lang: Lang = None,
    debug: Debug = False,
) -> None:
    """The global options, before any command."""
    if lang is not None and lang not in words.LANGUAGES:
        raise Trouble("cli.no_such_language", lang=lang, languages=words.LANGUAGES)
    who = user if user is not None else os.environ.get("VOUCHER_DESK_USER", "")
    named = office or os.environ.get("VOUCHER_DESK_OFFICE", "")
    context.obj = Face(named, who, as_json, words.language(lang), debug)
    if context.invoked_subcommand is None:
        open_window(context)


def open_window(
    context: typer.Context,
    office: Annotated[str | None, typer.Argument(metavar="OFFICE")] = None,
    read_only: Annotated[bool, typer.Option("--read-only")] = False,
) -> int:
    """``open``: the window, until it is closed; with the office that was named, or asking for one."""
    face: Face = context.obj
    if sys.platform.startswith("linux") and not any(map(os.environ.get, SCREENS)):
        raise Trouble("cli.no_screen")
    from desktop.program.app import run as show

    return show(office or face.office or None, face.lang, read_only=read_only)


def application() -> typer.Typer:
    """The commands of CONTRACT's table that there are."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.callback(invoke_without_command=True)(start)
    app.command("open")(open_window)
    app.command("init")(founding.init)
    app.command("demo")(founding.demo)
    app.command("upgrade")(upgrading.upgrade)
    app.command("act")(acts.act)
    app.command("settings")(settings_read.settings)
    app.add_typer(policy.commands(), name="policy")
    app.command("calculate")(calculate.calculate)
    app.command("import")(intake.import_file)
    app.command("whatif")(whatif.whatif)
    app.command("scenario")(scenario.scenario)
    app.command("cases")(lists.cases)
    app.command("findings")(lists.findings)
    app.command("proposals")(lists.proposals)
    app.command("replay")(audit.replay)
    app.command("verify")(audit.verify)
    app.command("letters")(papers_out.letters)
    app.command("ledger")(papers_out.ledger)
    return app


def global_options_first(arguments: Sequence[str]) -> list[str]:
    """The same words with the global options in front, wherever they were written."""
    first: list[str] = []
    rest: list[str] = []
    words_left = iter(arguments)
    for word in words_left:
        if word == "--":
            rest += [word, *words_left]
        elif word in FLAGS or word.partition("=")[0] in OPTIONS_WITH_VALUE:
            first.append(word)
            if word in OPTIONS_WITH_VALUE:
                first += [value for value in [next(words_left, None)] if value is not None]
        else:
            rest.append(word)
    return first + rest


def asked_language(arguments: Sequence[str]) -> str:
    """The language that the words ask for, before they are parsed: a mistake in them is told in it too."""
    for number, word in enumerate(arguments):
        if word.startswith("--lang="):
            return words.language(word.removeprefix("--lang="))
        if word == "--lang" and number + 1 < len(arguments):
            return words.language(arguments[number + 1])
    return words.language()


def run(arguments: Sequence[str]) -> int:
    """One run; returns the exit status."""
    arguments = global_options_first(arguments)
    lang = asked_language(arguments)
    context: typer.Context | None = None
    try:
        command = translate(typer.main.get_command(application()), lang)
        with command.make_context("voucher-desk", list(arguments)) as context:
            status = command.invoke(context)
            sys.stdout.flush()
            return status if isinstance(status, int) else 0
    except typer.Exit as done:
        return done.exit_code
    except BrokenPipeError:  # whoever read the answer has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except TyperException as mistake:
        return fail(usage(mistake, lang), arguments)
    except KeyboardInterrupt:
        return interrupted(context, lang, arguments)
    except (Exception, typer.Abort) as error:
        return fail(tell(error, lang), arguments)


def interrupted(context: typer.Context | None, lang: str, arguments: Sequence[str]) -> int:
    """Says that the run was interrupted, and what was stored before all the same; the exit status."""
    face = context.obj if context is not None else None
    if not isinstance(face, Face):
        return fail(tell(KeyboardInterrupt(), lang), arguments)
    if face.made:
        code = "cli.interrupted_made"
        fail(Told(code, words.say(code, lang, office=face.made[-1])), arguments)
        return 1
    stored = [office.stored for office in face.opened if office.stored]
    if not stored:
        return fail(tell(KeyboardInterrupt(), lang), arguments)
    from casework.core.act_table import ONLY_LOGGED  # not before: it may be what was being loaded

    act, seq = stored[-1].act, stored[-1].seq
    code = "cli.interrupted_out" if act in ONLY_LOGGED else "cli.interrupted_after"
    fail(Told(code, words.say(code, lang, act=named("act", act, lang), seq=seq)), arguments)
    return 1


def fail(told: Told, arguments: Sequence[str]) -> int:
    """Says what is wrong; the exit status of a request that can't be done."""
    if "--debug" in arguments:
        traceback.print_exc()
    if "--json" in arguments:
        print(json.dumps({"error": told.code, "say": told.sentence}, ensure_ascii=False))
    print(words.shown.seen(told.sentence), file=sys.stderr)
    return 2


def main() -> NoReturn:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8" if "--json" in sys.argv else None, errors="replace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # being ended cleans up like Ctrl-C
    if sys.argv[1:] == ["--selfcheck"]:
        from cli.selfcheck import selfcheck

        sys.exit(selfcheck())
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
