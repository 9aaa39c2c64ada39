"""
A first draft of a rule from a few answers, with tests found by trying values on the engine that screens.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory
from typing import Any

from laborscreen.conditions import FITTING, Operator, Test, walk
from laborscreen.errors import RecordError, RulebookError, UsageError
from laborscreen.record import CatalogueField, Record, catalogue, did_you_mean
from laborscreen.rulebook import Rulebook, check_rulebook, load_rulebook
from laborscreen.trials.bench import DEFAULT_DAY, Answer, Bench, Trial
from laborscreen.trials.places import Place
from laborscreen.trials.rule_tests import run_tests
from laborscreen.trials.values_to_try import values_to_try

_MOST_TRIED = 5_000
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*\Z")
_YAML_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
_FREE_NUMBER = re.compile(r"(?P<prefix>.+-)(?P<number>\d+)\Z")
_LISTS = (Operator.IN_LIST, Operator.MENTIONS)


@dataclass(frozen=True, slots=True)
class Line:
    """
    One test of the rule to be: a field, a word, what is wanted.

    Args:
        field: the field.
        operator: the word.
        wanted: what is compared with, as written.
    """

    field: CatalogueField
    operator: Operator
    wanted: str


@dataclass(frozen=True, slots=True)
class Draft:
    """
    What a rule is made of.

    Args:
        id: its id.
        title: a few words.
        axis: the axis it scores on.
        group: the group its points are capped in.
        strength: what it weighs.
        lines: its tests.
        together: whether all of them must hold; otherwise one is enough.
        because: the sentence for a report.
        ask: the question to the supplier.
        false_positives: innocent explanations.
        references: (source, where, says).
        legal_basis: for a rule that reads a personal attribute.
    """

    id: str
    title: str
    axis: str
    group: str
    strength: str
    lines: tuple[Line, ...]
    together: bool
    because: str
    ask: str
    false_positives: tuple[str, ...] = ()
    references: tuple[tuple[str, str, str], ...] = ()
    legal_basis: str = ""


def next_id(book: Rulebook, group: str = "") -> str:
    """
    Return the next free id beside the rules of a group, or of the whole rulebook.

    >>> next_id(load_rulebook(), "working_conditions").startswith("LS-WRK-0")
    True
    """
    ids = [rule.id for rule in book.rules if rule.group == group] or [rule.id for rule in book.rules]
    parts = [found for one in ids if (found := _FREE_NUMBER.match(one))]
    if not parts:
        return "RULE-001"
    prefix = Counter(found["prefix"] for found in parts).most_common(1)[0][0]
    taken = [
        found for rule in book.rules if (found := _FREE_NUMBER.match(rule.id)) and found["prefix"] == prefix
    ]
    width = max(len(found["number"]) for found in taken)
    return f"{prefix}{max(int(found['number']) for found in taken) + 1:0{width}d}"


def read_line(written: str, book: Rulebook) -> Line:
    """
    Return one test from words: ``workforce.hours_per_day at_least 16``.

    Raises:
        UsageError: a field, word, list or value that does not exist or does not fit, with the nearest that does.

    >>> read_line("workforce.hours_per_day at_least 16", load_rulebook()).operator
    <Operator.AT_LEAST: 'at_least'>
    """
    name, _, rest = written.strip().partition(" ")
    word, _, wanted = rest.strip().partition(" ")
    fields = catalogue().fields
    field = fields.get(name)
    if field is None:
        last = {path.rpartition(".")[2]: path for path in fields}
        near = (
            last.get(name)
            or did_you_mean(name, fields)
            or last.get(did_you_mean(name, last).strip("` ?"), "")
        )
        hint = f"did you mean `{near}`?" if near in fields else near
        raise UsageError(f"{name!r} is not a record field", hint=hint or "`laborscreen fields` lists them")
    fitting = [
        one for one in FITTING[field.kind] if one not in (Operator.ON_WATCHLIST, Operator.OWNED_BY_LISTED)
    ]
    if word not in fitting:
        raise UsageError(
            f"{word!r} does not fit {name}, which is {field.type_name}",
            hint=did_you_mean(word, fitting) or f"use: {', '.join(fitting)}",
        )
    operator = Operator(word)
    wanted = wanted.strip() or ("true" if operator is Operator.IS_KNOWN else "")
    if not wanted:
        raise UsageError(f"{written!r} does not say what {name} is compared with", hint=f"{name} {word} ...")
    if operator in _LISTS and wanted not in book.lists:
        hint = did_you_mean(wanted, book.lists) or f"lists: {', '.join(sorted(book.lists)[:12])} ..."
        raise UsageError(f"there is no list {wanted!r}", hint=hint)
    if field.words and operator in (Operator.IS, Operator.IS_ONE_OF):
        for one in _several(wanted):
            if one not in field.words:
                known = f"words: {', '.join(field.words)}"
                raise UsageError(
                    f"{one!r} is not a word for {name}", hint=did_you_mean(one, field.words) or known
                )
    return Line(field, operator, wanted)


def write_rule(draft: Draft, folder: Path) -> Path:
    """
    Write a rule with its tests into a file of its own, once the whole folder with it passes ``rules check`` and its tests.

    Args:
        draft: the rule.
        folder: the rulebook's folder; made if it is not there.

    Returns:
        The file, named after the rule.

    Raises:
        UsageError: the id is taken, the file is there, or no record was found that the rule matches and one it does not.
        RulebookError: the rule has faults.
    """
    path = folder / f"{draft.id.lower()}.yaml"
    if path.exists():
        raise UsageError(f"{path} is there already", hint="choose another id, or edit that file")
    with TemporaryDirectory(prefix="laborscreen-") as made:
        trial_folder = Path(made, "rules")
        if folder.is_dir():
            copytree(folder, trial_folder, ignore=ignore_patterns(".*"))
        else:
            trial_folder.mkdir()
        tried = trial_folder / path.name
        tried.write_text(text_of(draft, ()), encoding="utf-8")
        _refuse_faults(trial_folder, tried, path, but=("missing-test",))
        book = load_rulebook(trial_folder)
        tests = tuple(tests_for(draft, book))
        text = text_of(draft, tests)
        tried.write_text(text, encoding="utf-8")
        _refuse_faults(trial_folder, tried, path)
        report = run_tests(load_rulebook(trial_folder), rules=[draft.id])
        assert report.passed, report.surprises
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path


def _refuse_faults(folder: Path, tried: Path, path: Path, but: Sequence[str] = ()) -> None:
    from dataclasses import replace

    faults = [
        replace(
            problem,
            location=replace(problem.location, path=problem.location.path.replace(str(tried), str(path))),
        )
        for problem in check_rulebook(folder)
        if problem.severity == "error" and problem.id not in but
    ]
    if faults:
        raise RulebookError(faults)


def tests_for(draft: Draft, book: Rulebook) -> Iterator[tuple[str, Answer, Mapping[str, Any]]]:
    """
    Yield name, expectation and record of a match, of the nearest records that are none, and of one that does not tell.

    Raises:
        UsageError: no record was found that the rule matches, or none that it does not.
    """
    trial = Bench(book).trial(draft.id)
    places = [Place(field, 0) for field in dict.fromkeys(line.field for line in draft.lines)]
    values = [
        values_to_try(one.field, _tests_on(one.field, trial), book.lists, DEFAULT_DAY) for one in places
    ]
    chosen = next(_giving("match", trial, places, values), None)
    if chosen is None:
        raise UsageError(
            "no record was found that this rule matches",
            hint="look at its tests: can all of them hold together?",
        )
    yield "as reported", "match", _record(places, chosen)
    if not draft.together and len(places) > 1:
        for place, several in zip(places, values, strict=True):
            alone = next(_giving("match", trial, [place], [several]), None)
            if alone is not None:
                yield f"{place.field.name} alone", "match", _record([place], alone)
    others = list(_otherwise(trial, places, values, chosen))
    if not others:
        none = next(_giving("no_match", trial, places, values), None)
        if none is None:
            raise UsageError(
                "no record was found that this rule does not match",
                hint="a rule that always matches says nothing",
            )
        others = [("none of it", _record(places, none))]
    for name, record in others:
        yield name, "no_match", record
    yield from islice(_silent(trial, places, chosen), 1)


def _giving(
    wanted: Answer, trial: Trial, places: Sequence[Place], values: Sequence[Sequence[object]]
) -> Iterator[tuple[object, ...]]:
    """Yield the values that together give an answer."""
    for chosen in islice(product(*values), _MOST_TRIED):
        if _answer(trial, _record(places, chosen)) == wanted:
            yield chosen


def _otherwise(
    trial: Trial, places: Sequence[Place], values: Sequence[Sequence[object]], matching: Sequence[object]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield for each field a record that differs from the matching one in it alone and is no match."""
    for number, place in enumerate(places):
        for value in values[number]:
            record = _record(places, [*matching[:number], value, *matching[number + 1 :]])
            if _answer(trial, record) == "no_match":
                yield f"otherwise in {place.field.name}", record
                break


def _silent(
    trial: Trial, places: Sequence[Place], matching: Sequence[object]
) -> Iterator[tuple[str, Answer, Mapping[str, Any]]]:
    """Yield records that leave the rule unknown: the matching one without one field, or one that tells nothing."""
    for number, place in enumerate(places):
        rest = [*places[:number], *places[number + 1 :]]
        record = _record(rest, [*matching[:number], *matching[number + 1 :]])
        if rest and _answer(trial, record) == "unknown":
            yield f"{place.field.name} not told", "unknown", record
    if _answer(trial, {"kind": "organization"}) == "unknown":
        yield "not told", "unknown", {"kind": "organization"}


def _answer(trial: Trial, record: Mapping[str, Any]) -> Answer:
    try:
        read = Record.model_validate({"id": "test", "name": "A test record", **record})
    except RecordError:
        return "refused"
    return trial.answer(trial.runner(DEFAULT_DAY).run(read))


def _record(places: Iterable[Place], values: Iterable[object]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for place, value in zip(places, values, strict=True):
        record = place.written_into(record, value)
    return record


def _tests_on(field: CatalogueField, trial: Trial) -> list[Test]:
    return [
        node
        for node, group in walk(trial.clause.when)
        if isinstance(node, Test) and catalogue().find(node.field, group) == field
    ]


def text_of(draft: Draft, tests: Sequence[tuple[str, Answer, Mapping[str, Any]]]) -> str:
    """Return a rule as YAML, the way the shipped ones are laid out."""
    lines = [
        "rules:",
        f"  - id: {draft.id}",
        f"    title: {_scalar(draft.title)}",
        "    status: draft",
        "    version: 1",
        f"    axis: {draft.axis}",
        f"    group: {draft.group}",
        f"    strength: {draft.strength}",
    ]
    if draft.legal_basis:
        lines += ["    sensitive: true", f"    legal_basis: {_scalar(draft.legal_basis)}"]
    lines += ["    when:", *_when(draft)]
    lines += [f"    because: {_scalar(draft.because)}", f"    ask: {_scalar(draft.ask)}"]
    if draft.false_positives:
        lines += ["    false_positives:", *(f"      - {_scalar(one)}" for one in draft.false_positives)]
    if draft.references:
        lines.append("    references:")
        lines += [
            f"      - {{source: {source}, where: {_quoted(where)}, says: {_quoted(says)}}}"
            for source, where, says in draft.references
        ]
    lines.append("    tests:" if tests else "    tests: []")
    lines += [
        f"      - {{name: {_quoted(name)}, expect: {expect}, record: {_flow(record)}}}"
        for name, expect, record in tests
    ]
    return "\n".join(lines) + "\n"


def _when(draft: Draft) -> list[str]:
    """Return the condition; tests on one list are asked of one and the same entry."""
    groups = {line.field.group for line in draft.lines}
    within = next(iter(groups)) if len(groups) == 1 else ""
    indent = "      "
    found = []
    if within:
        found += [f"{indent}some: {within}", f"{indent}where:"]
        indent += "  "
    asked = [_one(line, within=bool(within)) for line in draft.lines]
    if len(asked) == 1:
        return [*found, f"{indent}{asked[0][1:-1].replace(', ', chr(10) + indent, 1)}"]
    found.append(f"{indent}{'all' if draft.together else 'any'}:")
    return [*found, *(f"{indent}  - {one}" for one in asked)]


def _one(line: Line, *, within: bool) -> str:
    name = line.field.name if within else line.field.path
    wanted: object = line.wanted
    if line.operator is Operator.IS_ONE_OF:
        wanted = list(_several(line.wanted))
    return f"{{field: {name}, {line.operator}: {_flow(wanted)}}}"


def _several(wanted: str) -> list[str]:
    return [one.strip() for one in wanted.strip("[]").split(",") if one.strip()]


def _flow(value: object) -> str:
    """Return a value in YAML's one-line form."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) else str(value)
    text = str(value)
    plain = _PLAIN.match(text) and text.casefold() not in _YAML_WORDS
    number = re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?|\d{4}-\d\d-\d\d|true|false", text)
    return text if plain or number else _quoted(text)


def _scalar(text: str) -> str:
    return (
        _quoted(text)
        if re.search(r"[:#{}\[\]\"'&*!|>%@`]|^[-?]|^\s|\s$", text) or _PLAIN.match(text)
        else text
    )


def _quoted(text: str) -> str:
    import orjson

    return orjson.dumps(text).decode()
