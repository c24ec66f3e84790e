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
from typing import Annotated, NoReturn, TextIO

import typer
from typer.exceptions import TyperException

import words
from cli import (
    acts,
    audit,
    bank,
    books,
    calculate,
    founding,
    intake,
    invoices,
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
    app.add_typer(bank.commands(), name="bank")
    app.command("import")(intake.import_file)
    app.command("invoice")(invoices.invoice)
    app.command("whatif")(whatif.whatif)
    app.command("scenario")(scenario.scenario)
    app.command("cases")(lists.cases)
    app.command("findings")(lists.findings)
    app.command("proposals")(lists.proposals)
    app.command("replay")(audit.replay)
    app.command("verify")(audit.verify)
    app.command("letters")(papers_out.letters)
    app.command("ledger")(papers_out.ledger)
    app.command("books")(books.books)
    return app


def global_options_first(arguments: Sequence[str]) -> list[str]:
    """The same words with the global options in front, wherever they were written; one that lacks its value
    alone at the end, where the parser tells it: it must not take the command for that."""
    first: list[str] = []
    rest: list[str] = []
    words_left = list(reversed(arguments))
    while words_left:
        word = words_left.pop()
        if word == "--":
            rest += [word, *reversed(words_left)]
            break
        if word in OPTIONS_WITH_VALUE:
            if not words_left or words_left[-1].startswith("--"):
                return [*first, *(flag for flag in words_left if flag in FLAGS), word]
            first += [word, words_left.pop()]
        elif word in FLAGS or word.partition("=")[0] in OPTIONS_WITH_VALUE:
            first.append(word)
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
    except (Exception, KeyboardInterrupt, typer.Abort) as error:
        return ended(error, context, lang, arguments)


def ended(error: BaseException, context: typer.Context | None, lang: str, arguments: Sequence[str]) -> int:
    """Says what ended the run, and what was stored before all the same; the exit status."""
    face = context.obj if context is not None else None
    stopped = isinstance(error, KeyboardInterrupt)
    before = (
        _done_before(face, "interrupted" if stopped else "ended", lang) if isinstance(face, Face) else None
    )
    if before is None:
        return fail(tell(error, lang), arguments)
    why = tell(error, lang)
    fail(before if stopped else Told(why.code, why.sentence + before.sentence), arguments)
    return 1


def _done_before(face: Face, how: str, lang: str) -> Told | None:
    """What was made or stored in a run that was interrupted or ended; None: nothing."""
    if face.made:
        code = f"cli.{how}_made"
        return Told(code, words.say(code, lang, office=face.made[-1]))
    stored = [office.stored for office in face.opened if office.stored]
    if not stored:
        return None
    from casework.core.act_table import ONLY_LOGGED  # not before: it may be what was being loaded

    act, seq = stored[-1].act, stored[-1].seq
    if act in ONLY_LOGGED and how == "ended":
        return None  # what could not be done is not done
    code = f"cli.{how}_out" if act in ONLY_LOGGED else f"cli.{how}_after"
    return Told(code, words.say(code, lang, act=named("act", act, lang), seq=seq))


def fail(told: Told, arguments: Sequence[str]) -> int:
    """Says what is wrong; the exit status of a request that can't be done."""
    if "--debug" in arguments:
        traceback.print_exc()
    if "--json" in arguments:
        _print(json.dumps({"error": told.code, "say": told.sentence}, ensure_ascii=False), sys.stdout)
    _print(words.shown.seen(told.sentence), sys.stderr)
    _print("", sys.stdout, end="")
    return 2


def _print(line: str, stream: TextIO, end: str = "\n") -> None:
    """A line behind what waits to be written; where its stream takes none (a full disk), nothing more is sent
    there, also not at the end of the program."""
    try:
        print(line, end=end, file=stream, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _have_streams() -> None:
    """Open what whoever began the program has closed: no office's file must come to stand in the place of
    what is printed, and nothing printed is missed there."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def main() -> NoReturn:
    """The console script."""
    _have_streams()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8" if "--json" in sys.argv else None, errors="replace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # being ended cleans up like Ctrl-C
    if sys.argv[1:] == ["--selfcheck"]:
        from cli.selfcheck import selfcheck

        sys.exit(selfcheck())
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
