"""
The result: what was found about one record, why, and what is not known.

Everything here is immutable all the way down and can be pickled. `Assessment.to_dict` is the published JSON form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

Outcome = Literal["refer", "review", "incomplete", "routine"]
Band = Literal["info", "low", "medium", "high", "critical"]
Status = Literal["raised", "suppressed", "excepted"]

AXIS_NAMES = ("dprk_nexus", "forced_labour", "concealment")

OUTCOMES: tuple[Outcome, ...] = ("refer", "review", "incomplete", "routine")
"""The outcome words, gravest first. None of them decides anything: a person does."""


class Plain:
    """Frozen data that knows its plain form."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON-like data, in the order of the fields."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}  # type: ignore[arg-type] # every subclass is a dataclass


def _plain(value: Any) -> Any:
    if isinstance(value, Plain):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value


@dataclass(frozen=True, slots=True)
class ListedName(Plain):
    """
    The other side of a name that met a list: what the list says, and what agrees and disagrees beside the name.

    Args:
        standing: ``possible match`` or ``confirmed by a second identifier``.
        list: the list.
        list_date: its date, or an empty string where it bears none.
        name: the listed name that met.
        strength: weak where the publisher calls this name weak.
        kind: what the publisher says the party is.
        programmes: the programmes it is listed under.
        dprk: why it counts as related to the DPRK; empty where it does not.
        reasons: why the two names count as alike: the forms that met.
        agree: second identifiers that agree.
        disagree: those that do not.
        fingerprint: digest of what the list says of it; a good-guy entry names it.
        fingerprint_record: digest of what the record says of its side; a good-guy entry names it, too.
        cleared: the good-guy entry that clears it, in words; empty where there is none.
    """

    standing: str
    list: str
    list_date: str
    name: str
    strength: str
    kind: str
    programmes: tuple[str, ...]
    dprk: tuple[str, ...]
    reasons: tuple[str, ...]
    agree: tuple[str, ...]
    disagree: tuple[str, ...]
    fingerprint: str
    fingerprint_record: str
    cleared: str = ""


@dataclass(frozen=True, slots=True)
class Evidence(Plain):
    """
    One reason a rule fired: which field, what it held, what it was compared with.

    Args:
        field: full path with indexes (``workforce[0].nationality``).
        seen: the value as written.
        value: the value as read.
        wanted: what it was compared with, in words.
        span: start and end of the words in *seen*, for text.
        source_type: who says so; empty for a figure over entries of several sources, which its note names.
        similarity: for names, how alike they are, 0 to 1.
        entry: for names, the id of the list entry.
        note: what weakens or explains it, in words.
        listed: for names, the listed party that met.
    """

    field: str
    seen: str
    value: str | float | bool | None
    wanted: str
    span: tuple[int, int] | None = None
    source_type: str = ""
    similarity: float | None = None
    entry: str | None = None
    note: str = ""
    listed: ListedName | None = None


@dataclass(frozen=True, slots=True)
class Citation(Plain):
    """
    A source a rule stands on.

    Args:
        source: id of the source.
        title: its title.
        url: where it can be read.
        where: the place in it.
        says: what it says, in our words.
    """

    source: str
    title: str
    url: str
    where: str
    says: str


@dataclass(frozen=True, slots=True)
class Flag(Plain):
    """
    One rule that matched.

    Args:
        rule: the rule's id.
        version: the rule's version.
        title: the rule's title.
        axis: the axis it scores on.
        group: points of one group are capped together.
        strength: what the rule is worth at best.
        counts_as: what it is worth on this evidence; hearsay is never direct.
        quality: the multiplier for the evidence, 0 to 1.
        points: points before caps: the policy's points for *counts_as*, times *quality*; a flag that stays direct keeps all.
        status: raised, suppressed by a guard, or excepted.
        because: one sentence with the values filled in.
        evidence: what made the match.
        references: the sources.
        ask: the question to the supplier.
        false_positives: innocent explanations to consider.
        set_aside_by: id of the guard or exception, when the flag is not raised.
        set_aside_because: its reason.
        rule_status: stable, or the status of a rule that scores only because it was asked for.
    """

    rule: str
    version: int
    title: str
    axis: str
    group: str
    strength: str
    counts_as: str
    quality: float
    points: float
    status: Status
    because: str
    evidence: tuple[Evidence, ...]
    references: tuple[Citation, ...]
    ask: str
    false_positives: tuple[str, ...]
    set_aside_by: str = ""
    set_aside_because: str = ""
    rule_status: str = "stable"

    @property
    def heading(self) -> str:
        """The rule's title; a rule that is not approved yet says so."""
        return self.title if self.rule_status == "stable" else f"{self.title} [{self.rule_status} rule]"


@dataclass(frozen=True, slots=True)
class GroupPoints(Plain):
    """
    The points of one group on one axis.

    Args:
        group: the group's name.
        points: the sum of its flags' points.
        counted: what counts after the caps.
    """

    group: str
    points: float
    counted: float


@dataclass(frozen=True, slots=True)
class Axis(Plain):
    """
    One score.

    Args:
        score: the sum of what the groups count.
        band: the band after the gates.
        groups: the parts of the sum.
        held: why the band is not the one the score alone would give, in words; empty when it is.
    """

    score: float
    band: Band
    groups: tuple[GroupPoints, ...] = ()
    held: str = ""


@dataclass(frozen=True, slots=True)
class Axes(Mapping[str, Axis], Plain):
    """The three scores, by name."""

    dprk_nexus: Axis
    forced_labour: Axis
    concealment: Axis

    def __getitem__(self, name: str) -> Axis:
        if name not in AXIS_NAMES:
            raise KeyError(name)
        axis: Axis = getattr(self, name)
        return axis

    def __iter__(self) -> Iterator[str]:
        return iter(AXIS_NAMES)

    def __len__(self) -> int:
        return 3


@dataclass(frozen=True, slots=True)
class Gap(Plain):
    """
    Something that is not known and matters.

    Args:
        rule: the rule or need that waits for it; ``unreadable-value`` for a value that could not be read.
        fields: full paths of the fields that could decide it.
        ask: the question to send.
    """

    rule: str
    fields: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class GuardApplied(Plain):
    """
    A guard that holds for this record.

    Args:
        guard: its id.
        title: its title.
        because: its reason.
        suppressed: ids of the rules it suppressed here.
    """

    guard: str
    title: str
    because: str
    suppressed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ValueNote(Plain):
    """A value that could not be read, or only with a doubt."""

    field: str
    written: str
    note: str


@dataclass(frozen=True, slots=True)
class ListUsed(Plain):
    """
    A watchlist that was compared with.

    Args:
        list: its name.
        date: the date it bears, or an empty string.
        digest: the digest of what was read.
    """

    list: str
    date: str
    digest: str

    def age_on(self, day: str) -> int | None:
        """
        Return its age in days on an ISO *day*; None where it bears no date.

        >>> ListUsed("ofac-sdn", "2026-06-01", "").age_on("2026-06-30")
        29
        """
        try:
            return (date.fromisoformat(day) - date.fromisoformat(self.date)).days
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Provenance(Plain):
    """
    What the result was made from.

    Args:
        software: name and version.
        rulebook: digest of the rulebook.
        lists: the watchlists compared with.
        lists_note: says so when no list was loaded.
        input: digest of the record.
        screened_on: the day screened, given by the caller or the clock.
        rules_note: says so when rules scored that are not stable, or when a purpose chose among them.
    """

    software: str
    rulebook: str
    lists: tuple[ListUsed, ...]
    lists_note: str
    input: str
    screened_on: str
    rules_note: str = ""


@dataclass(frozen=True, slots=True)
class Assessment(Plain):
    """
    What was found about one record. Decision support: the outcome says who should look, never what to decide.

    Args:
        record_id: the record's id.
        outcome: `OUTCOMES`.
        axes: the three scores.
        flags: rules that matched, raised ones first.
        gaps: what is not known and matters.
        guards: guards that hold.
        coverage: share of the rules that apply, context aside, that could be answered, 0 to 1.
        exposure: the tier that decided what had to be known.
        next_steps: what to do next, in words.
        notes: values that could not be read.
        provenance: what the result was made from.
    """

    record_id: str
    outcome: Outcome
    axes: Axes
    flags: tuple[Flag, ...]
    gaps: tuple[Gap, ...]
    guards: tuple[GuardApplied, ...]
    coverage: float
    exposure: str
    next_steps: tuple[str, ...]
    notes: tuple[ValueNote, ...]
    provenance: Provenance

    def to_json(self) -> str:
        """Return the published JSON form on one line."""
        import orjson

        return orjson.dumps(self.to_dict()).decode()

    def explain(self) -> str:
        """Return the assessment as plain text that can be read aloud."""
        from laborscreen.screening.wording import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        """Return the assessment as a small table, for notebooks."""
        from laborscreen.screening.notebook import as_html

        return as_html(self)


@dataclass(frozen=True, slots=True)
class Verdict(Plain):
    """
    The outcome and the bands, without evidence.

    Args:
        outcome: `OUTCOMES`.
        axes: the three scores.
        raised: ids of the raised rules.
        coverage: as in `Assessment`.
    """

    outcome: Outcome
    axes: Axes
    raised: tuple[str, ...]
    coverage: float


@dataclass(frozen=True, slots=True)
class Rejected(Plain):
    """A record that could not be screened, in the place where its assessment would stand."""

    record_id: str
    field: str
    reason: str
    hint: str
