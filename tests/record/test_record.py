"""A record is made from what people write, keeps it, and refuses what nobody knows."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from laborscreen.errors import RecordError
from laborscreen.record import Record, catalogue, nested
from laborscreen.values import ReadingSettings


def made(**fields):
    return Record.model_validate({"id": "1", "name": "X", **fields})


@pytest.mark.parametrize(
    ("path", "written", "value"),
    [
        ("country", "Россия", "RU"),
        ("country", "Korea, Republic of", "KR"),
        ("country", "Korea", "ambiguous"),
        ("country", "KHДP", "KP"),  # the first two letters are Latin
        ("country", "KP", "KP"),
        ("nationality", "조선", "KP"),
        ("nationality", "조선족", None),
        ("kind", "", "organization"),
        ("role", None, "supplier"),
        ("founded", "2019-12", "2019-12"),
        ("founded", "03/04/2019", None),
        ("founded", "30 February 2019", None),
    ],
)
def test_values_are_normalised_from_what_people_write(path, written, value):
    """A word in any language becomes the canonical one; what cannot be read is unknown."""
    found = getattr(made(**{path: written}), path)

    assert (found if found is None or isinstance(found, str) else str(found)) == value


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("visa", "учебная", "student"),
        ("visa", "рабочая виза", "work"),
        ("documents_held_by", "удерживает агентство", "agency"),
        ("hours_per_day", "16,5", 16.5),
        ("headcount", "-4", None),
        ("hours_per_day", "1e308", None),
        ("minder_present", "да", True),
        ("minder_present", "yes, but only at night", None),
    ],
)
def test_values_of_a_list_entry_are_normalised_too(field, written, value):
    """Entries of a list are read by the same rules."""
    assert getattr(made(workforce=[{field: written}]).workforce[0], field) == value


def test_the_text_as_written_stays_beside_the_value():
    """Evidence can show what stood in the file."""
    record = made(country="Россия", workforce=[{"visa": "учебная"}], aliases=["A"], founded="2019-12")

    assert (record.as_written("country"), record.workforce[0].as_written("visa")) == ("Россия", "учебная")
    assert (record.as_written("aliases[0]"), record.as_written("founded")) == ("A", "2019-12")


def test_an_amount_may_name_its_own_currency():
    """The currency stands in the amount where no field tells it, and the digest of what was written does not change."""
    group = Record(id="1", name="A", workforce=[{"net_pay_month": "150 USD", "billed_month": 800}]).workforce[
        0
    ]

    assert (group.net_pay_month, group.currency) == (150, "USD")
    assert [name for name, _ in group.written_items()] == ["net_pay_month", "billed_month"]


@pytest.mark.parametrize(
    ("group", "currency"),
    [
        ({"net_pay_month": "150 USD", "billed_month": "60 000 руб."}, None),
        ({"net_pay_month": "150", "billed_month": "800"}, None),
        ({"net_pay_month": "150 USD", "currency": "usd"}, "USD"),
    ],
)
def test_a_currency_is_taken_from_amounts_only_where_they_agree(group, currency):
    """Two currencies, or none, are unknown."""
    assert Record(id="1", name="A", workforce=[group]).workforce[0].currency == currency


def test_an_amount_in_another_currency_than_told_is_unknown():
    """A hundred and fifty US dollars beside the currency RUB are not a hundred and fifty roubles."""
    record = Record(id="1", name="A", workforce=[{"net_pay_month": "150 USD", "currency": "RUB"}])

    assert record.workforce[0].net_pay_month is None
    assert "which is meant?" in next(iter(record.notes())).note


def test_what_cannot_be_read_is_unknown_with_a_note_and_a_place():
    """An unreadable value never rejects the record; the note tells where and why."""
    record = made(workforce=[{"headcount": 3}, {"headcount": "many"}], founded="31.02.2020")
    notes = {note.field: note.written for note in record.notes()}

    assert notes == {"founded": "31.02.2020", "workforce[1].headcount": "many"}
    assert record.workforce[1].headcount is None


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ({"contry": "RU"}, "did you mean `country`?"),
        ({"workforce": [{"hours_per_dya": 3}]}, "did you mean `hours_per_day`?"),
        ({"ethnicity": "x"}, "laborscreen fields"),
    ],
)
def test_a_field_nobody_knows_is_refused_with_a_hint(fields, hint):
    """A misspelt field does not vanish."""
    with pytest.raises(RecordError, match="is not a field") as caught:
        made(**fields)
    assert hint in str(caught.value)


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"workforce": [{"headcount": 2}, {"natonality": "KP"}]}, "record V-1: workforce[1].natonality:"),
        ({"workforce": {"natonality": "KP"}}, "record V-1: workforce[0].natonality:"),
        ({"remote_work": {"vpm": "none"}}, "record V-1: remote_work.vpm:"),
    ],
)
def test_a_fault_inside_an_entry_tells_record_and_place(told, place):
    """One misspelt field among forty groups of workers is found at once."""
    with pytest.raises(RecordError) as fault:
        Record(id="V-1", name="x", **told)

    assert str(fault.value).startswith(place)


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_a_set_of_values_is_read_in_one_order_whatever_the_hash_seed(seed):
    """A Python set has no order of its own, and the bytes of a result must not depend on the run."""
    program = (
        "from laborscreen import Record; print(Record(id='1', name='x', aliases={'c', 'a', 'b'}).aliases)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.strip() == "('a', 'b', 'c')"


def test_a_number_becomes_the_same_text_in_every_format():
    """A frame keeps whole numbers with gaps as fractions; an id of 1042.0 is the 1042 of the file."""
    record = Record(id=1042.0, name="x", addresses=[{"postal_code": 690012.0}])

    assert (record.id, record.addresses[0].postal_code) == ("1042", "690012")


@pytest.mark.parametrize("missing", [None, "", " ", "n/a", "-"])
@pytest.mark.parametrize("name", ["id", "name"])
def test_only_a_missing_id_or_name_rejects_a_record(missing, name):
    """A record without an id or a name cannot be spoken of."""
    with pytest.raises(RecordError) as caught:
        Record.model_validate({"id": "1", "name": "X", name: missing})
    assert caught.value.field == name


def test_records_cannot_be_changed():
    """A record is what was sent; nobody edits it on the way."""
    with pytest.raises(ValidationError):
        made(country="RU").country = "FR"


def test_a_record_survives_a_pickle_with_its_texts():
    """Workers of a pool see the same record."""
    record = made(country="Россия", workforce=[{"visa": "учебная"}])

    assert pickle.loads(pickle.dumps(record)) == record
    assert pickle.loads(pickle.dumps(record)).as_written("country") == "Россия"


def test_date_order_and_decimal_mark_come_from_the_files_profile():
    """03/04/2019 is read once the file says which comes first."""
    told = Record.model_validate(
        {"id": "1", "name": "X", "founded": "03/04/2019", "workforce": [{"hours_per_day": "12,5"}]},
        context=ReadingSettings(date_order="dmy", decimal_mark=","),
    )

    assert (str(told.founded), told.workforce[0].hours_per_day) == ("2019-04-03", 12.5)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(sorted(set(Record.model_fields) - {"id", "name"})), json_like, max_size=4)
)
def test_nothing_but_a_known_error_ever_comes_out(fields):
    """Whatever JSON is put into the fields, a record or a RecordError comes out, and the record can speak of itself."""
    try:
        record = made(**fields)
    except RecordError:
        return
    assert isinstance(record.to_dict(), dict)
    assert all(note.note for note in record.notes())


@given(st.dictionaries(st.sampled_from(sorted(catalogue().fields)), st.text(max_size=12), max_size=6))
def test_flat_rows_nest_into_records(row):
    """Any row of known columns makes a record or says which field is wrong."""
    record = Record.model_validate(nested({**row, "id": "1", "name": "X"}))

    assert record.id == "1"
    assert all(note.field for note in record.notes())


def test_the_catalogue_names_every_field_with_a_meaning_and_words():
    """The reader, the rule checker, `laborscreen fields` and the docs are fed from one catalogue."""
    fields = catalogue().fields

    assert len(fields) > 140
    assert all(field.meaning.endswith(".") for field in fields.values())
    assert fields["workforce.visa"].words[:3] == ("work", "student", "trainee")
    assert fields["workforce.rest_days_per_year"].type_name == "number, days, or a range"
    assert catalogue().hint("workforce.hours_per_dya") == "did you mean `workforce.hours_per_day`?"


def test_the_order_of_keys_does_not_change_a_record() -> None:
    """
    Notes stand in the order of the fields, whatever order a file had its columns in.
    """
    told = {"id": "1", "name": "A", "founded": "03/04/2019", "country": "Korea", "nationality": "Korea"}
    turned = dict(reversed(told.items()))

    assert [note.field for note in Record(**told).notes()] == [
        note.field for note in Record(**turned).notes()
    ]
