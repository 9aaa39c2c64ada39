"""
Conditions as JSON Schema: one definition for the record and one for the entries of each list, with the fields each may name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from laborscreen.conditions.operators import FITTING
from laborscreen.conditions.tree import COMPARISONS, LIST_WORDS, Measure, Operator, Quantifier
from laborscreen.record import Catalogue, CatalogueField, Kind

Schema = dict[str, Any]

_NUMBERS = frozenset({Kind.NUMBER, Kind.WHOLE, Kind.MONEY})
_MEASURABLE = frozenset({Kind.NUMBER, Kind.WHOLE})
_SHORT_FORMS = {
    Kind.COUNTRY: (r"^([A-Z]{2}|ambiguous)$", "two letters of ISO 3166, such as KP, or `ambiguous`"),
    Kind.MRZ: (r"^([A-Z]{2}|ambiguous)$", "two letters of ISO 3166, such as KP, or `ambiguous`"),
    Kind.REGION: (r"^[A-Z]{2}-[A-Z0-9]{1,3}$", "the code of ISO 3166-2, such as RU-PRI"),
    Kind.CURRENCY: (r"^[A-Z]{3}$", "three letters of ISO 4217, such as RUB"),
    Kind.CODE: (r"^[A-Z0-9_]+:.+$", "the scheme, a colon and the code, such as NACE2:41.20"),
}
DAY: Schema = {
    "type": "string",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "patternErrorMessage": "write a day as year-month-day, such as 2019-12-22",
}
SCALAR: Schema = {"type": ["string", "number", "boolean"]}
"""One value: what YAML takes for a number or for yes and no is text where the field holds text."""
YES_NO: Schema = {"enum": [True, False, "yes", "no", "Yes", "No", "YES", "NO"]}

_HEADS = {
    "all": "Every one of these conditions must hold.",
    "any": "One of these conditions is enough.",
    "not": "The condition must not hold. Not unknown is unknown.",
    "of": "So many of these conditions must hold as `at_least` says.",
    "at_least": "The value is this number or more; beside `of`, how many conditions must hold.",
    "at_most": "The value is this number or less.",
    "above": "The value is more than this number.",
    "below": "The value is less than this number.",
    "some": "One entry of this list must meet what stands below `where`.",
    "every": "Every entry of this list must meet what stands below `where`.",
    "none": "No entry of this list may meet what stands below `where`.",
    "where": "What an entry of the list must meet.",
    "total": "The sum of a number over the entries of a list.",
    "share": "The part of the sum, in percent, that stands in the entries that meet `where`.",
    "count": "How many entries of a list meet `where`.",
    "by": "Count different values of this field, not entries.",
    "flagged": "Another rule is raised.",
    "field": "The field this line looks at.",
    "if_missing": "The answer where the value is not known, in the rare case that silence counts.",
    "is": "The value is this one.",
    "is_one_of": "The value is one of these.",
    "in_list": "The value stands in this list (`match: exact` or `code_prefix`).",
    "mentions": "The text has a term of this list (`match: whole_word`), and does not deny it.",
    "before": "Every day the date may mean lies before this one.",
    "on_or_after": "Every day the date may mean is this one or later.",
    "within_days": "The date lies at most so many days before the day screened.",
    "is_known": "Whether anything readable is told; never unknown.",
    "differs_from": "The value is another than that of this field.",
    "on_watchlist": "The name is on a loaded list of parties: any, dprk_related, other_programmes, or ids of lists.",
    "owned_by_listed": "Owners that stand on a loaded list hold the share that the policy names.",
}


_ALONE: Sequence[Schema] = (
    *(
        {"if": {"required": [word]}, "then": {"maxProperties": 1}}
        for word in ("all", "any", "not", "flagged")
    ),
    *({"if": {"required": [word]}, "then": {"maxProperties": 2}} for word in ("of", *map(str, Quantifier))),
    {
        "if": {"required": ["field"]},
        "then": {
            "if": {"required": ["if_missing"]},
            "then": {"minProperties": 3, "maxProperties": 3, "properties": {"is_known": False}},
            "else": {"minProperties": 2, "maxProperties": 2},
        },
    },
    {
        "if": {"required": ["share"]},
        "then": {"properties": {str(word): {"minimum": 0, "maximum": 100} for word in COMPARISONS}},
    },
)
"""How many words may stand side by side: one head, or one field with one test."""


def described(values: Mapping[str, str], wrong: str) -> Schema:
    """Return one of some words, each with its meaning, and what to say of any other."""
    return {
        "type": "string",
        "enum": list(values),
        "enumDescriptions": list(values.values()),
        "errorMessage": wrong,
    }


class ConditionSchemas:
    """
    Writes the definitions of conditions.

    Args:
        catalogue: the fields of a record.
        lists: id to how the list matches and its title.
        rules: id to title.
    """

    def __init__(
        self, catalogue: Catalogue, lists: Mapping[str, tuple[str, str]], rules: Mapping[str, str]
    ) -> None:
        self._catalogue = catalogue
        self._lists = lists
        self._rules = rules
        self._shared: dict[str, Schema] = {}

    def definitions(self) -> dict[str, Schema]:
        """Return every definition by name; `condition` is that of the record."""
        wrong = "there is no such list of this kind; after adding one, run `laborscreen rules schema` again"
        made: dict[str, Schema] = {
            "list_of_values": described(self._titles({"exact", "code_prefix"}), wrong),
            "list_of_words": described(self._titles({"whole_word"}), wrong),
        }
        for group in ("", *self._catalogue.groups):
            made[_named("field", group)] = described(
                {path: _told(field) for path, field in self._fields(group).items()},
                "this is not a field that can be named here; `laborscreen fields` lists them",
            )
            made[_named("condition", group)] = self._condition(group)
        return made | self._shared

    def _condition(self, group: str) -> Schema:
        itself = _referred("condition", group)
        fields = self._fields(group)
        properties: dict[str, Schema] = {
            "all": {"type": "array", "minItems": 1, "items": itself},
            "any": {"type": "array", "minItems": 1, "items": itself},
            "not": itself,
            "of": {"type": "array", "minItems": 1, "items": itself},
            "field": _referred("field", group),
            "if_missing": {"enum": ["match", "no_match"]},
            **self._tests(group),
        }
        rules = [*_ALONE, *self._per_field(fields)]
        if not group:
            properties |= self._over_lists()
            rules += self._per_list()
        for word, schema in properties.items():
            # A neighbour of $ref is not read in draft 7, so a reference stands one level down.
            properties[word] = {"description": _HEADS[word]} | (
                {"allOf": [schema]} if "$ref" in schema else schema
            )
        return {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": properties,
            "dependencies": self._beside(group),
            "allOf": rules,
        }

    def _fields(self, group: str) -> dict[str, CatalogueField]:
        """Return the fields a test may name, by the name it may use."""
        every = self._catalogue.fields
        if not group:
            return dict(every)
        own = dict(self._catalogue.groups[group].fields)
        return own | {
            path: field for path, field in every.items() if path not in own and field.group in {"", group}
        }

    def _tests(self, group: str) -> dict[str, Schema]:
        number: Schema = {"type": "number"}
        parties: Schema = {"anyOf": [{"type": "string", "enum": list(LIST_WORDS)}, SCALAR]}
        return {
            "is": SCALAR,
            "is_one_of": {"type": "array", "minItems": 1, "items": SCALAR},
            "in_list": {"$ref": "#/definitions/list_of_values"},
            "mentions": {"$ref": "#/definitions/list_of_words"},
            "at_least": number,
            "at_most": number,
            "above": number,
            "below": number,
            "before": DAY,
            "on_or_after": DAY,
            "within_days": {"type": "integer", "minimum": 1},
            "is_known": YES_NO,
            "differs_from": _referred("field", group),
            "on_watchlist": {"anyOf": [parties, {"type": "array", "minItems": 1, "items": parties}]},
            "owned_by_listed": {"anyOf": [parties, {"type": "array", "minItems": 1, "items": parties}]},
        }

    def _titles(self, matches: set[str]) -> dict[str, str]:
        return {name: title for name, (match, title) in self._lists.items() if match in matches}

    def _over_lists(self) -> dict[str, Schema]:
        groups = {name: group.meaning for name, group in self._catalogue.groups.items()}
        numbers = {
            path: _told(field)
            for path, field in self._catalogue.fields.items()
            if field.group and field.kind in _MEASURABLE and not field.reads.many
        }
        in_lists = "this is not a list of a record"
        return {
            **{str(word): described(groups, in_lists) for word in Quantifier},
            "where": {"type": "object"},
            "total": described(numbers, "this is not a number of a list"),
            "share": described(numbers, "this is not a number of a list"),
            "count": described(groups, in_lists),
            "by": {"type": "string"},
            "flagged": described(
                self._rules, "there is no such rule; after adding one, run `laborscreen rules schema` again"
            ),
        }

    def _per_list(self) -> Iterator[Schema]:
        """Yield, for each list, what `where` and `by` may hold beside it."""
        for name, group in self._catalogue.groups.items():
            paths = [field.path for field in group.fields.values()]
            heads = [_has(str(word), [name]) for word in (*Quantifier, Measure.COUNT)]
            heads += [_has(str(word), paths) for word in (Measure.TOTAL, Measure.SHARE)]
            named = {field.name: _told(field) for field in group.fields.values()}
            yield {
                "if": {"anyOf": heads},
                "then": {
                    "properties": {
                        "where": _referred("condition", name),
                        "by": described(named, f"this is not a field of {name}"),
                    }
                },
            }

    def _per_field(self, fields: Mapping[str, CatalogueField]) -> Iterator[Schema]:
        """Yield, for fields of one kind, the tests that fit them and what those compare with."""
        alike: dict[tuple[Kind, str, float | None, float | None], list[str]] = {}
        for path, field in fields.items():
            reads = field.reads
            alike.setdefault((field.kind, reads.words, reads.low, reads.high), []).append(path)
        for (kind, words, low, high), paths in alike.items():
            name = "_".join(
                str(part).replace(" ", "_").replace("/", "_")
                for part in ("tests_of", kind, words, low, high)
                if part not in {None, ""}
            )
            self._shared[name] = _fitting(fields[paths[0]])
            yield {"if": _has("field", paths), "then": {"$ref": f"#/definitions/{name}"}}

    def _beside(self, group: str) -> dict[str, Sequence[str] | Schema]:
        """Return what each word needs beside it."""
        sizes = tuple(map(str, COMPARISONS))
        needed: dict[str, Sequence[str] | Schema] = {
            str(word): ["field"] for word in Operator if str(word) not in sizes
        }
        figures = () if group else tuple(map(str, Measure))
        for word in sizes:
            heads = ("field", "of", *figures) if word == "at_least" else ("field", *figures)
            needed[word] = {"anyOf": [{"required": [head]} for head in heads]}
        needed |= {"if_missing": ["field"], "of": ["at_least"]}
        if not group:
            needed |= {str(word): ["where"] for word in (*Quantifier, Measure.SHARE)} | {"by": ["count"]}
        return needed


def _named(kind: str, group: str) -> str:
    return f"{kind}_in_{group}" if group else kind


def _referred(kind: str, group: str) -> Schema:
    return {"$ref": f"#/definitions/{_named(kind, group)}"}


def _has(word: str, values: Iterable[str]) -> Schema:
    # A pattern, because editors would count an enum here among the words that may stand there.
    names = "|".join(value.replace(".", r"\.") for value in values)
    return {"properties": {word: {"pattern": f"^({names})$"}}, "required": [word]}


def _told(field: CatalogueField) -> str:
    return f"{field.meaning} Holds {field.type_name}."


def _fitting(field: CatalogueField) -> Schema:
    """Return the tests that fit a field with what they compare with, and refuse the others."""
    tests = {str(word): _compared(word, field) for word in FITTING[field.kind]}
    tests |= {str(word): False for word in Operator if str(word) not in tests}
    return {"properties": {word: schema for word, schema in tests.items() if schema is not True}}


def _compared(operator: Operator, field: CatalogueField) -> Schema | bool:
    """Return what a test of a field compares with, where that is narrower than for any field."""
    if operator in COMPARISONS:
        return _number(field)
    if operator is Operator.IS:
        return _value(field)
    if operator is Operator.IS_ONE_OF:
        value = _value(field)
        return True if value is True else {"items": value}
    return True


def _number(field: CatalogueField) -> Schema:
    low, high = field.reads.low, field.reads.high
    return (
        {"type": "number"}
        | ({} if low is None else {"minimum": low})
        | ({} if high is None else {"maximum": high})
    )


def _value(field: CatalogueField) -> Schema | bool:
    if field.kind in _NUMBERS:
        return _number(field)
    if field.kind is Kind.YES_NO:
        return YES_NO
    if field.kind is Kind.WORD:
        return {"enum": list(field.words), "errorMessage": f"one of: {', '.join(field.words)}"}
    if field.kind in _SHORT_FORMS:
        pattern, wrong = _SHORT_FORMS[field.kind]
        return {"type": "string", "pattern": pattern, "patternErrorMessage": f"write {wrong}"}
    return True
