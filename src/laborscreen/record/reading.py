"""
How a record is made from what people write: each value is read by its kind, and the text as written is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time
from difflib import get_close_matches
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, ClassVar, NamedTuple, Self, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationInfo, model_validator

from laborscreen import values
from laborscreen.errors import RecordError
from laborscreen.record.kinds import Kind, Reads
from laborscreen.record.rosters import GROUP, divided_groups

LONGEST = 1_000_000
"""Characters of one value; a longer one is cut out as unreadable, not kept in memory twice."""


class Note(NamedTuple):
    """
    Why a value is unknown or uncertain.

    Args:
        field: full path with indexes (``workforce[0].nationality``).
        written: the value as written.
        note: a plain sentence.
    """

    field: str
    written: str
    note: str


class ModelField(NamedTuple):
    """One field of a model: how a scalar is read, or which model an entry of a list is."""

    name: str
    reads: Reads | None
    model: type[ReadModel] | None
    many: bool
    meaning: str


class ReadModel(BaseModel):
    """A part of a record that normalises what it is given."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, use_attribute_docstrings=False
    )

    _written: dict[str, str] = PrivateAttr(default_factory=dict)
    _notes: tuple[tuple[str, str, str], ...] = PrivateAttr(default=())

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, data: Any, handler: Callable[[Any], Self], info: ValidationInfo) -> Self:
        """Normalise every value, keep it as written, refuse fields nobody knows."""
        if isinstance(data, cls):
            return data
        settings = info.context if isinstance(info.context, values.ReadingSettings) else values.DEFAULT
        clean, written, notes = _read_fields(cls, data, settings)
        implied = _implied(cls, data)
        try:
            made = handler(clean | implied)
        except RecordError as fault:
            raise _placed(fault, cls, data, settings) from None
        made.model_fields_set.difference_update(implied)  # nobody told them as fields of their own
        made._written = written  # noqa: SLF001 -- the maker fills in what it read
        if len(notes) > 1:  # in the order of the fields, whatever order a file had them in
            order = list(_by_name(cls))
            notes.sort(key=lambda note: order.index(note[0].partition("[")[0]))
        made._notes = tuple(notes)  # noqa: SLF001
        return made

    def as_written(self, name: str) -> str:
        """
        Return the text that stood where the normalised value of field *name* is now.

        For a list field, entries are told apart as ``name[0]``.
        """
        found = _told(self).get(name)
        if found is not None:
            return found
        plain, _, index = name.partition("[")
        value = getattr(self, plain)
        if index:
            value = value[int(index.rstrip("]"))]
        return "" if value is None else text_of(value)

    def notes(self, prefix: str = "") -> Iterable[Note]:
        """Yield what could not be read, here and in every entry below, with full paths."""
        for name, text, note in (self.__pydantic_private__ or _NOTHING)["_notes"]:
            yield Note(prefix + name, text, note)
        for field in fields_of(type(self)):
            if field.model is None:
                continue
            value = getattr(self, field.name)
            if field.many:
                for index, entry in enumerate(value):
                    yield from entry.notes(f"{prefix}{field.name}[{index}].")
            elif value is not None:
                yield from value.notes(f"{prefix}{field.name}.")

    def written_items(self, prefix: str = "") -> Iterable[tuple[str, str]]:
        """Yield every value that was told as (full path, text as written)."""
        written = _told(self)
        given = self.model_fields_set
        for field in fields_of(type(self)):
            name = field.name
            if name not in given:
                if name in written:
                    yield prefix + name, written[name]
                continue
            value = getattr(self, name)
            if field.model is not None:
                entries = value if field.many else () if value is None else (value,)
                for index, entry in enumerate(entries):
                    place = f"{prefix}{name}[{index}]." if field.many else f"{prefix}{name}."
                    yield from entry.written_items(place)
            elif field.many:
                for index in range(len(value)):
                    yield f"{prefix}{name}[{index}]", self.as_written(f"{name}[{index}]")
                for place, text in written.items():
                    if place.startswith(f"{name}[") and int(place[len(name) + 1 : -1]) >= len(value):
                        yield prefix + place, text
            elif value is not None:
                found = written.get(name)
                yield prefix + name, text_of(value) if found is None else found

    def with_entries(
        self, name: str, entries: Iterable[Mapping[str, object]], settings: values.ReadingSettings
    ) -> Self:
        """
        Return a copy whose list *name* has more entries, after those it has.

        What was told there and is no list of entries is noted no longer: now there is one.
        """
        model = _by_name(type(self))[name].model
        assert model is not None, name
        more = [model.model_validate(one, context=settings) for one in entries]
        copy = self.model_copy(update={name: (*getattr(self, name), *more)})
        copy._notes = tuple(note for note in self._notes if note[0] != name)  # noqa: SLF001 -- its own
        return copy

    def to_dict(self) -> dict[str, Any]:
        """Return the normalised values that are known, as plain JSON-like data."""
        told: dict[str, Any] = {}
        for field in fields_of(type(self)):
            value = getattr(self, field.name)
            if value is None or value == ():
                continue
            if field.model is not None:
                told[field.name] = [entry.to_dict() for entry in value] if field.many else value.to_dict()
            elif field.many:
                told[field.name] = list(value)
            else:
                told[field.name] = (
                    str(value) if isinstance(value, values.PartialDate | values.NumberRange) else value
                )
        return told


_NOTHING: dict[str, Any] = {"_written": {}, "_notes": ()}


def _told(model: ReadModel) -> dict[str, str]:
    """Return the texts kept beside the values; read often, so past pydantic's own look-up."""
    written: dict[str, str] = (model.__pydantic_private__ or _NOTHING)["_written"]
    return written


@lru_cache(maxsize=64)
def fields_of(model: type[ReadModel]) -> tuple[ModelField, ...]:
    """Return the fields of a *model* in order of declaration."""
    found = []
    for name, info in model.model_fields.items():
        reads = next((item for item in info.metadata if isinstance(item, Reads)), None)
        inner, many = _unwrap(info.annotation)
        entry = inner if isinstance(inner, type) and issubclass(inner, ReadModel) else None
        found.append(
            ModelField(name, reads, entry, many or bool(reads and reads.many), info.description or "")
        )
    return tuple(found)


def _unwrap(annotation: Any) -> tuple[Any, bool]:
    """Return the type inside ``X | None``, ``Annotated[X]`` or ``tuple[X, ...]`` and whether it was a tuple."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _unwrap(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return _unwrap(next(part for part in get_args(annotation) if part is not type(None)))
    if origin is tuple:
        return _unwrap(get_args(annotation)[0])[0], True
    return annotation, False


@lru_cache(maxsize=64)
def _by_name(model: type[ReadModel]) -> dict[str, ModelField]:
    return {field.name: field for field in fields_of(model)}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the closest of the *known* words, or an empty string."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else ""


def _read_fields(
    model: type[ReadModel], data: Any, settings: values.ReadingSettings
) -> tuple[dict[str, Any], dict[str, str], list[tuple[str, str, str]]]:
    if not isinstance(data, Mapping):
        raise RecordError(f"{type(data).__name__} where a mapping of fields is needed")
    known = _by_name(model)
    clean: dict[str, Any] = {}
    written: dict[str, str] = {}
    notes: list[tuple[str, str, str]] = []
    for name, value in data.items():
        field = known.get(name)
        if field is None:
            raise RecordError(
                f"{name!r} is not a field of {model.__name__}",
                field=str(name),
                record_id=str(data.get("id", "")),
                hint=did_you_mean(str(name), known) or "`laborscreen fields` lists them",
            )
        if field.model is not None:
            _read_entries(field, field.model, value, clean, notes)
        elif field.many:
            _read_many(field, value, settings, clean, written, notes)
        else:
            reading = read_value(field.reads, value, data, settings)
            _keep(name, value, reading, clean, written, notes)
    for name in ("id", "name"):
        if name in known and known[name].reads is not None and model.model_fields[name].is_required():
            value = clean.get(name)
            if not isinstance(value, str) or not value.strip():
                raise RecordError(
                    f"a record needs an {name}" if name == "id" else "a record needs a name",
                    field=name,
                    record_id=str(data.get("id", "")) if name == "name" else "",
                )
    return clean, written, notes


def _placed(
    fault: RecordError, model: type[ReadModel], data: Mapping[str, object], settings: values.ReadingSettings
) -> RecordError:
    """Tell in which entry of which list a *fault* lies; looked for only when there is one."""
    for field in fields_of(model):
        entries = data.get(field.name)
        listed = [entries] if isinstance(entries, Mapping) else entries
        if field.model is None or not isinstance(listed, list | tuple):
            continue
        for index, entry in enumerate(listed):
            try:
                field.model.model_validate(entry, context=settings)
            except RecordError as found:
                place = f"{field.name}[{index}]" if field.many else field.name
                return RecordError(
                    found.message,
                    field=f"{place}.{found.field}" if found.field else place,
                    record_id=found.record_id or str(data.get("id", "")),
                    hint=found.hint,
                )
    return fault


def _implied(model: type[ReadModel], data: Mapping[str, object]) -> dict[str, str]:
    """Return the currencies that amounts name where a field of their own does not ("150 USD")."""
    found = {}
    for field in fields_of(model):
        if field.reads and field.reads.named_by and values.is_missing(data.get(field.name)):
            named = currency_beside(data.get(amount) for amount in field.reads.named_by)
            if named is not None:
                found[field.name] = named
    return found


def _keep(
    name: str,
    value: object,
    reading: values.Reading[Any],
    clean: dict[str, Any],
    written: dict[str, str],
    notes: list[tuple[str, str, str]],
) -> None:
    text = "" if values.is_missing(value) else text_of(value)
    if reading.value is not None:
        clean[name] = reading.value
    if text and (reading.value is None or text != text_of(reading.value)):
        written[name] = text
    if reading.note:
        notes.append((name, text, reading.note))


def _read_entries(
    field: ModelField,
    model: type[ReadModel],
    value: Any,
    clean: dict[str, Any],
    notes: list[tuple[str, str, str]],
) -> None:
    """Hand nested entries to their own model; a lone mapping is a list of one."""
    if value is None or (isinstance(value, str) and values.is_missing(value)):
        return
    entries = [value] if isinstance(value, Mapping | ReadModel) else value
    if not isinstance(entries, list | tuple) or not all(isinstance(e, Mapping | model) for e in entries):
        notes.append((field.name, text_of(value), f"a list of {field.name} entries was expected"))
        return
    if field.many:
        clean[field.name] = tuple(divided_groups(entries) if field.name == GROUP else entries)
    elif len(entries) == 1:
        clean[field.name] = entries[0]
    elif entries:
        notes.append((field.name, text_of(value), "one entry was expected, several were given"))


def _read_many(
    field: ModelField,
    value: Any,
    settings: values.ReadingSettings,
    clean: dict[str, Any],
    written: dict[str, str],
    notes: list[tuple[str, str, str]],
) -> None:
    """Read a list of scalars; a lone scalar is a list of one. A set has no order of its own, so it is given one."""
    if isinstance(value, set | frozenset):
        entries = sorted(value, key=text_of)
    else:
        entries = list(value) if isinstance(value, list | tuple) else [value]
    kept: list[object] = []
    for index, entry in enumerate(entries):
        reading = read_value(field.reads, entry, {}, settings)
        if reading.value is not None:
            if text_of(entry) != text_of(reading.value):
                written[f"{field.name}[{len(kept)}]"] = text_of(entry)
            kept.append(reading.value)
        elif not values.is_missing(entry):  # behind all others, where no entry that was read can stand
            written[f"{field.name}[{len(entries) + index}]"] = text_of(entry)
        if reading.note:
            notes.append((f"{field.name}[{index}]", text_of(entry), reading.note))
    clean[field.name] = tuple(kept)


def text_of(value: object) -> str:
    """
    Return a written value as text, the same whatever format it came in.

    >>> text_of(20.0), text_of("20"), text_of(True), text_of(datetime(2019, 12, 22))
    ('20', '20', 'true', '2019-12-22')
    """
    if type(value) is str:
        text = value
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        text = str(int(value))
    elif isinstance(value, datetime) and value.time() == time():
        text = value.date().isoformat()
    else:
        text = str(value)
    return text if len(text) <= LONGEST else text[:200] + "..."


_MISSING: values.Reading[Any] = values.Reading(None)


def currency_beside(amounts: Iterable[object]) -> str | None:
    """
    Return the currency that *amounts* name where no field of its own does; None where they name none, or several.

    >>> currency_beside(["150 USD", 900, None]), currency_beside(["150 USD", "900 руб."])
    ('USD', None)
    """
    named = {code for amount in amounts if (code := values.currency_of(amount))}
    return named.pop() if len(named) == 1 else None


def _other_currency(amount: object, currency: object) -> str:
    """Say that an amount names another currency than the field beside it; an empty text where it does not."""
    named = values.currency_of(amount)
    told = values.read_currency(currency).value if named else None
    if told is None or told == named:
        return ""
    return f"“{text_of(amount)}” names {named}, and its currency is told as {told}; which is meant?"


def read_value(  # noqa: PLR0911, PLR0912, C901 -- one line a kind is the plainest way to say it
    reads: Reads | None, written: object, beside: Mapping[str, object], settings: values.ReadingSettings
) -> values.Reading[Any]:
    """
    Read one value by its kind.

    Args:
        reads: how the field is read.
        written: the value as written.
        beside: the sibling values as written, for fields that are read together with one.
        settings: date order and decimal mark of the file.
    """
    if reads is None or written is None:
        return _MISSING
    if isinstance(written, Mapping | list | tuple | set):
        return values.Reading(None, f"one value was expected, not {type(written).__name__}")
    match reads.kind:
        case Kind.NAME | Kind.TEXT | Kind.PROSE:
            return _read_text(written)
        case Kind.COUNTRY:
            return values.read_country(written, nationality=reads.nationality, asking=True)
        case Kind.WORD:
            return values.read_word(reads.words, written)
        case Kind.MONEY if other := _other_currency(written, beside.get(reads.beside)):
            return values.Reading(None, other)
        case Kind.NUMBER if reads.ranges:
            return values.read_quantity(
                written, settings, low=reads.low, high=reads.high, unit=reads.unit, per=reads.per
            )
        case Kind.NUMBER | Kind.MONEY:
            return values.read_number(
                written, settings, low=reads.low, high=reads.high, unit=reads.unit, per=reads.per
            )
        case Kind.WHOLE:
            return values.read_number(written, settings, low=reads.low, high=reads.high, whole=True)
        case Kind.YES_NO:
            return values.read_yes_no(written)
        case Kind.DATE:
            return values.read_date(written, settings)
        case Kind.REGION:
            return values.read_region(written)
        case Kind.CITY:
            return values.read_city(written)
        case Kind.CURRENCY:
            return values.read_currency(written)
        case Kind.CODE:
            return values.read_industry_code(beside.get(reads.beside), written)
        case Kind.HS_CODE:
            return values.read_hs_code(written)
        case Kind.IDENTIFIER:
            return values.read_identifier(beside.get(reads.beside), written)
        case Kind.MRZ:
            zone = values.read_mrz(written)
            return values.Reading(zone.value.nationality if zone.value else None, zone.note)


def _read_text(written: object) -> values.Reading[str]:
    if isinstance(written, bool) or values.is_missing(written):
        return _MISSING
    text = written if isinstance(written, str) else text_of(written)
    if len(text) > LONGEST:
        return values.Reading(None, f"longer than {LONGEST:,} characters")
    return values.Reading(text)
