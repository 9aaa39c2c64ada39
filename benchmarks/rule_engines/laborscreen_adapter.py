"""
laborscreen beside the other rule engines, on the comparison's own records and rules.

Run from the comparison's folder (its ``run.py`` takes ``--adapter``)::

    python run.py --adapter .../laborscreen_adapter.py --only laborscreen,polars_contains_any,closures_ac --cores 1

The 50 rules are written in the words of a laborscreen rulebook, compiled by the engine the product uses, and judged in three
values. `prepare` holds the columns as a Parquet file or a data frame hands them over: texts in Arrow arrays (UTF-8 bytes and
offsets, no dictionary), numbers and yes/no in NumPy arrays. Nothing is encoded, folded or judged there: telling values apart,
joining texts, looking for terms and judging all happen in `run`. polars, too, holds its columns before its clock starts.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
from common import RULES, TERMS

from laborscreen.conditions import (
    CLAUSE_ANSWERS,
    All,
    Any,
    Clause,
    Condition,
    Grades,
    Not,
    Operator,
    Test,
    compile_program,
)
from laborscreen.conditions.columns import ColumnRunner, NumberColumn, flags_of
from laborscreen.record import Catalogue, CatalogueField, Kind, Reads
from laborscreen.text.text_column import TextColumn

NAME = "laborscreen"
KIND = "col"
RECORDS = 96_000
"""
The comparison searches substrings, laborscreen whole words. The two agree on all but one of the 100,000 records: record
96,386 has the term "zuloesh faraithtru" inside the longer word "tenzuloesh faraithtru", which is rightly no mention. The
first 96,000 leave it out.
"""

WORDS = {
    "eq": Operator.IS,
    "in": Operator.IS_ONE_OF,
    "gt": Operator.ABOVE,
    "ge": Operator.AT_LEAST,
    "lt": Operator.BELOW,
    "le": Operator.AT_MOST,
}
PROSE = ("description", "notes")


class Terms:
    """One of the comparison's term lists."""

    match = "whole_word"
    patterns = ()

    def __init__(self, texts):
        self.texts = tuple(texts)


def to_condition(node) -> Condition:
    """The same test in laborscreen's words, as the rulebook reader would make it."""
    kind = node[0]
    if kind in WORDS:
        wanted = tuple(node[2]) if kind == "in" else node[2] if isinstance(node[2], str) else float(node[2])
        return Test(node[1], WORDS[kind], wanted)
    if kind == "true":
        return Test(node[1], Operator.IS, True)
    if kind == "ne_field":
        return Test(node[1], Operator.DIFFERS_FROM, node[2])
    if kind == "contains_any":
        return Test(node[1], Operator.MENTIONS, node[2])
    if kind == "not":
        return Not(to_condition(node[1]))
    return {"and": All, "or": Any}[kind](tuple(to_condition(child) for child in node[1]))


def catalogue_for(record) -> Catalogue:
    """A field catalogue for the comparison's flat records: text, number, yes/no."""
    fields = {}
    for name, value in record.items():
        kind = Kind.NUMBER
        if isinstance(value, bool):
            kind = Kind.YES_NO
        elif isinstance(value, str):
            kind = Kind.PROSE if name in PROSE else Kind.TEXT
        fields[name] = CatalogueField(name, "", name, Reads(kind), "")
    return Catalogue(fields, {})


def runner_for(record, rules=RULES, terms=TERMS):
    """The product's engine on the comparison's rules."""
    program = compile_program(
        [Clause(f"R-{number}", to_condition(rule)) for number, rule in enumerate(rules)],
        catalogue=catalogue_for(record),
        lists={name: Terms(texts) for name, texts in terms.items()},
    )
    grades = Grades({"document": 1.0}, frozenset({"document"}), frozenset({"document"}))
    return ColumnRunner(program.on(date(2026, 1, 1), {}), grades)


def columns_of(records):
    """The records as columns, as a Parquet file or a data frame holds them: Arrow texts, arrays of numbers and of yes/no."""
    columns = {}
    for name, value in records[0].items():
        column = [record[name] for record in records]
        text = isinstance(value, str)
        columns[name] = TextColumn(pa.array(column)) if text else NumberColumn(np.array(column))
    return columns


def prepare(records):
    """Compile the 50 rules once and hand back a function that judges every record."""
    runner = runner_for(records[0])
    columns = columns_of(records)
    count = len(records)
    order = [int(clause.name.split("-")[1]) for clause in runner.program.clauses]

    def run():
        answers = runner.judge(count, columns).evaluate().answers
        eights = np.zeros((8, count), np.uint8)  # eight rules in a byte
        for place, rule in enumerate(order):
            flags = flags_of(answers[CLAUSE_ANSWERS * place + 4], count).view(np.uint8)
            eights[rule // 8] += flags * np.uint8(1 << rule % 8)
        return np.ascontiguousarray(eights.T).view(np.uint64).ravel()

    return run
