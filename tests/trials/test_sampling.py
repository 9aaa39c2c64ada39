"""
Records near the lines between bands: drawn by a seed, labelled in a sheet, read back as a precision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laborscreen.errors import InputError
from laborscreen.formats import open_source
from laborscreen.rulebook.policy import BANDS
from laborscreen.screening import Screener
from laborscreen.trials.labelling import read_labels, write_sheet
from laborscreen.trials.sampling import Sample, Share, draw_sample

openpyxl = pytest.importorskip("openpyxl")

ROOT = Path(__file__).resolve().parents[2]
FILES = [ROOT / "examples" / "vendor_master.csv", ROOT / "examples" / "due_diligence.jsonl"]


@lru_cache(maxsize=1)
def screener() -> Screener:
    """
    Return a screener on a fixed day, made once a process.
    """
    return Screener(as_of=date(2026, 6, 30))


def drawn(seed: int = 1, each: int = 3) -> Sample:
    """
    Draw from the example files.
    """
    return draw_sample(screener(), [open_source(path) for path in FILES], each=each, seed=seed)


@pytest.fixture(scope="module")
def sample() -> Sample:
    """
    A sample drawn once.
    """
    return drawn()


@pytest.fixture(scope="module")
def another() -> Sample:
    """
    A sample drawn with another seed.
    """
    return drawn(seed=2)


def test_both_sides_of_every_line_are_drawn_and_stand_on_their_side(sample: Sample) -> None:
    """
    At most as many records as asked for stand on each side of a line, and each has the band its side says.
    """
    sides = Counter(line for one in sample.drawn for line in one.lines)

    assert max(sides.values()) == 3
    assert {side for _, _, side in sides} == {"over", "under"}
    for one in sample.drawn:
        for axis, band, side in one.lines:
            place = BANDS.index(one.assessment.axes[axis].band)
            assert place == BANDS.index(band) - (side == "under")
            assert one.assessment.axes[axis].score > 0


def test_the_nearest_are_drawn(sample: Sample) -> None:
    """
    Nobody that was left out lies nearer to a line than the farthest that was drawn.
    """
    everybody = drawn(each=400)
    limits = screener().rulebook.policy.bands
    for line in {line for one in sample.drawn for line in one.lines}:
        axis, band, _ = line
        distances = [
            sorted(
                abs(one.assessment.axes[axis].score - limits[band])
                for one in one_draw.drawn
                if line in one.lines
            )
            for one_draw in (sample, everybody)
        ]
        assert distances[0] == distances[1][: len(distances[0])]


def test_the_same_seed_draws_the_same_and_another_draws_others(sample: Sample, another: Sample) -> None:
    """
    A draw can be repeated; another seed takes others of those that are equally near.
    """
    tokens = [one.token for one in sample.drawn]

    assert tokens == [one.token for one in drawn().drawn] == sorted(tokens)
    # Where few are equally near, two seeds may draw alike by chance; several do not.
    others = (another.drawn, *(drawn(seed=seed).drawn for seed in range(3, 7)))
    assert len({frozenset((one.file, one.row) for one in some) for some in (sample.drawn, *others)}) > 1


def labelled(path: Path, labels: Mapping[int, str]) -> None:
    """
    Write labels into rows of a sheet, as a person would.
    """
    book = openpyxl.load_workbook(path)
    for row, label in labels.items():
        book["labels"].cell(row, 5, label)
    book.save(path)


@pytest.fixture
def sheet(sample: Sample, tmp_path: Path) -> Path:
    """
    A sheet to label.
    """
    path = tmp_path / "sheet.xlsx"
    write_sheet(sample, path)
    return path


def test_labels_come_back_by_line_and_rule(sample: Sample, sheet: Path) -> None:
    """
    What people wrote is counted for every line and rule a record stands for; the rest counts as not labelled.
    """
    labelled(sheet, {2: "yes", 3: " No ", 4: "unsure"})
    found = read_labels(sheet)
    first = sample.drawn[0]

    assert found.whole == Share(1, 1, 1, len(sample.drawn) - 3)
    assert all(found.lines[line].yes == 1 for line in first.lines)
    assert all(found.rules[rule].yes == 1 for rule in first.rules)


def test_the_sheet_does_not_tell_the_score(sheet: Path) -> None:
    """
    People label what the record says; bands and rules stand on a hidden sheet.
    """
    book = openpyxl.load_workbook(sheet)
    words = " ".join(str(cell.value) for row in book["labels"].iter_rows() for cell in row)

    assert book["sample"].sheet_state == "hidden"
    assert not any(word in words for word in ("LS-", "forced_labour", "critical"))


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    """
    A record whose name is a formula stands there as text.
    """
    vendors = tmp_path / "v.csv"
    vendors.write_text(
        'id,name,workforce.hours_per_day\n=1+1,"=HYPERLINK(""http://x"")",18\n', encoding="utf-8"
    )
    path = tmp_path / "sheet.xlsx"
    write_sheet(draw_sample(screener(), [open_source(vendors)], each=2, seed=1), path)
    row = openpyxl.load_workbook(path)["labels"][2]

    assert [cell.data_type for cell in row[:4]] == ["s"] * 4
    assert row[2].value.startswith("'=HYPERLINK")
    labelled(path, {2: "yes"})
    assert read_labels(path).whole.yes == 1


@pytest.mark.parametrize(
    ("sheet_name", "cell", "value", "told"),
    [
        ("labels", "E2", "perhaps", "row 2: 'perhaps' is not a label"),
        ("labels", "A2", "0123456789abcdef", "row 2: this record is not of this sample"),
        ("labels", "B2", "V-9999", "row 2: this record is not of this sample"),
        ("labels", "A3", "the token of the first", "row 3"),
        ("labels", "E1", "verdict", "columns"),
        ("sample", "C2", "forced_labour/high/under;forced_labour/critical/over", "not as it was written"),
        ("sample", "A1", "other", "no labelling sheet"),
    ],
)
def test_what_does_not_belong_to_the_sample_is_refused(
    sample: Sample, sheet: Path, sheet_name: str, cell: str, value: str, told: str
) -> None:
    """
    Rows and labels of another sample, and a sample that was changed, are refused with their place.
    """
    book = openpyxl.load_workbook(sheet)
    book[sheet_name][cell] = sample.drawn[0].token if value == "the token of the first" else value
    book.save(sheet)

    with pytest.raises(InputError, match=told):
        read_labels(sheet)


def test_rows_of_another_draw_are_refused(another: Sample, sheet: Path, tmp_path: Path) -> None:
    """
    Rows copied from a sheet of another seed are not taken for this sample's, even where they are of the same record.
    """
    other = tmp_path / "other.xlsx"
    write_sheet(another, other)
    book, foreign = openpyxl.load_workbook(sheet), openpyxl.load_workbook(other)
    for column in range(1, 6):
        book["labels"].cell(2, column, foreign["labels"].cell(2, column).value)
    book.save(sheet)

    with pytest.raises(InputError, match="not of this sample"):
        read_labels(sheet)


@given(st.integers(0, 300), st.integers(0, 300))
def test_the_interval_holds_the_share_and_narrows(yes: int, no: int) -> None:
    """
    Wilson's interval lies between 0 and 1, holds the share, and is narrower for ten times the labels.
    """
    one, more = Share(yes, no), Share(10 * yes, 10 * no)
    low, high = one.interval

    assert 0 <= low <= high <= 1
    if one.part is not None:
        assert low - 1e-9 <= one.part <= high + 1e-9
        assert more.interval[1] - more.interval[0] < high - low
