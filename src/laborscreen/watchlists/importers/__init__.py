"""
One importer a list, and the tuple that holds them all.

To add a list, write one file with an ``IMPORTER`` and add it here. The first importer that recognises a file reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from laborscreen.watchlists.importers import (
    bis_denied_persons,
    eu_fsf_xml,
    jp_mof_xlsx,
    ofac_advanced_xml,
    ofac_csv,
    ofac_xml,
    opensanctions_csv,
    opensanctions_ftm,
    uk_conlist,
    uk_list_csv,
    uk_list_xml,
    un_xml,
    us_csl_csv,
)
from laborscreen.watchlists.importers.importer import Importer, ListReading
from laborscreen.watchlists.importers.mapped_table import read_mapped
from laborscreen.watchlists.list_mapping import ListMapping
from laborscreen.watchlists.listfile import ListFile

__all__ = ["IMPORTERS", "Importer", "ListReading", "import_lists"]

IMPORTERS: tuple[Importer, ...] = (
    ofac_xml.IMPORTER,
    ofac_advanced_xml.IMPORTER,
    un_xml.IMPORTER,
    eu_fsf_xml.IMPORTER,
    uk_list_xml.IMPORTER,
    uk_list_csv.IMPORTER,
    uk_conlist.IMPORTER,
    opensanctions_csv.IMPORTER,
    opensanctions_ftm.IMPORTER,
    us_csl_csv.IMPORTER,
    bis_denied_persons.IMPORTER,
    jp_mof_xlsx.IMPORTER,
    ofac_csv.IMPORTER,
)


def import_lists(files: Sequence[ListFile], mapping: ListMapping | None = None) -> Iterator[ListReading]:
    """
    Read every list in *files*: one reading a list, whether it came in one file or in a set of several.

    Args:
        files: the files, in any order.
        mapping: how to read them all when they are tables without an importer of their own.

    Raises:
        WatchlistError: a file is no known list, broken, cut short, or closed by its publisher.
    """
    if mapping is not None:
        for file in files:
            yield read_mapped(file, mapping)
        return
    of_importer: dict[str, list[ListFile]] = {}
    for file in files:
        of_importer.setdefault(_importer_of(file).name, []).append(file)
    for importer in IMPORTERS:
        if importer.name in of_importer:
            yield from importer.read(of_importer[importer.name])


def _importer_of(file: ListFile) -> Importer:
    """Return the importer that recognises *file*."""
    if not file.head:
        raise file.refuse("the file is empty", hint="fetch it again")
    for importer in IMPORTERS:
        if importer.recognises(file):
            return importer
    raise file.refuse(
        "this is no list that can be told by its content",
        hint="known are "
        + ", ".join(importer.name for importer in IMPORTERS)
        + "; any other table needs a mapping",
    )
