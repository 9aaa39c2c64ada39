"""
Term lists: written out in YAML, or in a CSV file beside it that a spreadsheet can edit.

Sets of words are read before the lists whose terms name them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from typing import cast

from laborscreen.rulebook.faults import Faults
from laborscreen.rulebook.folder import RuleFiles
from laborscreen.rulebook.forms import Form, as_fields
from laborscreen.rulebook.limits import MAX_PHRASES, MAX_TERMS
from laborscreen.rulebook.model import MATCHES, Match, ValueList
from laborscreen.rulebook.nodes import Fields, Node, SourceFile, Text
from laborscreen.rulebook.term import Term
from laborscreen.rulebook.values_written import one_value
from laborscreen.rulebook.word_sets import oddly_named, sets_named, spelled_out
from laborscreen.source import Location
from laborscreen.text import GAP, TermFault, faults_of, has_choice, most_phrases, parts_of

COLUMNS = ("term", "language", "source", "note")
_LONGEST_TERM = 200
_LONGEST_CHOICE = 1_000
"""Characters of a term that leaves a choice, as written; each phrase it stands for has its own bound."""
_IN_TEXT = ("whole_word", "words")
"""How lists are matched whose terms are words of a text."""


@dataclass(frozen=True, slots=True)
class ListReader:
    """
    Reads lists.

    Args:
        folder: where their CSV files lie.
        faults: collects what is wrong.
        trusting: whether the writing of single terms is taken as sound.
        sets: the words of the sets that terms may name; those read are added.
    """

    folder: RuleFiles
    faults: Faults
    trusting: bool = False
    sets: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def read(self, node: Node) -> ValueList | None:
        """Return the list, or None where a fault keeps it from being one."""
        made = self._read(node)
        if made is not None and made.match == "words":
            self.sets[made.id] = made.texts
        return made

    def _read(self, node: Node) -> ValueList | None:
        fields = as_fields(node, "a list", self.faults)
        if fields is None:
            return None
        name = fields.get("id")
        form = Form(
            fields,
            f"the list {name.value[:40]}" if isinstance(name, Text) else "the list",
            ("id", "title", "match"),
            ("terms", "file"),
            self.faults,
        )
        list_id = form.id("id", example="document_retention")
        match = cast("Match", form.word("match", MATCHES))
        terms = self._terms(form, fields)
        if not list_id or not match:
            return None
        if len(terms) > MAX_TERMS:
            self.faults.error(
                "too-many-terms",
                name or fields,
                f"a list has at most {MAX_TERMS:,} terms",
                "split it into several lists",
            )
            return None
        usable = self._usable(terms, match)
        if match == "whole_word" and not self.trusting and _too_many(usable):
            message = f"with its choices spelled out, a list has at most {MAX_PHRASES:,} phrases"
            self.faults.error("too-many-terms", name or fields, message, "take words out of its sets")
            return None
        return ValueList(list_id, form.text("title"), match, usable, (name or fields).location)

    def _terms(self, form: Form, fields: Fields) -> list[Term]:
        file_node, terms_node = fields.get("file"), fields.get("terms")
        if (file_node is None) == (terms_node is None):
            both = file_node is not None
            self.faults.error(
                "mixed-list" if both else "missing-key",
                file_node or fields,
                "the list has both `terms` and `file`"
                if both
                else f"{form.what} has neither `terms` nor `file`",
                "keep one of them" if both else "write `terms: [...]` or `file: name.csv`",
            )
        if terms_node is not None:
            read = (self._inline(item) for item in form.items("terms"))
            found = [term for term in read if term is not None]
            place: Node | None = terms_node
        elif file_node is not None:
            named = one_value(file_node, self.faults, "`file`")
            opened = self.folder.list_text(named.value.strip(), named) if named else None
            if opened is None:
                return []
            found, place = list(self._from_csv(*opened)), file_node
        else:
            return []
        if not found and place is not None and not self.faults.refused:
            self.faults.error(
                "empty-list",
                place,
                "the list has no terms, so it can never be met",
                "add terms, or take the list out",
            )
        return found

    def _inline(self, node: Node) -> Term | None:
        if isinstance(node, Fields):
            form = Form(node, "the term", ("term",), COLUMNS[1:], self.faults)
            term = form.text("term")
            return Term(
                term, form.text("language"), form.text("source"), form.text("note"), node.location, term
            )
        text = one_value(node, self.faults, "a term")
        if text is None:
            return None
        term = text.value.strip()
        return Term(term, "", "", "", text.location, term)

    def _from_csv(self, file: SourceFile, text: str) -> Iterator[Term]:
        first_line = text.lstrip("\r\n").partition("\n")[0]
        if not first_line.strip():
            hint = f"its first line names the columns: {','.join(COLUMNS)}"
            self.faults.error("empty-list", Location(file.path), "the file is empty", hint)
            return
        mark = max(",;\t", key=first_line.count)
        rows = csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)
        begins = 1
        try:
            header = [name.strip() for name in next(rows)]
            if not self._header_fits(header, file.path):
                return
            places = tuple(header.index(name) if name in header else -1 for name in COLUMNS)
            begins = rows.line_num + 1
            for row in rows:
                term = self._row(row, len(header), places, Location(file.path, begins))
                begins = rows.line_num + 1
                if term is not None:
                    yield term
        except csv.Error as error:
            place = Location(file.path, begins)
            self.faults.error(
                "csv-syntax", place, f"this line cannot be read as CSV ({error})", "check its quotation marks"
            )

    def _header_fits(self, header: Sequence[str], path: str) -> bool:
        for name in header:
            if name not in COLUMNS:
                hint = self.faults.meant(name, COLUMNS) or f"columns: {', '.join(COLUMNS)}"
                self.faults.error(
                    "unknown-column", Location(path, 1), f"`{name[:40]}` is not a column of a term list", hint
                )
            elif header.count(name) > 1:
                self.faults.error(
                    "duplicate-key", Location(path, 1), f"the column `{name}` stands twice", "take one out"
                )
        if "term" not in header:
            self.faults.error(
                "missing-key",
                Location(path, 1),
                "there is no column `term`",
                f"the first line is {','.join(COLUMNS)}",
            )
            return False
        return True

    def _row(self, row: list[str], width: int, places: tuple[int, ...], at: Location) -> Term | None:
        """Return the term of a line; *places* are the cells of `COLUMNS`, -1 for a column that is not there."""
        if not any(row) or not any(map(str.strip, row)):
            return None
        if len(row) > width and any(map(str.strip, row[width:])):
            self.faults.error(
                "ragged-row",
                at,
                f"this line has {len(row)} cells and the first line names {width}",
                "put quotation marks around a term that holds a comma",
            )
            return None
        term, language, source, note = [
            row[place].strip() if 0 <= place < len(row) else "" for place in places
        ]
        if not term:
            self.faults.error("empty-value", at, "this line has no term", "write one, or delete the line")
            return None
        return Term(term, language, source, note, at, term)

    def _usable(self, terms: list[Term], match: Match) -> tuple[Term, ...]:
        """Return the terms that can be looked for; tell of the others and of repetitions."""
        kept: dict[str, Term] = {}
        for term in terms:
            if not term.text:
                continue
            longest = _LONGEST_CHOICE if has_choice(term.text) and match == "whole_word" else _LONGEST_TERM
            if len(term.text) > longest:
                self.faults.error(
                    "long-term",
                    term.location,
                    f"a term has at most {longest:,} characters",
                    "shorten or split it",
                )
                continue
            spelled = self._spelled(term) if match == "whole_word" else term
            if spelled is None or (not self.trusting and self._faulty(spelled, match)):
                continue
            key = term.text.casefold() if match in _IN_TEXT else term.text
            if key in kept:
                first = kept[key].location
                self.faults.warn(
                    "repeated-value",
                    term.location,
                    f"`{term.text[:60]}` is listed twice (first on line {first.line})",
                    "take one out",
                )
                continue
            kept[key] = spelled
        return tuple(kept.values())

    def _spelled(self, term: Term) -> Term | None:
        """Return the term with the words of the sets it names, or None where one is not there."""
        named = sets_named(term.text)
        for name in named:
            if name not in self.sets:
                if not self.faults.may_be_defined(name):
                    hint = (
                        self.faults.meant(name, self.sets) or "define it under `lists:` with `match: words`"
                    )
                    message = f"there is no set of words `{name[:60]}`"
                    self.faults.error("unknown-set", term.location, message, hint)
                return None
        if odd := oddly_named(term.text):
            message = f"`{odd[:60]}` names no set of words"
            hint = "write the name between < and >, in letters, figures and _ alone"
            self.faults.error("unknown-set", term.location, message, hint)
            return None
        return replace(term, spelled=spelled_out(term.text, self.sets)) if named else term

    def _faulty(self, term: Term, match: Match) -> bool:
        """Tell of everything odd in a term; stars and stems concern only lists of words looked for in text."""
        faults = [*_set_faults(term.text)] if match == "words" else []
        found = [
            *faults,
            *(
                fault
                for fault in faults_of((term.spelled,))
                if match in _IN_TEXT or fault.id == "mixed-scripts"
            ),
        ]
        for fault in found:
            report = self.faults.warn if fault.id == "mixed-scripts" else self.faults.error
            report(fault.id, term.location, fault.message, fault.hint)
        return any(fault.id != "mixed-scripts" for fault in found)


def _too_many(terms: Sequence[Term]) -> bool:
    """Tell whether terms come to too many phrases once every choice is spelled out; they seldom are, to tell it."""
    chosen = [term.spelled for term in terms if has_choice(term.spelled)]
    plain = len(terms) - len(chosen)
    return (
        plain + sum(map(most_phrases, chosen)) > MAX_PHRASES
        and plain + sum(len(rows) for term in chosen for rows in parts_of(term)) > MAX_PHRASES
    )


def _set_faults(text: str) -> Iterator[TermFault]:
    if sets_named(text) or has_choice(text) or GAP in text.split():
        message = "a set holds words and phrases, without gaps, choices or other sets"
        yield TermFault(text, "odd-set-word", message, "write that in the terms that name the set")
