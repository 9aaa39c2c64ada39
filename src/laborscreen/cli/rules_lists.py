"""
``laborscreen rules lists``: term lists and exceptions out to a workbook, and back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laborscreen.cli.conduct import ExitCode
from laborscreen.errors import UsageError

if TYPE_CHECKING:
    from laborscreen.formats.rule_workbook import RuleWorkbook, Sheet
    from laborscreen.rulebook.list_edits import EditedRow

Home = Annotated[Path, typer.Option("--rules", metavar="DIR", help="The rulebook folder they belong to.")]


def export_lists(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="XLSX", help="The workbook.")],
    rules: Home,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--list", metavar="ID", help="Only this list; may be given several times.", show_default="all"
        ),
    ] = None,
) -> None:
    """Write the term lists and the exceptions of a rulebook folder to a workbook."""
    from laborscreen.cli.terminal import counted
    from laborscreen.formats.rule_workbook import write_rule_workbook
    from laborscreen.record import did_you_mean
    from laborscreen.rulebook import load_rulebook
    from laborscreen.rulebook.list_edits import exception_cells, own_lists
    from laborscreen.text import visible

    _refuse_other(out)
    book = load_rulebook(rules)
    lists = {made.id: made for made in own_lists(rules, book)}
    for name in only or ():
        if name not in lists:
            raise UsageError(
                f"{rules} defines no list {name!r}",
                hint=did_you_mean(name, lists) or f"it has {', '.join(lists) or 'none'}",
            )
    chosen = [made for name, made in lists.items() if not only or name in only]
    write_rule_workbook(
        out,
        (
            (
                made.id,
                made.title,
                made.match,
                [(term.text, term.language, term.source, term.note) for term in made.terms],
            )
            for made in chosen
        ),
        map(exception_cells, book.exceptions),
    )
    terms = sum(len(made.terms) for made in chosen)
    told = f"{counted(len(chosen), 'list')} with {counted(terms, 'term')}, {counted(len(book.exceptions), 'exception')}"
    typer.echo(f"{visible(str(out))}: {told}")


def import_lists(
    workbook: Annotated[Path, typer.Argument(metavar="XLSX", help="An exported workbook, edited.")],
    rules: Home,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
) -> None:
    """Read a workbook back into a rulebook folder; nothing is written unless all of it is right."""
    from laborscreen.cli.problem_lines import show_problems
    from laborscreen.formats.rule_workbook import TERM_COLUMNS, read_rule_workbook
    from laborscreen.rulebook import compare_rulebooks, load_rulebook
    from laborscreen.rulebook.list_edits import ENTRY, edit_rulebook, write_edits

    _refuse_other(workbook)
    book = read_rule_workbook(workbook)
    if book.problems:
        show_problems(book.problems)
        raise typer.Exit(ExitCode.REFUSED)
    lists = {sheet.list: _rows(book, sheet, TERM_COLUMNS) for sheet in book.lists}
    exceptions = _rows(book, book.exceptions, ENTRY) if book.exceptions is not None else None
    edits = edit_rulebook(rules, lists, exceptions)
    if edits.problems:
        show_problems(edits.problems)
    if edits.refused:
        raise typer.Exit(ExitCode.REFUSED)
    if not edits.files:
        typer.echo("nothing has changed")
        return
    if dry_run:
        typer.echo(f"would be written anew: {', '.join(sorted(edits.files))}; nothing was changed")
        return
    before = load_rulebook(rules)
    write_edits(rules, edits)
    for change in compare_rulebooks(before, load_rulebook(rules)).differences:
        typer.echo(f"{change.about}: {change.words}")
    typer.echo(f"written anew: {', '.join(sorted(edits.files))}")


def _rows(book: RuleWorkbook, sheet: Sheet, columns: tuple[str, ...]) -> list[EditedRow]:
    from laborscreen.rulebook.list_edits import EditedRow

    return [
        EditedRow(
            tuple(row.cells.get(name, "") for name in columns),
            tuple(book.cell(sheet, row.number, name) for name in columns),
        )
        for row in sheet.rows
    ]


def _refuse_other(path: Path) -> None:
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{path} does not end in .xlsx", hint="lists go to and come from workbooks")
