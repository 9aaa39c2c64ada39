"""
Whether a text states what a term names, doubts it, or denies it.

The judge looks at the sentence a term stands in, and there only at cues (see `laborscreen.text.cues`). Each cue reaches as
far as its clause: "no accidents occurred; passports were retained" states the second half. What a negation denies hangs on
the predicate it governs: "North Korean workers were not employed" denies them, "were not paid" does not. What cannot be
judged is DOUBTFUL, never DENIED.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from laborscreen.text.clauses import Sentence, sentence_around
from laborscreen.text.cues import CueHit, Effect, load_predicates
from laborscreen.text.mention import Standing

Verdict = tuple[Standing, str]

STATED: Verdict = (Standing.STATED, "")

_ANSWERED_NO = re.compile(
    r"\W*(?:no|none|nil|never|not at all|нет|никогда|ни одного|не изымаются|없음|없다|없습니다|없어요|아니|아니다|아니오|아니요|아닙니다|没有|无|否|不是|不)(?![a-zа-я])"
)
_ANSWERED_YES = re.compile(r"\W*(?:yes|да|예|네|있음|있다|있습니다|그렇|有|是|是的)(?![a-zа-я가-힣])")
_CLOSING = " .!?;\"'"
_DIRECT_WORDS = 3
_REACH_SIGNS = 10

_REPORTED_SUBJECT = re.compile(
    r"(?:that|the supplier|this supplier|our supplier|the company|что|поставщик|공급업체가|이 회사|该公司|该供应商|本公司)(?![a-z])"
)


def judge(text: str, start: int, end: int, cues: Sequence[CueHit]) -> Verdict:
    """
    Return how `text` puts the term at ``text[start:end]``, and why where it is not simply stated.

    Args:
        text: scannable text (see `laborscreen.text.scannable`).
        start: where the term begins.
        end: where it ends.
        cues: every cue of the text, ordered by start.
    """
    for hit in cues:
        if (
            hit.cue.effect is Effect.COMPOUND
            and hit.start <= start
            and end <= hit.end
            and hit.end - hit.start > end - start
        ):
            return Standing.DENIED, f"part of '{text[hit.start : hit.end]}'"
    sentence = sentence_around(text, start, end)
    answer = _answered(text, sentence, end)
    if answer is not None:
        return answer
    active = _active(cues, sentence, start, end)
    if not active:
        return STATED
    return _weigh(text, start, end, sentence, active)


def _answered(text: str, sentence: Sentence, end: int) -> Verdict | None:
    """Judge a question, or a form's line, by the answer that follows it."""
    if sentence.asks:
        if _ANSWERED_NO.match(text, sentence.stop):
            return Standing.DENIED, "denied by the answer that follows"
        if not _ANSWERED_YES.match(text, sentence.stop):
            return Standing.DOUBTFUL, "asked, not answered"
        return STATED
    label = re.compile(r"[^,:;()]{0,60}?(?::| - |\()").match(text, end, sentence.stop)
    if label is not None:
        answer = _ANSWERED_NO.match(text, label.end())
        if answer is not None and re.compile(r"\W*(?:$|[.;,|])|\W*$").match(
            text, answer.end(), sentence.stop
        ):
            return Standing.DENIED, f"denied by '{answer.group().strip()}'"
    return None


def _active(cues: Sequence[CueHit], sentence: Sentence, start: int, end: int) -> list[CueHit]:
    """Return the cues of the sentence that count: outside the term itself and not part of a longer cue."""
    near = [hit for hit in cues if sentence.start <= hit.start and hit.end <= sentence.stop]
    near = [hit for hit in near if not (start <= hit.start and hit.end <= end)]
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


def _weigh(text: str, start: int, end: int, sentence: Sentence, active: list[CueHit]) -> Verdict:
    effects = {hit.cue.effect for hit in active}
    denials: list[CueHit] = []
    doubts: list[CueHit] = []
    for hit in active:
        standing = _one(text, start, end, sentence, hit, effects)
        if standing is Standing.DENIED and Effect.DENIAL in effects and hit.cue.effect is Effect.NEGATION:
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
    if effect in (Effect.ALLEGATION, Effect.DENIAL):
        return Standing.DOUBTFUL
    low, high = (hit.end, start) if hit.end <= start else (end, hit.start)
    between = text[low:high] if low < high else ""
    if effect is Effect.ENDED and Effect.PAST in effects and Effect.ONGOING not in effects:
        return Standing.DENIED
    if effect is Effect.CONDITION:
        return _conditional(between, hit.start > start, sentence)
    if effect is Effect.MODAL and hit.end <= start:
        return Standing.STATED if sentence.hard(between) else Standing.DOUBTFUL
    if sentence.parts(between, hit.cue.language, text[start:end] if hit.start >= end else ""):
        return Standing.STATED
    if effect in (Effect.NEGATION, Effect.ABSENCE, Effect.PROHIBITION):
        return _negated(text, start, end, sentence, hit, between, effects)
    if effect is Effect.CONDITION_AFTER:
        return Standing.DENIED if hit.start >= end else Standing.STATED
    if effect is Effect.OTHER_PARTY:
        told = Effect.CONTRAST in effects or _REPORTED_SUBJECT.search(between)
        return Standing.DOUBTFUL if told else Standing.DENIED
    if effect is Effect.ENDED:
        return Standing.STATED if Effect.ONGOING in effects else Standing.DENIED
    if effect is Effect.PAST:
        return Standing.STATED if Effect.ONGOING in effects else Standing.DOUBTFUL
    return Standing.DOUBTFUL if effect is Effect.MODAL else Standing.STATED


def _conditional(between: str, after: bool, sentence: Sentence) -> Standing:
    if after or sentence.hard(between):
        return Standing.DOUBTFUL if after and not sentence.hard(between) else Standing.STATED
    return Standing.DOUBTFUL if sentence.leaves_condition(between) else Standing.DENIED


def _negated(
    text: str, start: int, end: int, sentence: Sentence, hit: CueHit, between: str, effects: set[Effect]
) -> Standing:
    language = hit.cue.language
    predicates = load_predicates()
    use, harm = predicates[f"{language} use"], predicates[f"{language} harm"]
    if hit.cue.effect is Effect.ABSENCE:
        return Standing.DENIED
    if language == "ko":
        return _negated_korean(between, hit, start, use, harm, effects)
    before = hit.end <= start
    if language == "zh":
        governed = (
            between
            if before
            else text[hit.end : min(hit.end + _REACH_SIGNS, sentence.clause_end(text, hit.end))]
        )
        first = _first_sign(governed, use, harm)
    else:
        governed = between if before else text[hit.end : sentence.clause_end(text, hit.end)]
        first = _first_word(governed, use, harm)
    if first == "harm":
        return Standing.STATED
    if hit.cue.effect is Effect.PROHIBITION:
        if Effect.CONCESSION in effects:
            return Standing.DOUBTFUL
        return Standing.STATED if _first_word(between, harm, use) == "use" and not before else Standing.DENIED
    if first == "use":
        return Standing.DENIED
    if not before:
        return Standing.DOUBTFUL if governed.strip(_CLOSING) else Standing.DENIED
    count = len(governed.strip()) if language == "zh" else len(governed.split())
    limit = _REACH_SIGNS // 2 if language == "zh" else _DIRECT_WORDS
    if count > limit or _PREPOSITION.search(governed):
        return Standing.DOUBTFUL
    return Standing.DENIED


_PREPOSITION = re.compile(
    r"\b(?:of|for|with|to|by|from|on|between|against|about|для|от|с|со|по|о|об|к|про|между)\b"
)


def _first_word(governed: str, use: re.Pattern[str], harm: re.Pattern[str]) -> str:
    for word in re.compile(r"[^\W_]+").finditer(governed):
        harmful, used = harm.match(governed, word.start()), use.match(governed, word.start())
        if harmful and (not used or harmful.end() >= used.end()):
            return "harm"
        if used:
            return "use"
    return ""


def _first_sign(governed: str, use: re.Pattern[str], harm: re.Pattern[str]) -> str:
    used, harmful = use.search(governed), harm.search(governed)
    if harmful and (
        not used or harmful.start() <= used.start() or used.group() in ("有", "被", "由", "用", "任何")
    ):
        return "harm"
    return "use" if used else ""


def _negated_korean(
    between: str, hit: CueHit, start: int, use: re.Pattern[str], harm: re.Pattern[str], effects: set[Effect]
) -> Standing:
    """Judge a Korean negation or ban: its verb stands before it, after the noun."""
    if hit.end <= start:
        return Standing.STATED
    words = between.split()
    kinds = [_first_word(word, use, harm) for word in words]
    if hit.cue.effect is Effect.PROHIBITION:
        if "harm" in kinds:
            return Standing.STATED
        return Standing.DOUBTFUL if Effect.CONCESSION in effects else Standing.DENIED
    if not words or len(words) == 1 and (len(words[0]) <= 4 and kinds[0] != "harm"):
        return Standing.DENIED
    if "harm" in kinds[-2:]:
        return Standing.STATED
    return Standing.DENIED if "use" in kinds[-2:] else Standing.DOUBTFUL
