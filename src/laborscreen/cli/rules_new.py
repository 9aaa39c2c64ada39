"""
``laborscreen rules new``: a rule and its tests from a few answers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.errors import UsageError

if TYPE_CHECKING:
    from laborscreen.rulebook import Rulebook
    from laborscreen.trials.new_rule import Line

_LEGAL = "Which law turns on this personal attribute"


def new(  # noqa: PLR0913, PLR0917 -- a verb has as many parameters as options
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The rulebook folder; made if it is not there.")
    ],
    rule_id: Annotated[str, typer.Option("--id", help="The rule's id.", show_default="asked")] = "",
    title: Annotated[str, typer.Option(help="A few words.", show_default="asked")] = "",
    axis: Annotated[str, typer.Option(help="The axis it scores on.", show_default="asked")] = "",
    group: Annotated[
        str, typer.Option(help="The group its points are capped in.", show_default="asked")
    ] = "",
    strength: Annotated[str, typer.Option(help="What it weighs.", show_default="asked")] = "",
    test: Annotated[
        list[str] | None,
        typer.Option(
            "--test",
            metavar="'FIELD WORD VALUE'",
            help="A test, as 'workforce.hours_per_day at_least 16'; may be given several times.",
            show_default="asked",
        ),
    ] = None,
    one_is_enough: Annotated[
        bool, typer.Option("--any", help="One test is enough; otherwise all must hold.")
    ] = False,
    because: Annotated[str, typer.Option(help="The sentence for a report.", show_default="asked")] = "",
    ask: Annotated[str, typer.Option(help="The question to the supplier.", show_default="asked")] = "",
    false_positive: Annotated[
        list[str] | None,
        typer.Option(help="An innocent explanation; may be given several times.", show_default="asked"),
    ] = None,
    source: Annotated[str, typer.Option(help="The source it rests on.", show_default="asked")] = "",
    where: Annotated[str, typer.Option(help="The place in the source.", show_default="asked")] = "",
    says: Annotated[str, typer.Option(help="What it says there, in your words.", show_default="asked")] = "",
    legal_basis: Annotated[str, typer.Option(help=f"{_LEGAL}.", show_default="asked where needed")] = "",
) -> None:
    """Ask a few questions and write a draft rule with its tests; nothing that is there is changed."""
    from laborscreen.rulebook import load_rulebook
    from laborscreen.rulebook.policy import AXES, STRENGTHS
    from laborscreen.trials.new_rule import Draft, next_id, read_line, write_rule

    has_rules = folder.is_dir() and any(folder.rglob("*.y*ml"))
    book = load_rulebook(folder if has_rules else None)
    groups = sorted({rule.group for rule in (*book.rules, *load_rulebook().rules)})
    title = _answer("title", title, "Title, a few words")
    axis = _answer("axis", axis, f"Axis ({', '.join(AXES)})", lambda word: _one_of(word, AXES, "axis"))
    group = _answer("group", group, f"Group of signs, such as {', '.join(groups[:6])}")
    strength = _answer(
        "strength",
        strength,
        f"Strength ({', '.join(STRENGTHS)})",
        lambda word: _one_of(word, STRENGTHS, "strength"),
    )
    rule_id = _answer("id", rule_id, "Id", default=next_id(book, group) if has_rules else "OWN-001")
    if rule_id in book.by_id and has_rules:
        raise UsageError(
            f"there is a rule {rule_id} already", hint=f"the next free id is {next_id(book, group)}"
        )
    lines = _lines(test, book, read_line)
    personal = [line.field.path for line in lines if line.field.reads.attribute]
    if personal:
        legal_basis = _answer("legal-basis", legal_basis, f"{_LEGAL} ({', '.join(personal)})")
    because = _answer("because", because, "Because, the sentence for a report")
    ask = _answer("ask", ask, "Question to the supplier")
    explained = tuple(false_positive or (_answer("false-positive", "", "An innocent explanation"),))
    source = _answer(
        "source", source, "Source it rests on", lambda word: _one_of(word, book.sources, "source")
    )
    where = _answer("where", where, "Where in the source")
    says = _answer("says", says, "What it says there, in your words")
    draft = Draft(
        rule_id,
        title,
        axis,
        group,
        strength,
        lines,
        not one_is_enough,
        because,
        ask,
        explained,
        ((source, where, says),),
        legal_basis,
    )
    path = write_rule(draft, folder)
    _tell(path)


def _tell(path: Path) -> None:
    from laborscreen.cli.terminal import console, safe

    out = console()
    for line in path.read_text(encoding="utf-8").splitlines():
        out.print(safe(line), soft_wrap=True)
    out.print()
    out.print(safe(f"written to {path}; it passes rules check and its tests", "green"), soft_wrap=True)
    out.print(
        safe(
            "It is a draft and does not score: read its tests, add real cases, look at `laborscreen rules impact`, "
            "then set status: test.",
            "dim",
        )
    )


def _lines(
    written: list[str] | None, book: Rulebook, read: Callable[[str, Rulebook], Line]
) -> tuple[Line, ...]:
    if written:
        return tuple(read(one, book) for one in written)
    found = [
        read(
            _answer("test", "", "Test, as workforce.hours_per_day at_least 16", lambda one: _read(one, book)),
            book,
        )
    ]
    while True:
        more = _prompt("test", "One more test (empty to go on)", "")
        if not more:
            return tuple(found)
        try:
            found.append(read(more, book))
        except UsageError as error:
            typer.echo(str(error), err=True)


def _read(written: str, book: Rulebook) -> str:
    from laborscreen.trials.new_rule import read_line

    read_line(written, book)
    return written


def _answer(
    option: str, given: str, question: str, check: Callable[[str], str] = str, default: str | None = None
) -> str:
    """Return what an option gives, or ask until an answer will do."""
    if given:
        return check(given)
    while True:
        answer = _prompt(option, question, default)
        try:
            return check(answer)
        except UsageError as error:
            typer.echo(str(error), err=True)


def _prompt(option: str, question: str, default: str | None) -> str:
    try:
        return str(typer.prompt(question, default=default, err=True, show_default=bool(default))).strip()
    except typer.Abort:
        if default is not None:
            return default
        raise UsageError(
            f"nobody answers the question for --{option}", hint="give all answers as options"
        ) from None


def _one_of(word: str, known: Collection[str], what: str) -> str:
    from laborscreen.record import did_you_mean

    if word not in known:
        names = sorted(known)
        hint = did_you_mean(word, names) or f"known: {', '.join(names[:12])}"
        raise UsageError(f"there is no {what} {word!r}", hint=hint)
    return word
