"""
A rulebook made ready: the rules in force on a day as one program, with the policy that weighs their answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from laborscreen.conditions import ON_LISTS, Clause, Program, Test, compile_program, walk
from laborscreen.record import catalogue
from laborscreen.rulebook import Rule, Rulebook
from laborscreen.screening.judgement import Judge, RuleCard


class Compiled(NamedTuple):
    """
    A rulebook compiled for the rules that are in force on a day.

    Args:
        program: the compiled conditions.
        rules: the rules in the order of the program's clauses.
        judge: the policy.
    """

    program: Program
    rules: tuple[Rule, ...]
    judge: Judge


def compile_rules(rulebook: Rulebook, rules: Sequence[Rule]) -> Compiled:
    """Compile some *rules* of a rulebook with its guards and needs."""
    ids = {rule.id for rule in rules}
    guards = {
        rule.id: tuple(
            guard.when
            for guard in rulebook.guards
            if rule.id in guard.suppresses or rule.group in guard.suppresses
        )
        for rule in rules
    }
    program = compile_program(
        [Clause(rule.id, rule.when, rule.applies_when, guards[rule.id]) for rule in rules],
        catalogue=catalogue(),
        lists=rulebook.lists,
        others=[
            *(need.satisfied_when for need in rulebook.policy.needs),
            *(guard.when for guard in rulebook.guards),
        ],
        exempted=[entry.rule for entry in rulebook.exceptions if entry.rule in ids],
    )
    by_id = {rule.id: rule for rule in rules}
    ordered = tuple(by_id[clause.name] for clause in program.clauses)
    return Compiled(program, ordered, Judge(rulebook.policy, [_card(rule) for rule in ordered]))


def _card(rule: Rule) -> RuleCard:
    on_list = any(isinstance(node, Test) and node.operator in ON_LISTS for node, _ in walk(rule.when))
    return RuleCard(
        rule.id,
        rule.axis,
        rule.group,
        rule.strength,
        rule.exposure,
        rule.evidence_kind,
        tuple(sorted(rule.floor.items())),
        on_list,
    )
