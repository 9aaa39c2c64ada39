"""Every point, band and gate of every example record, redone from the published result and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parents[2]
BANDS = ["info", "low", "medium", "high", "critical"]
BEGINS = {"info": 0, "low": 15, "medium": 35, "high": 60, "critical": 85}
WORTH = {"direct": 100, "strong": 35, "circumstantial": 15, "context": 0}
QUALITY = {
    **dict.fromkeys(("document", "official", "audit"), 1.0),
    **dict.fromkeys(("supplier_statement", "internal_note"), 0.8),
    **dict.fromkeys(("media", "ngo"), 0.5),
    **dict.fromkeys(("blog", "anonymous"), 0.25),
}
DIRECT_FROM = {"document", "official", "audit", "supplier_statement"}
ONE_LEVEL_LESS = {1.0: 0.8, 0.8: 0.5, 0.5: 0.25, 0.25: 0.25}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """The example files as the command line writes them, read back as plain JSON."""
    out = tmp_path_factory.mktemp("points") / "results.jsonl"
    files = [str(ROOT / "examples" / name) for name in ("vendor_master.csv", "due_diligence.jsonl")]
    command = [sys.executable, "-m", "laborscreen", "screen", *files, "--as-of", "2026-06-30", "-o", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def worths(flag, flags):
    """What each line of a flag's evidence is worth; a line that names another flag is worth what that flag is."""
    found = set()
    for line in flag["evidence"]:
        if line["field"] == "flags":
            found.add(next(one["quality"] for one in flags if one["rule"] == line["value"]))
        elif line["source_type"]:
            worth = QUALITY[line["source_type"]]
            unsure = "doubtful" in line["note"] or "possible match" in line["note"]
            found.add(ONE_LEVEL_LESS[worth] if unsure else worth)
    return found


def test_the_quality_of_each_flag_is_that_of_a_line_of_its_evidence(results):
    """
    A reader finds the multiplier in the evidence: the source of a line, one level less where the line says it is unsure.

    Where all lines are worth the same, there is no choice. Elsewhere a rule needs all of them (the least counts) or
    one of several (the best counts). What is counted over entries of several sources names each of them.
    """
    kinds: Counter[str] = Counter()
    for result in results:
        for flag in result["flags"]:
            found = worths(flag, result["flags"])
            if flag["strength"] == "context":
                continue
            assert found, (result["record_id"], flag["rule"])
            kinds["one" if len(found) == 1 else "several"] += 1
            assert flag["quality"] in found, (result["record_id"], flag["rule"])

    assert kinds["one"] > 200


def test_what_is_direct_is_told_first_hand_and_not_by_free_text_alone(results):
    """A flag that counts as direct has a line, no mention in a text, from paper or the supplier."""
    direct = [flag for result in results for flag in result["flags"] if flag["counts_as"] == "direct"]
    for flag in direct:
        assert flag["strength"] == "direct"
        assert any(
            line["source_type"] in DIRECT_FROM and not line["wanted"].startswith("mentions")
            for line in flag["evidence"]
        )

    assert len(direct) > 10


def test_points_are_strength_times_quality(results):
    """A direct flag keeps its full points; one that a guard or an exception set aside gives none."""
    for result in results:
        for flag in result["flags"]:
            full = WORTH[flag["counts_as"]] * (1 if flag["counts_as"] == "direct" else flag["quality"])
            assert flag["points"] == pytest.approx(full if flag["status"] == "raised" else 0)


def axis_by_hand(result, axis, kinds, floors):
    """Return the score and the band of an axis, by the arithmetic of the handbook."""
    raised = [flag for flag in result["flags"] if flag["status"] == "raised"]
    mine = [flag for flag in raised if flag["axis"] == axis]
    score = 0.0
    for group in {flag["group"] for flag in mine}:
        flags = [flag for flag in mine if flag["group"] == group]
        of_kind: Counter[str] = Counter()
        for flag in flags:
            of_kind[kinds[flag["rule"]]] += flag["points"]
        points = of_kind.pop("", 0) + sum(min(34, kind) for kind in of_kind.values())
        score += points if any(flag["counts_as"] == "direct" for flag in flags) else min(points, 40)
    band = max((band for band in BANDS if score >= BEGINS[band]), key=BANDS.index)
    direct = any(flag["counts_as"] == "direct" for flag in mine)
    scoring = [flag for flag in mine if flag["points"]]
    strong_groups = {flag["group"] for flag in scoring if flag["counts_as"] == "strong"}
    if band in {"high", "critical"} and not direct and len(strong_groups) < 2:
        band = "medium"
    if scoring and all(flag["quality"] <= 0.5 for flag in scoring):
        band = min(band, "medium", key=BANDS.index)
    for flag in raised:
        for floored, lifted in floors[flag["rule"]]:
            if floored == axis and flag["quality"] >= 0.5:
                least = min(lifted, "medium", key=BANDS.index) if flag["quality"] == 0.5 else lifted
                band = max(band, least, key=BANDS.index)
    if band == "critical" and not direct:
        band = "high"
    if axis == "forced_labour":
        band = min(band, "high", key=BANDS.index)
    return score, band


def test_scores_and_bands_are_redone_by_hand(results, screener):
    """
    Flags to kinds and groups under their caps, groups to axes, axes to bands through the gates, bands to the outcome.

    The rulebook is asked only for what a reader finds in its handbook: a rule's kind of evidence and its floors.
    """
    kinds = {rule.id: rule.evidence_kind for rule in screener.rulebook.rules}
    floors = {rule.id: tuple(rule.floor.items()) for rule in screener.rulebook.rules}
    seen: Counter[str] = Counter()
    for result in results:
        for axis, told in result["axes"].items():
            score, band = axis_by_hand(result, axis, kinds, floors)
            assert told["score"] == pytest.approx(score), (result["record_id"], axis)
            assert told["band"] == band, (result["record_id"], axis, told)
            seen[band] += 1
        highest = max((axis["band"] for axis in result["axes"].values()), key=BANDS.index)
        assert (result["outcome"] == "refer") == (highest in {"high", "critical"})

    assert set(seen) == set(BANDS)


def test_every_result_fits_the_published_schema(results):
    """docs/assessment.schema.json describes what is written, down to the last flag and piece of evidence."""
    schema = json.loads((ROOT / "docs" / "assessment.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)

    assert [fault.message for result in results for fault in validator.iter_errors(result)] == []
    assert not validator.is_valid({**results[0], "outcome": "reject"})
    assert not validator.is_valid({key: value for key, value in results[0].items() if key != "gaps"})
