"""
``laborscreen questionnaire``: a letter and a form for each supplier that has something to answer.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from laborscreen.cli.screener_options import Map, RulesDir, make_profile
from laborscreen.errors import OutputError, UsageError


class Tongue(StrEnum):
    """The languages of the letter."""

    ENGLISH = "en"
    RUSSIAN = "ru"
    CHINESE = "zh"
    KOREAN = "ko"


def questionnaire(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="A .jsonl file that screening wrote.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Where the letters go.")],
    language: Annotated[
        Tongue, typer.Option("--language", help="The language of the letters.")
    ] = Tongue.ENGLISH,
    names: Annotated[
        Path | None,
        typer.Option(
            "--names", metavar="FILE", help="The file that was screened; letters then name the supplier."
        ),
    ] = None,
    rules: RulesDir = None,
    profile: Map = None,
    record_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Only this record.", show_default="all")
    ] = None,
) -> None:
    """
    Write a letter and a form (HTML and XLSX) per supplier, with only the questions whose answers could change its outcome.

    Referred records get none: no answer changes their outcome, and asking may tip off. They stand in DIR/index.csv.
    """
    from laborscreen.formats.writers import Target, csv_line
    from laborscreen.report.questionnaire import Addressee, file_stem, questions_of, write_form, write_letter
    from laborscreen.report.questions import Chooser
    from laborscreen.report.results_in import read_results
    from laborscreen.rulebook import load_rulebook

    chooser = Chooser(load_rulebook(rules))
    needs = frozenset(need.id for need in chooser.rulebook.policy.needs)
    called = _names(names, profile) if names else {}
    _make_folder(out)
    met: set[str] = set()
    written = 0
    with Target(out / "index.csv") as index:
        index.write(csv_line(("id", "outcome", "questions", "letter", "form", "note")))
        for _, assessment in read_results(results):
            one = assessment.record_id
            if record_id is not None and one != record_id:
                continue
            if assessment.provenance.rulebook != chooser.rulebook.digest:
                raise UsageError(
                    f"the result of {one} was made with another rulebook ({assessment.provenance.rulebook[:19]})",
                    hint="give it with --rules, or screen again",
                )
            questions = questions_of(chooser.questions(assessment), needs)
            stem = file_stem(one)
            note, letter, form = "", "", ""
            if assessment.outcome == "refer":
                note = "refer to compliance first; no letter was written"
            elif not questions:
                note = "no answer could change the outcome"
            elif stem.casefold() in met:
                note = "a record of this id has its letter already"
            else:
                whom = Addressee(one, called.get(one, ""), assessment.provenance.screened_on)
                letter, form = f"{stem}.html", f"{stem}.xlsx"
                write_letter(out / letter, whom, questions, language.value)
                write_form(out / form, whom, questions, language.value)
                met.add(stem.casefold())
                written += 1
            index.write(csv_line((one, assessment.outcome, str(len(questions)), letter, form, note)))
    typer.echo(
        f"{written} letter{'' if written == 1 else 's'} with forms in {out}; index.csv lists every record"
    )


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError(f"{out} is a file", hint="name a folder") from error


def _names(file: Path, profile: str | None) -> dict[str, str]:
    """Return the name of each record of a file that was screened."""
    from laborscreen.formats import open_source

    found: dict[str, str] = {}
    for batch in open_source(file, profile=make_profile(profile)).batches():
        if batch.nested is not None:
            found |= {str(one["id"]): str(one["name"]) for one in batch.nested if "name" in one}
        else:
            pairs = zip(batch.columns.get("id", ()), batch.columns.get("name", ()), strict=False)
            found |= {str(one): str(name) for one, name in pairs}
    return found
