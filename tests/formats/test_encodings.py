"""
Encodings are told with confidence, or the file is refused.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest

from laborscreen.errors import InputError
from laborscreen.formats import open_source
from tests.formats.conftest import read_all

Write = Callable[..., Path]

RUSSIAN = (
    "код;наименование;примечание\n1;ООО «Востокстрой»;Рабочие живут в бытовках на стройке\n2;АО Ромашка;—\n"
)
KOREAN = (
    "업체코드,회사명,비고\n1,주식회사 한국무역,근로자 숙소 확인 필요\n2,대한건설 유한회사,서울특별시 강남구\n"
)
CHINESE = (
    "供应商编号,公司名称,备注\n1,大连海产食品有限公司,工人住在工厂宿舍\n2,珲春市服装贸易公司,吉林省延边州\n"
)
TAIWANESE = "編號,公司名稱,備註\n1,臺北貿易股份有限公司,高雄市工業區\n2,新竹電子工廠,員工宿舍\n"
JAPANESE = (
    "id,会社名,備考\n1,株式会社サンプル商事,東京都にあります\n2,有限会社テスト工業,大阪府のこうじょう\n"
)
WESTERN = (
    "id,name,notes\n1,Café Müller,déjà vérifié\n2,Industrias Químicas Perlacos,Torrejón de Ardoz\n"
    "3,Smørrebrød ApS,København\n"
)
POLISH = "id,name,notes\n1,Stocznia Północna,Gdańsk\n2,Przedsiębiorstwo Handlowe Łódź,ulica Świętokrzyska\n3,Żabka,Wrocław\n"
CZECH = "id,name,notes\n1,Příbramská strojírna,město Příbram\n2,Žďárské závody,Žďár nad Sázavou\n3,Řezárna dřeva,v pořádku\n"
TURKISH = "id,name,notes\n1,Güneş Tekstil Ltd Şti,İstanbul\n2,Yıldız İnşaat,Eskişehir\n3,Işık Gıda,Ağrı\n"


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (RUSSIAN, "utf-8", ""),
        (RUSSIAN, "utf-8-sig", ""),
        (RUSSIAN, "utf-16", "UTF-16"),
        (RUSSIAN, "utf-32", "UTF-32"),
        (WESTERN, "utf-16-le", "UTF-16"),
        (WESTERN, "utf-16-be", "UTF-16"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN.upper(), "cp1251", "cp1251"),
        (RUSSIAN.replace("—", "-").replace("«", '"').replace("»", '"'), "koi8-r", "koi8-r"),
        (RUSSIAN.replace("—", "-").replace("«", '"').replace("»", '"'), "cp866", "cp866"),
        (KOREAN, "cp949", "cp949"),
        (KOREAN, "euc-kr", "cp949"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE, "gbk", "gb18030"),
        (TAIWANESE, "big5", "big5"),
        (JAPANESE, "cp932", "cp932"),
        (WESTERN, "latin-1", "latin-1"),
        (WESTERN.replace("déjà vérifié", "déjà “vérifié”"), "cp1252", "cp1252"),
        (POLISH, "cp1250", "cp1250"),
        (CZECH, "cp1250", "cp1250"),
        (TURKISH, "cp1254", "cp1254"),
    ],
    ids=lambda value: value if len(value) < 15 else "",
)
def test_text_is_read_as_it_was_written(write: Write, text: str, encoding: str, told: str) -> None:
    """A file gives the same rows in every encoding, and says so when it is not UTF-8."""
    source = open_source(write("a.csv", text, encoding))
    plain = open_source(write("b.csv", text))
    assert [list(b.columns.items()) for b in source.batches()] == [
        list(b.columns.items()) for b in plain.batches()
    ]
    notes = " ".join(source.notes)
    assert told in notes if told else "read as" not in notes


def test_one_foreign_letter_is_enough(write: Write) -> None:
    """A single é in a long ASCII file, far behind its beginning, is told as latin-1."""
    body = "".join(f"{number},Plain name {number},France\n" for number in range(40_000))
    path = write("a.csv", f"id,name,country\n{body}40001,Café,France\n".encode("latin-1"))
    rows, rejects, _ = read_all(path)
    assert rows[-1]["name"] == "Café"
    assert not rejects


@pytest.mark.parametrize(
    "content",
    [
        b"id,name\n1,\x81\x8d\x8f\x90\x9d\xe3\xf0\n",
        b"id,name\n1,Ab\xd0\xc1\xf3\xee\x99\xb3cd\n2,\xa1x\xb2y\xc3z\n",
        "id,name\n1,ООО Ромашка\n".encode()
        + "2,ЗАО Берёзка\n".encode("cp1251")
        + "3,АО Ель\n4,ООО Дуб\n".encode() * 9,
    ],
    ids=["no encoding fits", "letters and signs mixed", "two encodings in one file"],
)
def test_text_that_cannot_be_told_is_refused(write: Write, content: bytes) -> None:
    """Text that fits no encoding with confidence refuses the file, naming the line and a cure."""
    with pytest.raises(InputError, match=r"a\.csv:\d+: .*UTF-8") as caught:
        open_source(write("a.csv", content))
    assert "export" in str(caught.value)


def test_text_encoded_twice_is_refused(write: Write) -> None:
    """UTF-8 that was taken for Western text and encoded again is mojibake, and refused."""
    twice = RUSSIAN.replace("«", '"').replace("»", '"').encode().decode("latin-1").encode()
    with pytest.raises(InputError, match="encoded twice"):
        open_source(write("a.csv", twice))


def test_western_utf8_is_not_taken_for_twice_encoded(write: Write) -> None:
    """Ordinary accents in UTF-8 are accepted."""
    rows, _, _ = read_all(write("a.csv", WESTERN))
    assert rows[0]["name"] == "Café Müller"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_cut_inside_a_letter_is_refused(write: Write, encoding: str) -> None:
    """A file whose last letter is cut in half is damaged, and refused before a row is given out."""
    content = RUSSIAN.encode(encoding) + "ж".encode(encoding)[-1:]
    with pytest.raises(InputError, match="is not UTF"):
        open_source(write("a.csv", content))


def test_a_mark_is_no_part_of_the_first_header(write: Write) -> None:
    """The byte-order mark is taken off the first header."""
    rows, _, _ = read_all(write("a.csv", codecs.BOM_UTF8 + b"id,name\n1,A\n"))
    assert rows == [{"id": "1", "name": "A"}]
