"""
Whether a text states what a term names, doubts it, or denies it.

The judge looks at the sentence a term stands in, and there only at cues (see `laborscreen.text.cues`). Each cue reaches as
far as its clause: "no accidents occurred; passports were retained" states the second half. What a negation denies hangs on
the predicate it governs: "North Korean workers were not employed" denies them, "were not paid" does not. What cannot be
judged is DOUBTFUL, never DENIED.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from laborscreen.text.clauses import Sentence, goes_on, sentence_around
from laborscreen.text.cue_table import Effect
from laborscreen.text.cues import CueHit, answer_pattern, load_predicates
from laborscreen.text.mention import Standing

Verdict = tuple[Standing, str]

STATED: Verdict = (Standing.STATED, "")

_LABEL = re.compile(r"[^,:;()]{0,60}?(?::| - |\()")
_FILLED_IN = re.compile(r"\W*(?:$|[.;,|])")
_LONGEST_COMPOUND = 20
_CLOSING = " .!?;\"'"
_DIRECT_WORDS = 3
_REACH_SIGNS = 10
_SHORT_KOREAN = 4

_REPORTED_SUBJECT = re.compile(
    r"(?:that|the supplier|this supplier|our supplier|the company|что|поставщик|"
    r"공급업체가|이 회사|该公司|该供应商|本公司)(?![a-z])"
)


def judge(
    text: str, start: int, end: int, cues: Sequence[CueHit], parts: tuple[int, int] | None = None
) -> Verdict:
    """
    Return how `text` puts the term at ``text[start:end]``, and why where it is not simply stated.

    Args:
        text: scannable text (see `laborscreen.text.scannable`).
        start: where the term begins.
        end: where it ends.
        cues: every cue of the text, ordered by start.
        parts: for a term with a gap, where its first part ends and its last part begins; a cue in the gap counts.
    """
    head_end, tail = parts if parts is not None and parts[1] > start else (end, start)
    for hit in _between(cues, start - _LONGEST_COMPOUND, start + 1):
        if (
            hit.cue.effect is Effect.COMPOUND
            and head_end <= hit.end
            and hit.end - hit.start > head_end - start
        ):
            return Standing.DENIED, f"part of '{text[hit.start : hit.end]}'"
    sentence = sentence_around(text, start, end)
    answer = _answered(text, sentence, end)
    if answer is not None:
        return answer
    own = ((start, head_end), (tail, end))
    active = _active(cues, sentence, own)
    if not active:
        return STATED
    return _weigh(text, start, end, sentence, active, tail)


def _between(cues: Sequence[CueHit], first: int, stop: int) -> Sequence[CueHit]:
    """Return the cues that begin from `first` to before `stop`."""
    low = bisect_left(cues, first, key=lambda hit: hit.start)
    return cues[low : bisect_left(cues, stop, lo=low, key=lambda hit: hit.start)]


def _answered(text: str, sentence: Sentence, end: int) -> Verdict | None:
    """Judge a question, or a form's line, by the answer that follows it."""
    if sentence.asks:
        if answer_pattern("yes").match(text, sentence.stop):
            return STATED
        told = answer_pattern("no").match(text, sentence.stop)
        if told and not answer_pattern("open").match(text, sentence.stop):
            return Standing.DENIED, "denied by the answer that follows"
        return Standing.DOUBTFUL, "asked, not answered"
    label = _LABEL.match(text, end, sentence.stop)
    if label is None:
        return None
    if answer_pattern("open").match(text, label.end()):
        return Standing.DOUBTFUL, "left open by what is filled in"
    answer = answer_pattern("no").match(text, label.end())
    if answer is not None and _FILLED_IN.match(text, answer.end(), sentence.stop):
        return Standing.DENIED, f"denied by '{answer.group().strip()}'"
    return None


def _active(cues: Sequence[CueHit], sentence: Sentence, own: Sequence[tuple[int, int]]) -> list[CueHit]:
    """Return the cues of the sentence that count: outside the term's *own* words and not part of a longer cue."""
    near = [hit for hit in _between(cues, sentence.start, sentence.stop) if hit.end <= sentence.stop]
    inside = [hit for hit in near if any(start <= hit.start and hit.end <= end for start, end in own)]
    # A longer cue around a word of the term is that word again: "now no" before "no day off".
    near = [hit for hit in near if not any(hit.start <= one.start and one.end <= hit.end for one in inside)]
    kept = [
        hit
        for hit in near
        if not any(
            other.start <= hit.start
            and hit.end <= other.end
            and other.end - other.start > hit.end - hit.start
            for other in near
        )
    ]
    return [hit for hit in kept if hit.cue.effect not in (Effect.SPARED, Effect.COMPOUND, Effect.QUESTION)]


def _weigh(text: str, start: int, end: int, sentence: Sentence, active: list[CueHit], tail: int) -> Verdict:
    effects = {hit.cue.effect for hit in active}
    denials: list[CueHit] = []
    doubts: list[CueHit] = []
    for hit in active:
        # What stands in a term's gap reaches the part after it: "passports were never taken".
        standing = _one(text, tail if start < hit.start < tail else start, end, sentence, hit, effects)
        if (
            standing is Standing.DENIED
            and Effect.DENIAL in effects
            and hit.cue.effect in (Effect.NEGATION, Effect.LACK)
        ):
            standing = Standing.DOUBTFUL
        if standing is Standing.DENIED:
            denials.append(hit)
        elif standing is Standing.DOUBTFUL:
            doubts.append(hit)
    twice = _denied_twice(denials)
    if twice:
        return Standing.DOUBTFUL, f"denied twice, by '{twice[0].cue.words}' and '{twice[1].cue.words}'"
    if denials:
        return Standing.DENIED, f"denied by '{text[denials[0].start : denials[0].end]}'"
    if doubts:
        return Standing.DOUBTFUL, f"doubtful because of '{text[doubts[0].start : doubts[0].end]}'"
    return STATED


# Russian and Korean say one "no" with several words (никто не, 전혀 없다); these never make a second denial.
_CONCORD = (
    "ни",
    "никогда",
    "никто",
    "никаких",
    "никакого",
    "никакой",
    "ни одного",
    "ни одной",
    "ни один",
    "ни одна",
)


def _denied_twice(denials: list[CueHit]) -> list[CueHit]:
    negations = [
        hit
        for hit in denials
        if hit.cue.effect in (Effect.NEGATION, Effect.ABSENCE)
        and hit.cue.words not in (*_CONCORD, "nor", "neither")
    ]
    if len(negations) < 2 or negations[0].cue.language != "en":
        return []
    first, second = negations[:2]
    return [first, second] if second.start - first.end <= 40 else []


def _one(text: str, start: int, end: int, sentence: Sentence, hit: CueHit, effects: set[Effect]) -> Standing:
    """Return what one cue makes of the term: STATED where it does not reach it."""
    effect = hit.cue.effect
    # UNJUDGED is a "no" of a language whose grammar is not known here: what it denies cannot be told.
    if effect in (Effect.ALLEGATION, Effect.DENIAL, Effect.UNJUDGED):
        return Standing.DOUBTFUL
    after = hit.start >= end
    between = text[end : hit.start] if after else text[hit.end : start]
    if (
        effect is Effect.ENDED
        and Effect.ONGOING not in effects
        and (Effect.PAST in effects or _same_subject(between, after))
    ):
        return Standing.DENIED
    if effect is Effect.CONDITION or (
        effect is Effect.CONDITION_OPENING and not text[sentence.start : hit.start].strip(_CLOSING)
    ):
        return _conditional(between, after, sentence)
    if effect is Effect.MODAL and not after:
        return Standing.STATED if sentence.hard(between) else Standing.DOUBTFUL
    if effect is Effect.OTHER_PARTY and not after and _TOLD_OF_IT.match(between):
        return _colored(effect, effects, after, between)
    if sentence.parts(between, hit.cue.language, text[start:end] if after else ""):
        return Standing.STATED
    if effect is Effect.LACK and not after and "," in between and not _LISTED.search(between):
        return Standing.DOUBTFUL if hit.cue.words == "no" else Standing.STATED
    if effect in (Effect.NEGATION, Effect.LACK, Effect.ABSENCE, Effect.PROHIBITION):
        return _negated(text, start, sentence, hit, between, effects)
    return _colored(effect, effects, after, between)


_GOING_ON = re.compile(
    r".*(?:\b(?:and|but)|\b(?:и|но|а))\b\s*(?:(?:they|all of them|all|все они|они|все)\b\s*)?", re.DOTALL
)


def _same_subject(between: str, after: bool) -> bool:
    """
    Tell whether a cue that follows "and" or "but" still speaks of the term.

    So it does in "left in 2017 and are no longer employed", and in «работали здесь, но все уехали».
    """
    joined = _GOING_ON.match(between)
    return after and joined is not None and goes_on(between[joined.end() :])


_TOLD_OF_IT = re.compile(r",? ?(?:in |at |on |на |в |у )?(?:where|which|who|whose|где|котор\w+) ")
"""What follows another party and goes on about it: "a competitor, which ...", «на другом заводе, где ...»."""


def _colored(effect: Effect, effects: set[Effect], after: bool, between: str) -> Standing:
    """Return what a cue that is not a negation makes of a term in its own clause."""
    if effect is Effect.CONDITION_AFTER:
        return Standing.DENIED if after else Standing.STATED
    if effect is Effect.OTHER_PARTY:
        told = Effect.CONTRAST in effects or _REPORTED_SUBJECT.search(between)
        return Standing.DOUBTFUL if told else Standing.DENIED
    if effect in (Effect.ENDED, Effect.PAST) and Effect.ONGOING in effects:
        return Standing.STATED
    if effect is Effect.ENDED:
        return Standing.DENIED
    return Standing.DOUBTFUL if effect in (Effect.PAST, Effect.MODAL) else Standing.STATED


def _conditional(between: str, after: bool, sentence: Sentence) -> Standing:
    if after or sentence.hard(between):
        return Standing.DOUBTFUL if after and not sentence.hard(between) else Standing.STATED
    return Standing.DOUBTFUL if sentence.leaves_condition(between) else Standing.DENIED


def _negated(
    text: str, start: int, sentence: Sentence, hit: CueHit, between: str, effects: set[Effect]
) -> Standing:
    """Return what a negation or a ban makes of a term it reaches."""
    language, effect = hit.cue.language, hit.cue.effect
    if effect is Effect.ABSENCE:
        return Standing.DENIED
    if language == "ko":
        return _negated_korean(between, hit, start, effects)
    before = hit.end <= start
    governed = between if before else text[hit.end : sentence.clause_end(text, hit.end)]
    if language == "zh" and not before:
        governed = governed[:_REACH_SIGNS]
    kind = (_first_sign if language == "zh" else _first_word)(governed, language)
    if kind in ("harm", "doubt"):
        return Standing.STATED if kind == "harm" else Standing.DOUBTFUL
    if effect is Effect.PROHIBITION:
        if Effect.CONCESSION in effects:
            return Standing.DOUBTFUL
        return Standing.STATED if not before and _first_word(between, language) == "harm" else Standing.DENIED
    if kind == "use":
        return Standing.DENIED
    if not before:
        if not governed.strip(_CLOSING):
            return Standing.DENIED
        return Standing.STATED if effect is Effect.LACK else Standing.DOUBTFUL
    count, limit = (
        (len(governed.strip()), _REACH_SIGNS // 2)
        if language == "zh"
        else (len(governed.split()), _DIRECT_WORDS)
    )
    return Standing.DOUBTFUL if count > limit or _PREPOSITION.search(governed) else Standing.DENIED


_LISTED = re.compile(r"\b(?:or|nor|and|и|или|либо|ни)\b")
_PREPOSITION = re.compile(
    r"\b(?:of|for|with|to|by|from|on|between|against|about|для|от|с|со|по|о|об|к|про|между)\b"
)


_WORD = re.compile(r"[^\W_]+")
_WEAK_SIGNS = frozenset({"有", "被", "由", "用", "任何"})


def _first_word(governed: str, language: str) -> str:
    """Return the kind of the first predicate among words: use, harm, doubt, or an empty string."""
    kinds = load_predicates(language)
    for word in _WORD.finditer(governed):
        matches = [
            (found.end(), kind) for kind, one in kinds.items() if (found := one.match(governed, word.start()))
        ]
        if matches:
            return max(matches, key=lambda match: (match[0], match[1] == "harm"))[1]
    return ""


def _first_sign(governed: str, language: str) -> str:
    """Return the kind of the first predicate in a run of Chinese; the weakest verbs give way to any other."""
    found = sorted(
        (match.group() in _WEAK_SIGNS, match.start(), kind)
        for kind, one in load_predicates(language).items()
        if (match := one.search(governed))
    )
    return found[0][2] if found else ""


def _negated_korean(between: str, hit: CueHit, start: int, effects: set[Effect]) -> Standing:
    """Judge a Korean negation or ban: its verb stands before it, after the noun."""
    if hit.end <= start:
        return Standing.STATED
    words = between.split()
    kinds = [_first_word(word, "ko") for word in words]
    if hit.cue.effect is Effect.PROHIBITION:
        if "harm" in kinds:
            return Standing.STATED
        return Standing.DOUBTFUL if Effect.CONCESSION in effects else Standing.DENIED
    if not words or (
        len(words) == 1 and len(words[0]) <= _SHORT_KOREAN and kinds[0] not in ("harm", "doubt")
    ):
        return Standing.DENIED
    last = kinds[-2:]
    if "harm" in last:
        return Standing.STATED
    return Standing.DENIED if "use" in last and "doubt" not in last else Standing.DOUBTFUL
