"""
The rulebook as one page for people: every rule in plain English with its sources, strength, innocent explanations and tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from laborscreen.rulebook.english import in_english
from laborscreen.rulebook.model import Guard, Rule, Rulebook, Source

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|"})
_EXPECTED = {"match": "match", "no_match": "no match", "unknown": "unknown"}


def as_handbook(book: Rulebook) -> str:
    """
    Return a rulebook as a Markdown page.

    >>> from laborscreen.rulebook import load_rulebook
    >>> as_handbook(load_rulebook()).splitlines()[0]
    '# The rulebook'
    """
    return "\n".join(_page(book)) + "\n"


def _page(book: Rulebook) -> Iterator[str]:
    groups: dict[str, list[Rule]] = {}
    for rule in book.rules:
        groups.setdefault(rule.group, []).append(rule)
    yield "# The rulebook"
    yield ""
    yield (
        f"{len(book.rules)} rules in {len(groups)} groups, {len(book.guards)} guards, {len(book.lists)} lists, "
        f"{len(book.sources)} sources. Written by `make docs` from `rules/`; edit the rules, not this page."
    )
    yield ""
    yield (
        "A rule raises a flag; it accuses nobody. The strength says what the flag is worth: a **direct** one shows the fact "
        "itself, a **strong** one points to it, a **circumstantial** one is common among innocent firms too, and **context** "
        "gives no points. The points are policy and stand in `rules/scoring.yaml`."
    )
    yield from _contents(groups)
    for group in sorted(groups):
        yield ""
        yield f"## {_words(group)}"
        for rule in groups[group]:
            yield from _rule(rule, book)
    yield from _guards(book)
    yield from _sources(book.sources, book.rules)


def _contents(groups: Mapping[str, list[Rule]]) -> Iterator[str]:
    yield ""
    yield "| rule | title | axis | strength | status |"
    yield "|---|---|---|---|---|"
    for group in sorted(groups):
        for rule in groups[group]:
            yield (
                f"| [{rule.id}](#{rule.id.lower()}) | {_plain(rule.title)} | {_words(rule.axis)} "
                f"| {rule.strength} | {rule.status} |"
            )


def _rule(rule: Rule, book: Rulebook) -> Iterator[str]:
    yield ""
    yield f"### {rule.id}"
    yield ""
    yield f"**{_plain(rule.title)}**"
    yield ""
    facts = [_words(rule.axis), rule.strength, rule.status, f"version {rule.version}"]
    facts += [f"from {rule.valid_from}"] if rule.valid_from else []
    facts += [f"until {rule.valid_to}"] if rule.valid_to else []
    facts += [f"lifts {_words(axis)} to at least {band}" for axis, band in rule.floor.items()]
    facts += ["reads a personal attribute"] if rule.sensitive else []
    yield ", ".join(facts) + "."
    if rule.applies_when is not None:
        yield from _block("It looks at records for which", in_english(rule.applies_when, book.lists))
    yield from _block("It matches when", in_english(rule.when, book.lists))
    yield ""
    yield f"- Because: {_plain(rule.because)}"
    yield f"- Ask: {_plain(rule.ask)}"
    for innocent in rule.false_positives:
        yield f"- Could also be: {_plain(innocent)}"
    if rule.legal_basis:
        yield f"- May read a personal attribute because: {_plain(rule.legal_basis)}"
    for one in rule.references:
        source = book.sources[one.source]
        yield f"- Rests on: [{_plain(source.title)}](#{source.id}), {_plain(one.where)}: {_plain(one.says)}"
    for guard in book.guards:
        if {rule.id, rule.group} & set(guard.suppresses):
            yield f"- Set aside by: {guard.id}, {_plain(guard.title)}"
    tests = (f"{_plain(test.name)} ({_EXPECTED[test.expect]})" for test in rule.tests)
    yield f"- Tests: {'; '.join(tests) or 'none'}"


def _guards(book: Rulebook) -> Iterator[str]:
    yield ""
    yield "## Guards"
    yield ""
    yield "A guard sets flags aside where an innocent reading is certain. What it set aside stays visible in the result."
    for guard in book.guards:
        yield from _guard(guard, book)


def _guard(guard: Guard, book: Rulebook) -> Iterator[str]:
    yield ""
    yield f"### {guard.id}"
    yield ""
    yield f"**{_plain(guard.title)}**"
    yield ""
    yield f"Sets aside: {', '.join(_plain(name) for name in guard.suppresses)}."
    yield from _block("It holds when", in_english(guard.when, book.lists))
    yield ""
    yield f"- Because: {_plain(guard.because)}"


def _sources(sources: Mapping[str, Source], rules: Iterable[Rule]) -> Iterator[str]:
    used: dict[str, set[str]] = {}
    for rule in rules:
        for one in rule.references:
            used.setdefault(one.source, set()).add(rule.id)
    yield ""
    yield "## Sources"
    yield ""
    yield "“Checked” is the day somebody read a text at the address; a rule on unchecked sources alone cannot be stable."
    for source in sorted(sources.values(), key=lambda one: one.id):
        yield ""
        yield f"### {source.id}"
        yield ""
        issued = f", {source.issued}" if source.issued else ""
        checked = f"checked on {source.checked}" if source.checked else "**not checked**"
        yield f"{_plain(source.title)}. {_plain(source.issuer)}{issued}. <{source.url}>, {checked}."
        yield ""
        yield f"- Supports: {_plain(source.supports)}"
        if source.note:
            yield f"- Note: {_plain(source.note)}"
        yield f"- Used by: {', '.join(sorted(used.get(source.id, ()))) or 'no rule'}"


def _block(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield f"{title}"
    yield ""
    yield "```text"
    yield from lines
    yield "```"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _plain(text: str) -> str:
    """Return a text that Markdown shows as it is written."""
    return text.translate(_MARKS)
