"""
Two nights: suppliers, a rulebook, a list of parties and a day each, written as files and screened by the command line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import orjson

from laborscreen.watchlists import Entry, ListedName, Provenance, Watchlist
from laborscreen.watchlists.relevance import dprk_reasons
from tests.cli.conftest import Call

_RULE = """
  - id: {id}
    title: {id}
    status: stable
    version: 1
    axis: forced_labour
    group: hours
    strength: {strength}
    when: {when}
    because: told
    ask: Which?
    false_positives: [a slip of the pen]
    references: [{{source: own, where: whole, says: as told}}]
    tests:
      - {{name: a, expect: match, as_of: 2026-06-30, {listed}record: {yes}}}
      - {{name: b, expect: no_match, as_of: 2026-06-30, {listed}record: {no}}}
      - {{name: c, expect: unknown, as_of: 2026-06-30, record: {{}}}}
"""
_SOURCES = (
    "sources:\n  - {id: own, title: Ours, issuer: us, date: 2020-01-01, url: 'https://example.org/a', supports: all, "
    "checked: 2026-01-01}\n"
)
_GUARD = """guards:
  - id: T-GRD-001
    title: known hours
    suppresses: [T-HRS-001]
    when: {field: country, is: FR}
    because: The hours are known
"""
_EXCEPTION = "exceptions:\n  - {rule: T-HRS-001, record: A, reason: Looked into, approver: A. Person, expires: 2099-01-01}\n"


@dataclass(frozen=True)
class Night:
    """
    What one night is screened from.

    Args:
        records: the suppliers.
        hours: the threshold of T-HRS-001.
        young: the days of T-AGE-001, which turns on the day screened.
        words: the terms of the word list of T-TXT-001.
        strength: of T-HRS-001.
        guarded: whether a guard sets T-HRS-001 aside for France.
        excepted: whether A has an exception from T-HRS-001.
        euro: dollars for a euro, on which T-PAY-001 turns.
        hint: points of a circumstantial flag.
        listed: names on the list of parties.
        day: the day screened.
        nested: whether the suppliers come as JSON lines.
    """

    records: tuple[dict[str, str], ...] = ()
    hours: int = 16
    young: int = 730
    words: tuple[str, ...] = ("passports kept",)
    strength: str = "strong"
    guarded: bool = False
    excepted: bool = False
    euro: float = 1.13
    hint: int = 15
    listed: tuple[str, ...] = ()
    day: str = "2026-06-30"
    nested: bool = False

    def write(self, folder: Path) -> list[object]:
        """
        Write it, and return the arguments that screen it.
        """
        (folder / "rules").mkdir(parents=True, exist_ok=True)
        rules = [
            _RULE.format(
                id="T-HRS-001",
                strength=self.strength,
                when=f"{{some: workforce, where: {{field: hours_per_day, at_least: {self.hours}}}}}",
                yes="{workforce: [{hours_per_day: 24}]}",
                no="{workforce: [{hours_per_day: 1}]}",
                listed="",
            ),
            _RULE.format(
                id="T-AGE-001",
                strength="circumstantial",
                when=f"{{field: founded, within_days: {self.young}}}",
                yes="{founded: 2026-06-29}",
                no="{founded: 1950-01-01}",
                listed="",
            ),
            _RULE.format(
                id="T-TXT-001",
                strength="circumstantial",
                when="{field: activities, mentions: kept}",
                yes=f"{{activities: {self.words[0]}}}",
                no="{activities: nothing of it}",
                listed="",
            ),
            _RULE.format(
                id="T-LST-001",
                strength="circumstantial",
                when="{field: name, on_watchlist: any}",
                yes="{name: Mokran Bau}",
                no="{name: Papeterie Duval}",
                listed="listed: [{name: Mokran Bau}], ",
            ),
            _RULE.format(
                id="T-ALL-001",
                strength="circumstantial",
                when="{all: [{flagged: T-HRS-001}, {flagged: T-TXT-001}]}",
                yes=f"{{activities: {self.words[0]}, workforce: [{{hours_per_day: 24}}]}}",
                no="{activities: nothing of it, workforce: [{hours_per_day: 1}]}",
                listed="",
            ),
        ]
        rules.append(
            _RULE.format(
                id="T-PAY-001",
                strength="circumstantial",
                when="{field: payments.amount, at_least: 1000}",
                yes="{payments: [{amount: 5000, currency: USD}]}",
                no="{payments: [{amount: 1, currency: USD}]}",
                listed="",
            )
        )
        more = f"rates: {{as_of: 2025-12-31, source: ours, usd_per_unit: {{EUR: {self.euro}}}}}\n"
        more += f"scoring: {{points: {{direct: 100, strong: 35, circumstantial: {self.hint}, context: 0}}}}\n"
        more += _GUARD * self.guarded + _EXCEPTION * self.excepted
        terms = "".join(f"      - {{term: {word}, language: en, source: own}}\n" for word in self.words)
        (folder / "rules" / "all.yaml").write_text(
            "rules:"
            + "".join(rules)
            + "lists:\n  - id: kept\n    title: kept\n    match: whole_word\n    terms:\n"
            + terms
            + _SOURCES
            + more,
            encoding="utf-8",
        )
        suppliers = folder / ("suppliers.jsonl" if self.nested else "suppliers.csv")
        columns = (
            "id",
            "name",
            "country",
            "aliases",
            "founded",
            "activities",
            "workforce.hours_per_day",
            "payments.amount",
            "payments.currency",
        )
        if self.nested:
            lines = [orjson.dumps(_nested(one)) for one in self.records]
            suppliers.write_bytes(b"".join(line + b"\n" for line in lines))
        else:
            rows = [",".join(one.get(column, "") for column in columns) for one in self.records]
            suppliers.write_text("\n".join([",".join(columns), *rows]) + "\n", encoding="utf-8")
        list_of(folder / "ours.lsw", *self.listed)
        found: list[object] = [
            "--watchlist",
            folder / "ours.lsw",
            suppliers,
            "--rules",
            folder / "rules",
            "--as-of",
            self.day,
        ]
        return [*found, "--jobs", 1, "--stale-lists", "warn"]


def list_of(path: Path, *names: str, dprk_related: bool = False) -> Path:
    """
    Write a list of organisations with these names, and return its path.
    """
    watchlist_of(*names, dprk_related=dprk_related).save(path)
    return path


def watchlist_of(*names: str, dprk_related: bool = False) -> Watchlist:
    """
    Return a list of organisations with these names.
    """
    reasons = dprk_reasons(programmes=["DPRK4"]) if dprk_related else ()
    entries = [
        Entry(
            name,
            "ours",
            "organization",
            (ListedName(name, "strong"),),
            dprk_related=dprk_related,
            dprk_reasons=reasons,
        )
        for name in names
    ]
    made = Provenance("ours", "Ours", "ours.csv", "2026-06-01", "", "us", "none", len(entries))
    return Watchlist(entries, [replace(made, digest=f"sha256:{'|'.join(names)}")])


def _nested(record: dict[str, str]) -> dict[str, object]:
    told: dict[str, object] = {path: value for path, value in record.items() if "." not in path}
    for group, names in (("workforce", ("hours_per_day",)), ("payments", ("amount", "currency"))):
        entry = {name: record[f"{group}.{name}"] for name in names if record.get(f"{group}.{name}")}
        told |= {group: [entry]} if entry else {}
    return told


def screened(call: Call, night: Night, folder: Path, *more: object) -> Path:
    """
    Screen a night and return its result.
    """
    arguments = night.write(folder)
    out = folder / "results.jsonl"
    ended = call("screen", *arguments, "-o", out, *more)
    assert ended.code in {0, 3}, ended.err
    return out


def told(path: Path) -> list[dict[str, object]]:
    """
    Return the lines of a file of JSON lines.
    """
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]
