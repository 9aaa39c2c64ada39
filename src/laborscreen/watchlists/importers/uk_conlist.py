"""
The consolidated list of OFSI (ConList), which is refused: it was closed on 28 January 2026.

Since that day the UK Sanctions List is the only list of the United Kingdom; a ConList file is stale whatever its date.
Source: notice of the Office of Financial Sanctions Implementation on the move to a single list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from laborscreen.watchlists.importers.importer import Importer, ListReading
from laborscreen.watchlists.listfile import ListFile
from laborscreen.watchlists.table_stream import first_row

_XML_ROOTS = frozenset({"ArrayOfFinancialSanctionsTarget", "FinancialSanctionsTarget"})


def _recognises(file: ListFile) -> bool:
    if file.xml_root:
        return file.xml_root in _XML_ROOTS
    lines = file.text_head.split("\n", 2)[:2]
    dated = first_row(file)[:1] == ["Last Updated"]
    return (
        dated
        and "Unique ID" not in file.text_head.partition("\n")[0]
        and (len(first_row(file)) == 2 or any("Group ID" in line for line in lines))
    )


def _refuse(files: Sequence[ListFile]) -> Iterator[ListReading]:
    for file in files:
        raise file.refuse(
            "this is the OFSI consolidated list (ConList), which was closed on 28 January 2026",
            hint="use the UK Sanctions List, the only UK list since that day",
        )
    yield from ()


IMPORTER = Importer("OFSI ConList (closed)", _recognises, _refuse)
