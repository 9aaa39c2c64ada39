"""
``laborscreen rules test``: the examples beside each rule, run on the engine that screens, and what they leave open.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from laborscreen.cli.conduct import ExitCode
from laborscreen.cli.rules_check import Folder

if TYPE_CHECKING:
    from rich.console import Console

    from laborscreen.rulebook import Rulebook
    from laborscreen.trials import Branch, Coverage, Mutant, Mutations, TestResult, TrialReport

_WORDS = {
    "match": "match",
    "no_match": "no match",
    "unknown": "unknown",
    "refused": "a record that cannot be read",
}
_KINDS = {
    "threshold": "thresholds moved",
    "negation": "tests negated",
    "word": "words of a rule dropped",
    "term": "terms of a list dropped",
}
_TERMS_SHOWN = 3


class Form(StrEnum):
    """How results are told."""

    TEXT = "text"
    JSON = "json"


def run(
    folder: Folder = None,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            "--rule", metavar="ID", help="Only this rule; may be given several times.", show_default="all"
        ),
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="List the lines of rules that no test has seen both ways.")
    ] = False,
    mutate: Annotated[
        bool,
        typer.Option(
            "--mutate",
            help="Change every rule in every small way and list the changes that no test notices: thresholds moved, "
            "tests negated, words and terms dropped.",
        ),
    ] = False,
    form: Annotated[Form, typer.Option("--format", help="How to tell it.")] = Form.TEXT,
) -> None:
    """Run the tests of every rule; tell each surprise with the reason."""
    from time import perf_counter

    from laborscreen.cli.terminal import console
    from laborscreen.rulebook import load_rulebook
    from laborscreen.trials import cover as cover_rules
    from laborscreen.trials import mutate as mutate_rules
    from laborscreen.trials import run_tests

    started = perf_counter()
    book = load_rulebook(folder)
    rules = None if rule is None else [_known(one, book) for one in rule]
    report = run_tests(book, rules=rules)
    covered = cover_rules(book, rules=rules) if coverage else None
    changed = mutate_rules(book, rules=rules) if mutate else None
    if form is Form.JSON:
        import orjson

        typer.echo(orjson.dumps(_as_dict(report, covered, changed), option=orjson.OPT_INDENT_2).decode())
    else:
        out = console()
        for surprise in report.surprises:
            _show(surprise, out)
        if covered is not None:
            _show_coverage(covered, out)
        if changed is not None:
            _show_mutations(changed, out, perf_counter() - started)
        _totals(report, out)
    if not report.passed:
        raise typer.Exit(ExitCode.MET)


def _known(written: str, book: Rulebook) -> str:
    """Return a rule's id however its letters were written."""
    return written.upper() if written.upper() in book.by_id else written


def _show(result: TestResult, out: Console) -> None:
    from laborscreen.cli.answers_view import show_answers
    from laborscreen.cli.terminal import safe

    head = safe(f"{result.test.location}: ", "bold").append_text(
        safe(f"{result.rule.id}, test “{result.test.name}”")
    )
    out.print(head, soft_wrap=True)
    out.print(safe(f"  expected {_WORDS[result.test.expect]}, got {_WORDS[result.got]}", "red"))
    for remark in result.remarks:
        out.print(safe(f"  {remark}", "yellow"))
    show_answers(result.why, out)
    out.print()


def _totals(report: TrialReport, out: Console) -> None:
    from laborscreen.cli.terminal import counted, safe

    parts = []
    for expected, (run, met) in report.by_expectation.items():
        parts.append(f"{_WORDS[expected]} {met:,} of {run:,}")
    rules = len({result.rule.id for result in report.results})
    told = (
        f"{counted(len(report.results), 'test')} of {counted(rules, 'rule')}: {', '.join(parts)} as expected"
    )
    out.print(safe(told, "green" if report.passed else "bold red"))
    if report.retired:
        out.print(safe(f"{counted(report.retired, 'test')} of retired rules not run", "dim"))


def _show_coverage(coverage: Coverage, out: Console) -> None:
    from laborscreen.cli.terminal import counted, safe

    by_rule: dict[str, list[Branch]] = {}
    for branch in coverage.open:
        by_rule.setdefault(branch.rule, []).append(branch)
    for rule, branches in by_rule.items():
        out.print(safe(rule, "bold"))
        for branch in branches:
            _line(str(branch.location), f"never {' or '.join(branch.missing)}: {branch.asked}", out)
    for rule in coverage.untested:
        out.print(safe(rule, "bold").append("  has no test that runs", "yellow"))
    lines = counted(len(coverage.branches), "line")
    told = f"coverage: {coverage.both_ways:,} of {lines} seen both ways ({coverage.percent:.0f}%)"
    if coverage.silent:
        told += f"; of these {len(coverage.silent):,} never unknown"
    out.print(safe(told))


def _show_mutations(mutations: Mutations, out: Console, seconds: float) -> None:
    from laborscreen.cli.terminal import counted, safe

    by_holder: dict[str, list[Mutant]] = {}
    for mutant in mutations.survivors:
        by_holder.setdefault(mutant.holder, []).append(mutant)
    for holder, mutants in by_holder.items():
        terms = [mutant for mutant in mutants if mutant.kind == "term"]
        out.print(safe(holder, "bold"))
        for mutant in mutants:
            if mutant.kind != "term":
                _line(str(mutant.location), mutant.told, out)
        if terms:
            named = ", ".join(mutant.told.removeprefix("without ") for mutant in terms[:_TERMS_SHOWN])
            more = f" and {len(terms) - _TERMS_SHOWN:,} more" if len(terms) > _TERMS_SHOWN else ""
            _line(str(terms[0].location), f"no test notices the loss of {named}{more}", out)
    for rule in mutations.failing:
        out.print(safe(rule, "bold").append("  left out: a test of it fails as it is", "yellow"))
    made = counted(len(mutations.mutants), "change")
    score = f"{made} made, {len(mutations.survivors):,} of them noticed by no test: mutation score {mutations.score:.0f}%"
    out.print(safe(score))
    for kind, (tried, noticed) in mutations.by_kind.items():
        if tried:
            out.print(safe(f"  {_KINDS[kind]}: {noticed:,} of {tried:,} noticed"))
    out.print(safe(f"  in {seconds:.1f} s, with reading and testing", "dim"))


def _line(place: str, told: str, out: Console) -> None:
    from laborscreen.cli.terminal import safe

    out.print(safe(f"  {place}: ", "dim").append_text(safe(told)), soft_wrap=True)


def _as_dict(report: TrialReport, coverage: Coverage | None, mutations: Mutations | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "passed": report.passed,
        "tests": len(report.results),
        "retired_not_run": report.retired,
        "by_expectation": {
            expected: {"tests": run, "as_expected": met}
            for expected, (run, met) in report.by_expectation.items()
        },
        "surprises": [
            {
                "rule": one.rule.id,
                "test": one.test.name,
                "at": str(one.test.location),
                "expected": one.test.expect,
                "got": one.got,
                "why": [str(line) for line in one.why],
                "remarks": list(one.remarks),
            }
            for one in report.surprises
        ],
    }
    if coverage is not None:
        found["coverage"] = {
            "lines": len(coverage.branches),
            "both_ways": coverage.both_ways,
            "untested": list(coverage.untested),
            "open": [_branch(one) for one in coverage.open],
            "never_unknown": [_branch(one) for one in coverage.silent],
        }
    if mutations is not None:
        found["mutation"] = {
            "changes": len(mutations.mutants),
            "score": round(mutations.score, 2),
            "by_kind": {
                kind: {"changes": tried, "noticed": noticed}
                for kind, (tried, noticed) in mutations.by_kind.items()
            },
            "left_out": list(mutations.failing),
            "survivors": [
                {"kind": one.kind, "in": one.holder, "at": str(one.location), "change": one.told}
                for one in mutations.survivors
            ],
        }
    return found


def _branch(branch: Branch) -> dict[str, Any]:
    return {
        "rule": branch.rule,
        "at": str(branch.location),
        "asks": branch.asked,
        "never": list(branch.missing),
    }
