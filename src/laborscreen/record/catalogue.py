"""
The field catalogue: every field of a record with its path, type, meaning and allowed values.

It is made from the models themselves, so the reader, the rule checker, ``laborscreen fields`` and the docs cannot
disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from laborscreen import values
from laborscreen.record.kinds import Kind, Reads
from laborscreen.record.model import Record
from laborscreen.record.reading import ReadModel, did_you_mean, fields_of


class CatalogueField(NamedTuple):
    """
    One field that a rule may test and a file may fill.

    Args:
        path: full path with dots (``workforce.hours_per_day``).
        group: the list it belongs to (``workforce``), or an empty string for the record itself.
        name: its name within the group (``hours_per_day``; ``remote_work.vpn`` of the record itself).
        reads: how it is read.
        meaning: one sentence.
        required: whether a record is refused without it.
    """

    path: str
    group: str
    name: str
    reads: Reads
    meaning: str
    required: bool = False

    @property
    def kind(self) -> Kind:
        """What the field holds."""
        return self.reads.kind

    @property
    def words(self) -> tuple[str, ...]:
        """The allowed words of a field that holds one of a few."""
        return values.words_of(self.reads.words) if self.reads.words else ()

    @property
    def type_name(self) -> str:
        """The type in words, for people."""
        name = str(self.kind)
        if self.reads.unit:
            name += f", {self.reads.unit}"
        if self.reads.ranges:
            name += ", or a range"
        return f"list of {name}" if self.reads.many else name


class CatalogueGroup(NamedTuple):
    """A list of entries: its name, its meaning, and the fields of an entry by name."""

    name: str
    meaning: str
    fields: Mapping[str, CatalogueField]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """
    All fields by full path, and all groups by name.

    >>> field = catalogue().fields["workforce.hours_per_day"]
    >>> field.group, field.type_name
    ('workforce', 'number, hours, or a range')
    """

    fields: Mapping[str, CatalogueField]
    groups: Mapping[str, CatalogueGroup]

    def find(self, name: str, group: str = "") -> CatalogueField | None:
        """Return the field called *name* as seen from inside *group*: the group's own first, then the record's."""
        if group:
            own = self.groups[group].fields.get(name)
            if own is not None:
                return own
        return self.fields.get(name)

    def hint(self, name: str, group: str = "") -> str:
        """Return a "did you mean" for a field that does not exist, or an empty string."""
        known = list(self.groups[group].fields) if group else []
        return did_you_mean(name, known) or did_you_mean(name, self.fields)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the catalogue of `Record`."""
    return catalogue_of(Record)


def catalogue_of(model: type[ReadModel]) -> Catalogue:
    """
    Build the catalogue of a *model*.

    Benchmarks and tests use it to give records of another shape to the same engine.
    """
    fields: dict[str, CatalogueField] = {}
    groups: dict[str, CatalogueGroup] = {}
    for field in fields_of(model):
        if field.model is None:
            if field.reads is not None:
                required = model.model_fields[field.name].is_required()
                fields[field.name] = CatalogueField(
                    field.name, "", field.name, field.reads, field.meaning, required
                )
            continue
        group = field.name if field.many else ""
        members = {}
        for inner in fields_of(field.model):
            if inner.reads is None:
                continue
            path = f"{field.name}.{inner.name}"
            made = CatalogueField(path, group, inner.name if group else path, inner.reads, inner.meaning)
            fields[path] = made
            members[inner.name] = made
        if group:
            groups[group] = CatalogueGroup(group, field.meaning, MappingProxyType(members))
    return Catalogue(MappingProxyType(fields), MappingProxyType(groups))
