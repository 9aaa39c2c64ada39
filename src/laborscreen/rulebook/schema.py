"""
The rule format of one rulebook as JSON Schema (draft 7), so that an editor completes, explains and underlines.

The fields, lists, sources and rules in it are those that are really there. What a schema cannot see, such as two tests that
exclude each other, `check_rulebook` tells.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from laborscreen import values
from laborscreen.record import Catalogue, CatalogueField, Kind, catalogue
from laborscreen.rulebook.because import LONGEST
from laborscreen.rulebook.list_policy_reading import WHEN_OLDER
from laborscreen.rulebook.list_reading import COLUMNS
from laborscreen.rulebook.listed_examples import KINDS, LISTED_KEYS
from laborscreen.rulebook.loading import readable_parts
from laborscreen.rulebook.model import EVIDENCE_KINDS, EXPECTATIONS, MATCHES, PURPOSES, STATUSES
from laborscreen.rulebook.parts import Parts
from laborscreen.rulebook.policy import AXES, BANDS, EXPOSURES, STRENGTHS, TIERS
from laborscreen.rulebook.policy_reading import KEYS as POLICY_KEYS
from laborscreen.rulebook.rule_reading import LONGEST_TITLE, OPTIONAL_KEYS, RULE_ID, RULE_KEYS
from laborscreen.rulebook.schema_conditions import DAY, SCALAR, YES_NO, ConditionSchemas, Schema, described

DRAFT = "http://json-schema.org/draft-07/schema#"
SCHEMA_FILE = "laborscreen.schema.json"
"""How the schema is called that stands beside the rules."""
MODELINE = f"# yaml-language-server: $schema=./{SCHEMA_FILE}"
"""The first line of a rule file, by which editors find the schema beside it."""

_CONDITION = {"$ref": "#/definitions/condition"}
_TEXT = SCALAR
_NAME: Schema = {"type": "string", "pattern": r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$"}
_ID: Schema = {
    "type": "string",
    "pattern": f"^{RULE_ID.pattern}$",
    "patternErrorMessage": "write it like ACME-HRS-1",
}
_SAYS_OF_RULE = {
    "id": "Never changes; it stands in every report.",
    "title": "A few words for a list.",
    "status": "draft and test never score unless asked for; stable scores; retired has a successor.",
    "version": "Raise it with every change to `when`.",
    "axis": "Whose labour it is (dprk_nexus), how people work (forced_labour), or contradictions (concealment).",
    "group": "The points of one group are capped together: one fact told three times counts once.",
    "strength": "direct 100 points, strong 35, circumstantial 15, context none.",
    "when": "The condition.",
    "because": "The sentence for the report; {field} is filled in with the value that made the match.",
    "ask": "The question to send to the supplier.",
    "applies_when": "Which records the rule is about; elsewhere it is neither match nor gap.",
    "false_positives": "Innocent explanations.",
    "references": "What the rule rests on.",
    "valid_from": "First day screened on which it is in force.",
    "valid_to": "Last such day.",
    "tests": "Records with the answer each must give: match, no_match and unknown, one of each at least.",
    "floor": "Lifts an axis to at least this band; the gates for critical still hold.",
    "exposure": "A context rule that puts a record in a tier of exposure.",
    "evidence_kind": "The kind of sign of remote IT work; signs of one kind are capped together.",
    "sensitive": "Whether it reads a personal attribute.",
    "legal_basis": "The law that turns on that attribute.",
    "purposes": "What the rule is fit for.",
    "owner": "Who looks after it.",
    "catalogue": "Its name in the indicator catalogue.",
    "replaced_by": "The successor of a retired rule.",
}  # fmt: skip


def schema_of(path: str | Path | None = None) -> Schema:
    """
    Return the JSON Schema for the files of a rulebook.

    A rulebook with faults has one too: the editor is needed most while it is being mended.

    Args:
        path: a folder of YAML files, one such file, or a pack; None means the shipped rulebook.

    >>> schema_of()["$schema"]
    'http://json-schema.org/draft-07/schema#'
    """
    return _Schemas(readable_parts(path), catalogue()).root()


class _Schemas:
    """Writes the schema of one rulebook."""

    def __init__(self, parts: Parts, fields: Catalogue) -> None:
        self._fields = fields
        self._parts = parts
        self._titles = dict.fromkeys(sorted(parts.own_rules), "") | {
            rule.id: rule.title for rule in parts.rules
        }
        lists = {name: (made.match, made.title) for name, made in sorted(parts.lists.items())}
        self._conditions = ConditionSchemas(fields, lists, self._titles)

    def root(self) -> Schema:
        sections = {
            "rules": ("What is looked for.", _array(self._rule())),
            "lists": ("Words, codes and places that rules look for.", _array(_list())),
            "guards": ("What suppresses rules, and why.", _array(self._guard())),
            "exceptions": (
                "Records excepted from a rule by a person, for a time.",
                _array(self._exception()),
            ),
            "sources": ("Documents that rules rest on.", _array(_source())),
            "scoring": ("How flags become points, points bands, and bands an outcome.", self._scoring()),
            "rates": ("What one unit of a currency is worth in US dollars.", _rates()),
        }
        return {
            "$schema": DRAFT,
            "title": "laborscreen rule file",
            "description": "Written by `laborscreen rules schema`; run it again after adding a rule, a list or a source.",
            "type": "object",
            "additionalProperties": False,
            "properties": {name: {"description": says} | made for name, (says, made) in sections.items()},
            "definitions": self._conditions.definitions() | {"record": self._record()},
        }

    def _rule(self) -> Schema:
        made: dict[str, Schema] = {
            "id": _ID,
            "title": _TEXT | {"maxLength": LONGEST_TITLE},
            "status": _one_of(STATUSES),
            "version": {"type": "integer", "minimum": 1},
            "axis": _one_of(AXES),
            "group": _NAME,
            "strength": _one_of(STRENGTHS),
            "when": {"allOf": [_CONDITION]},
            "because": _TEXT | {"maxLength": LONGEST},
            "ask": _TEXT,
            "applies_when": {"allOf": [_CONDITION]},
            "false_positives": _array(_TEXT),
            "references": _array(self._reference()),
            "valid_from": DAY,
            "valid_to": DAY,
            "tests": _array(self._test()),
            "floor": _entry((), {axis: _one_of(BANDS[1:]) for axis in AXES}),
            "exposure": _one_of(EXPOSURES),
            "evidence_kind": _one_of(EVIDENCE_KINDS),
            "sensitive": YES_NO,
            "legal_basis": _TEXT,
            "purposes": _array(_one_of(PURPOSES)),
            "owner": _TEXT,
            "catalogue": {"type": "string"},
            "replaced_by": _ID,
        }
        ordered = {
            name: {"description": _SAYS_OF_RULE[name]} | made[name] for name in (*RULE_KEYS, *OPTIONAL_KEYS)
        }
        forbidden = {"context": "floor", "direct": "exposure"}
        retired = {"properties": {"status": {"const": "retired"}}, "required": ["status"]}
        return _entry(RULE_KEYS, ordered) | {
            "if": retired,
            "then": {"required": ["replaced_by"]},
            "else": {"properties": {"replaced_by": False}},
            "allOf": [
                {
                    "if": {"properties": {"strength": {"const": strength}}, "required": ["strength"]},
                    "then": {"properties": {key: False}},
                }
                for strength, key in forbidden.items()
            ],
            "dependencies": {"sensitive": ["legal_basis"]},
        }

    def _reference(self) -> Schema:
        sources = {source.id: f"{source.title} ({source.issuer})" for source in self._parts.sources.values()}
        wrong = "there is no such source; after adding one, run `laborscreen rules schema` again"
        return _entry(
            ("source", "where", "says"),
            {
                "source": {"description": "The document."} | described(dict(sorted(sources.items())), wrong),
                "where": {"description": "The place in it."} | _TEXT,
                "says": {"description": "What it says, in our words."} | _TEXT,
            },
        )

    def _test(self) -> Schema:
        texts = _array(_TEXT)
        listed = dict.fromkeys(LISTED_KEYS, texts) | {"list": _TEXT, "kind": _one_of(KINDS)}
        return _entry(
            ("name", "expect", "record"),
            {
                "name": {"description": "What the test shows."} | _TEXT,
                "expect": {"description": "The answer the condition must give."} | _one_of(EXPECTATIONS),
                "record": {
                    "description": "A record as people write it; id and name may be left out.",
                    "allOf": [{"$ref": "#/definitions/record"}],
                },
                "as_of": {"description": "The day screened, where it matters."} | DAY,
                "listed": {"description": "The parties on the lists of this test."}
                | _array(_entry(("name",), {"name": _TEXT} | listed)),
            },
        )

    def _record(self) -> Schema:
        """Return the record of a test: every field, and any value, because people write what they like."""
        holders: dict[str, dict[str, Schema]] = {}
        properties: dict[str, Schema] = {}
        for field in self._fields.fields.values():
            holder, _, name = field.path.rpartition(".")
            (holders.setdefault(holder, {}) if holder else properties)[name or field.path] = _written(field)
        for holder, inner in holders.items():
            entry = _entry((), inner)
            group = self._fields.groups.get(holder)
            properties[holder] = {"description": group.meaning} | _array(entry) if group else entry
        return _entry((), properties)

    def _guard(self) -> Schema:
        groups = {rule.group: "a group of rules" for rule in self._parts.rules}
        wrong = "there is neither a rule nor a group of this name; after adding one, run `laborscreen rules schema` again"
        keys: dict[str, Schema] = {
            "id": _ID,
            "title": _TEXT,
            "suppresses": {"description": "Rules, or groups of rules."}
            | _array(described(self._titles | groups, wrong))
            | {"minItems": 1},
            "when": {"description": "When it does.", "allOf": [_CONDITION]},
            "because": {"description": "The sentence for the report."} | _TEXT,
        }
        return _entry(keys, keys)

    def _exception(self) -> Schema:
        required = ("rule", "record", "reason", "approver", "expires")
        keys: dict[str, Schema] = {
            "rule": described(
                self._titles, "there is no such rule; after adding one, run `laborscreen rules schema` again"
            ),
            "record": {"description": "The id of the record."} | _TEXT,
            "reason": {"description": "Why."} | _TEXT,
            "approver": {"description": "Who answers for it."} | _TEXT,
            "expires": {"description": "The last day it holds."} | DAY,
            "entry": {"description": "The listed party that the record's party is not."} | _TEXT,
            "fingerprint_record": _TEXT,
            "fingerprint_entry": _TEXT,
            "author": {"description": "Who looked at it and wrote it."} | _TEXT,
            "evidence": {"description": "What it rests on: a document, an extract, the number of a case."}
            | _TEXT,
            "fingerprint_thresholds": _TEXT,
        }
        return _entry(required, keys)

    def _scoring(self) -> Schema:
        sources = values.words_of("source_type")
        number: Schema = {"type": "number", "minimum": 0}
        rationale: Schema = {"description": "Why this figure and no other."} | _TEXT
        threshold: dict[str, Schema] = {
            "at_least": {"type": "number", "maximum": 1},
            "rationale": rationale,
            "list": _TEXT,
            "programme": _TEXT,
            "strength": _one_of(("strong", "weak")),
        }
        need: dict[str, Schema] = {
            "id": _NAME,
            "satisfied_when": {"allOf": [_CONDITION]},
            "fields": _array({"type": "string", "enum": list(self._fields.fields)}),
            "ask": _TEXT,
            "tiers": _array(_one_of(TIERS)),
            "exposure": _array(_one_of(EXPOSURES)),
        }
        made: dict[str, Schema] = {
            "points": _entry(STRENGTHS, dict.fromkeys(STRENGTHS, number)),
            "quality": _entry(sources, dict.fromkeys(sources, number | {"maximum": 1})),
            "direct_from": _array(_one_of(sources)),
            "named_person_direct_from": _array(_one_of(sources)),
            "allegation_from": _array(_one_of(sources)),
            "allegation_at_most": _one_of(BANDS),
            "group_cap": number,
            "evidence_kind_cap": number,
            "bands": _entry(BANDS, dict.fromkeys(BANDS, number)),
            "high_needs_strong_groups": {"type": "integer", "minimum": 1},
            "axis_at_most": _entry((), dict.fromkeys(AXES, _one_of(BANDS))),
            "tiers": _entry(TIERS[1:], dict.fromkeys(TIERS[1:], _array(_array(_one_of(EXPOSURES))))),
            "needs": _array(_entry(("id", "satisfied_when", "fields", "ask"), need)),
            "second_source": _array(_one_of(AXES)),
            "name_thresholds": _array(_entry(("at_least", "rationale"), threshold)),
            "list_age": _entry(
                ("most_days", "when_older", "rationale"),
                {
                    "most_days": {"type": "integer", "minimum": 1},
                    "when_older": _one_of(WHEN_OLDER),
                    "rationale": rationale,
                },
            ),
            "listed_share": _entry(
                ("percent", "rationale"), {"percent": number, "more_than": YES_NO, "rationale": rationale}
            ),
        }
        return _entry((), {name: made[name] for name in POLICY_KEYS})


def _entry(required: Iterable[str], properties: Mapping[str, Any]) -> Schema:
    made: Schema = {"type": "object", "additionalProperties": False, "properties": dict(properties)}
    needed = list(required)
    return made | {"required": needed} if needed else made


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(words: Sequence[str]) -> Schema:
    return {"type": "string", "enum": list(words)}


def _written(field: CatalogueField) -> Schema:
    """Return a field of a test's record: its words are offered, and anything is accepted."""
    words: Schema = {"anyOf": [_one_of(field.words), {}]} if field.kind is Kind.WORD else {}
    return {"description": f"{field.meaning} Holds {field.type_name}."} | words


def _list() -> Schema:
    term = _entry(("term",), dict.fromkeys(COLUMNS, _TEXT))
    keys: dict[str, Schema] = {
        "id": {"description": "The name rules use."} | _NAME,
        "title": {"description": "What it holds."} | _TEXT,
        "match": {
            "description": "exact: whole values; whole_word: words in text; code_prefix: codes and all below them; "
            "words: a set that terms of other lists name in angle brackets."
        }
        | _one_of(MATCHES),
        "terms": {"description": "What it holds, written out."}
        | _array({"anyOf": [_TEXT, term]})
        | {"minItems": 1},
        "file": {"description": f"A CSV file below this folder with the columns {', '.join(COLUMNS)}."}
        | _TEXT,
    }
    either = [{"required": ["terms"]}, {"required": ["file"]}]
    return _entry(("id", "title", "match"), keys) | {"oneOf": either}


def _source() -> Schema:
    day_or_nothing: Schema = {"anyOf": [DAY, {"type": "null"}]}
    required = ("id", "title", "issuer", "url", "supports", "checked")
    keys: dict[str, Schema] = {
        "id": {"description": "The name rules use."} | _NAME,
        "title": _TEXT,
        "issuer": _TEXT,
        "url": {
            "type": "string",
            "pattern": '^https?://[^ <>"]+$',
            "patternErrorMessage": "write a web address",
        },
        "supports": {"description": "What it was read for."} | _TEXT,
        "checked": {"description": "The day somebody opened it; null where nobody has."} | day_or_nothing,
        "turns_on_nationality": {"description": "Whether it is a law that turns on nationality itself."}
        | YES_NO,
        "date": {"description": "The day it was issued."} | day_or_nothing,
        "note": _TEXT,
    }
    return _entry(required, keys)


def _rates() -> Schema:
    rate: Schema = {"type": "number", "exclusiveMinimum": 0}
    keys: dict[str, Schema] = {
        "as_of": DAY,
        "source": _TEXT,
        "usd_per_unit": {
            "type": "object",
            "propertyNames": {"pattern": "^[A-Z]{3}$"},
            "additionalProperties": rate,
        },
    }
    return _entry(keys, keys)


def schema_text(path: str | Path | None = None) -> str:
    """Return `schema_of` a rulebook as the text of a file: one line a definition, so that a change is seen as one."""
    whole = schema_of(path)
    lines = []
    for name in ("properties", "definitions"):
        inner = ",\n".join(f"  {json.dumps(key)}: {_compact(made)}" for key, made in whole.pop(name).items())
        lines.append(f' "{name}": {{\n{inner}\n }}')
    head = [f" {json.dumps(key)}: {_compact(value)}" for key, value in whole.items()]
    return "{\n" + ",\n".join((*head, *lines)) + "\n}\n"


def _compact(made: object) -> str:
    return json.dumps(made, ensure_ascii=False)
