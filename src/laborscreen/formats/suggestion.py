"""
A mapping profile proposed for a file: what each column seems to be, how sure that is, and why.

Headers come first: synonyms of the shipped profiles, then spellings close to one. Where the header says nothing, the
cells may (`laborscreen.formats.recognisers`). A proposal is read by a person before it is used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from laborscreen import values
from laborscreen.errors import InputError
from laborscreen.formats.headers import header_key
from laborscreen.formats.nesting import FieldPath, read_path
from laborscreen.formats.plan import Plan, plan_columns
from laborscreen.formats.profile import Profile, load_profile, shipped_profiles
from laborscreen.formats.recognisers import recognise
from laborscreen.formats.sampling import Sample
from laborscreen.record import Kind
from laborscreen.record.reading import read_value
from laborscreen.text import visible

Confidence = Literal["sure", "likely", "possible", "none"]

_SAMPLES = 3
_SHORT = 36
_SPELT_ALIKE = 0.85
_OWN_HEADERS = 3  # headers that only one system writes; with as many a file is taken for its extract
_UNREAD_KINDS = frozenset({Kind.NAME, Kind.TEXT, Kind.PROSE})


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    What one column seems to be.

    Args:
        header: the header as written.
        path: the field it seems to fill, or an empty string.
        confidence: how sure that is.
        why: what speaks for it, or what else is known of the column.
        samples: some of its cells, as written.
    """

    header: str
    path: str
    confidence: Confidence
    why: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """
    A profile for one file.

    Args:
        inherits: the shipped profile it builds on.
        columns: what each column seems to be, in the order of the file.
        date_order: the order of day and month, where a date shows it.
        joined: for a field, the headers whose cells the inherited profile joins.
    """

    inherits: str
    columns: tuple[Proposal, ...]
    date_order: str = ""
    joined: Mapping[str, tuple[str, ...]] | None = None

    def yaml(self, name: str, of: str) -> str:
        """
        Return the profile as YAML, with the reasons as comments.

        Args:
            name: the profile's id.
            of: the file it was made for, for the first comment.
        """
        lines = [
            f"# Proposed for {visible(of)} by `laborscreen map suggest`. Read it, change it, then try it:",
            "# laborscreen map check FILE --map THIS-FILE",
            f"profile: {_quoted(name)}",
            f"inherits: {self.inherits}",
        ]
        if self.date_order:
            lines.append(f"date_order: {self.date_order}")
        mapped = [one for one in self.columns if one.path]
        if all(one.path != "name" for one in mapped):
            lines.append("# No column seems to hold the name, and a record needs one: say below which it is.")
        lines.append("columns:" if mapped else "columns: {}")
        for path in dict.fromkeys(one.path for one in mapped):
            of_path = [one for one in mapped if one.path == path]
            lines += [
                f"  # {_quoted(one.header)}: {one.confidence}, {one.why}{_shown(one)}" for one in of_path
            ]
            headers = ", ".join(_quoted(one.header) for one in of_path)
            joined = self.joined is not None and path in self.joined and len(of_path) > 1
            lines.append(
                f'  "{path}": ' + (f'{{join: [{headers}], with: " "}}' if joined else f"[{headers}]")
            )
        left = [one for one in self.columns if not one.path]
        if left:
            lines.append(
                "# Nothing is read from these columns; name a field for them above, or leave them here:"
            )
            lines += [f"# {_quoted(one.header)}: {one.why}{_shown(one)}" for one in left]
            lines.append("ignore: []")
        return "\n".join(lines) + "\n"


def suggest(sample: Sample) -> Suggestion:
    """
    Propose a profile for a file.

    >>> found = suggest(Sample(("Lieferant", "Land", "x"), (("Müller GmbH", "DE", "a@b.de"), ("Duval SA", "FR", "c@d.fr"))))
    >>> [(one.header, one.path, one.confidence) for one in found.columns]
    [('Lieferant', 'name', 'sure'), ('Land', 'country', 'sure'), ('x', '', 'none')]
    """
    inherits = _system(sample.header)
    profile = load_profile(inherits)
    plan = _plan(sample.header, profile)
    taken: dict[int, FieldPath] = {}
    joined: dict[str, tuple[str, ...]] = {}
    for use in plan.uses:
        for source in use.sources:
            taken.setdefault(source, use.path)
        if len(use.sources) > 1 and not use.path.field.reads.many:
            joined[_written(use.path)] = tuple(sample.header[source] for source in use.sources)
    found = [
        _by_header(sample, place, taken[place]) if place in taken else _by_cells(sample, place, profile)
        for place in range(len(sample.header))
    ]
    return Suggestion(inherits, tuple(_each_field_once(found, joined)), _date_order(sample, taken), joined)


def _system(header: Sequence[str]) -> str:
    """Return the shipped profile most of whose own headers the file has; the generic one unless one stands out."""
    keys = {header_key(written) for written in header}
    general = {header_key(one) for rule in load_profile("generic").columns for one in rule.headers}
    best, most = "generic", _OWN_HEADERS - 1
    for name in shipped_profiles():
        profile = load_profile(name)
        if name != "generic":
            own = {
                header_key(one)
                for rule in profile.columns[: profile.own]
                for one in (*rule.headers, *rule.join)
            }
            count = len((own - general) & keys)
            if count > most:
                best, most = name, count
    return best


def _plan(header: Sequence[str], profile: Profile) -> Plan:
    try:
        return plan_columns(header, profile, "")
    except InputError:  # no column is the name by its header; the cells may tell
        return plan_columns(header, replace(profile, constants={**profile.constants, "name": "-"}), "")


def _by_header(sample: Sample, place: int, path: FieldPath) -> Proposal:
    cells = sample.column(place)
    written, shown = _written(path), _samples(cells)
    header = sample.header[place]
    if path.field.kind in _UNREAD_KINDS or path.field.reads.beside or not cells:
        return Proposal(
            header, written, "sure", "its header says so" + ("" if cells else ", though it is empty"), shown
        )
    told = [cell for cell in dict.fromkeys(map(str, cells)) if not values.is_missing(cell)]
    read = sum(read_value(path.field.reads, cell, {}, values.DEFAULT).value is not None for cell in told)
    share = read / len(told) if told else 1.0
    confidence: Confidence = "sure" if share >= 0.8 else "likely" if share >= 0.4 else "possible"
    return Proposal(
        header, written, confidence, f"its header says so, and {share:.0%} of its values are read", shown
    )


def _by_cells(sample: Sample, place: int, profile: Profile) -> Proposal:
    header, cells = sample.header[place], sample.column(place)
    shown = _samples(cells)
    known = {header_key(one): rule.path for rule in profile.columns for one in rule.headers}
    if header_key(header) in {header_key(one) for one in profile.ignore}:
        return Proposal(header, "", "none", f"the profile {profile.name} leaves it out", shown)
    if header_key(header) in known:
        other = known[header_key(header)]
        return Proposal(header, "", "none", f"`{other}` is read from another column", shown)
    found = recognise(cells)
    path = _spelt_like(header, known)
    if path and (found is None or found.path in (path, "observations.text")) and _fits(path, cells):
        return Proposal(header, path, "likely", "its header is spelt almost like a known one", shown)
    if found is None:
        return Proposal(
            header,
            "",
            "none",
            "neither its header nor its cells say what it is" if cells else "it is empty",
            shown,
        )
    return Proposal(
        header, found.path, "possible" if found.path else "none", f"its cells are {found.says}", shown
    )


def _spelt_like(header: str, known: Mapping[str, str]) -> str:
    """Return the field of a known header that differs in a letter or two, or an empty string."""
    close = get_close_matches(header_key(header), list(known), n=1, cutoff=_SPELT_ALIKE)
    return known[close[0]] if close else ""


def _fits(path: str, cells: Sequence[object]) -> bool:
    """Return whether cells may well be what a field holds: most are read; a name is not a figure."""
    field = read_path(path).field
    told = [cell for cell in dict.fromkeys(map(str, cells)) if not values.is_missing(cell)]
    if field.kind in {Kind.NAME, Kind.PROSE}:
        good = sum(any(letter.isalpha() for letter in cell) for cell in told)
    else:
        good = sum(read_value(field.reads, cell, {}, values.DEFAULT).value is not None for cell in told)
    return 2 * good >= len(told)


def _each_field_once(found: Sequence[Proposal], joined: Mapping[str, tuple[str, ...]]) -> list[Proposal]:
    """Leave a field to the surest column; the others are told as not mapped."""
    order = {"sure": 0, "likely": 1, "possible": 2, "none": 3}
    best: dict[str, Proposal] = {}
    for one in sorted(found, key=lambda entry: order[entry.confidence]):
        if one.path:
            best.setdefault(one.path, one)
    kept = []
    for one in found:
        together = one.header in joined.get(one.path, ())
        if not one.path or best[one.path] is one or together or _holds_many(one.path):
            kept.append(one)
        else:
            why = f"{one.why}, but {_quoted(best[one.path].header)} fills `{one.path}`"
            kept.append(Proposal(one.header, "", "none", why, one.samples))
    return kept


def _holds_many(path: str) -> bool:
    field = read_path(path).field
    return field.reads.many and not field.group


def _date_order(sample: Sample, taken: Mapping[int, FieldPath]) -> str:
    """Return the order of day and month, if the dates of the file show one and only one."""
    orders = set()
    for place, path in taken.items():
        if path.field.kind is Kind.DATE:
            for cell in sample.column(place):
                parts = str(cell).replace("/", ".").replace("-", ".").split(".")
                if (
                    len(parts) == 3
                    and all(part.isascii() and part.isdigit() for part in parts)
                    and len(parts[2]) == 4
                ):
                    first, second = int(parts[0]), int(parts[1])
                    orders |= {"dmy"} if first > 12 >= second else {"mdy"} if second > 12 >= first else set()
    return orders.pop() if len(orders) == 1 else ""


def _written(path: FieldPath) -> str:
    key = path.label or ("" if path.index is None else str(path.index))
    return f"{path.field.group}[{key}].{path.field.name}" if key else path.field.path


def _samples(cells: Sequence[object]) -> tuple[str, ...]:
    texts = dict.fromkeys(" ".join(str(cell).split()) for cell in cells[:200])
    return tuple(_cut(text) for text in list(texts)[:_SAMPLES])


def _cut(text: str) -> str:
    line = visible(text)
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"


def _quoted(text: str) -> str:
    """Return a text in quotation marks, as YAML reads it, with marks nobody sees written out."""
    told = json.dumps(" ".join(text.split()), ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in told)


def _shown(one: Proposal) -> str:
    return f"; e.g. {' | '.join(one.samples)}" if one.samples else ""
