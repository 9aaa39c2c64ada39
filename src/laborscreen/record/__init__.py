"""
What is screened: the record and its field catalogue.
"""

from laborscreen.record.catalogue import Catalogue, CatalogueField, CatalogueGroup, catalogue, catalogue_of
from laborscreen.record.flat import column_parts, entry_path, laid_flat, nested
from laborscreen.record.kinds import Kind, Reads
from laborscreen.record.model import (
    Address,
    Audit,
    Contract,
    Good,
    Identifier,
    Industry,
    Link,
    Observation,
    Owner,
    Payment,
    Person,
    Record,
    RemoteWork,
    Workforce,
)
from laborscreen.record.reading import (
    LONGEST,
    Note,
    ReadModel,
    currency_beside,
    did_you_mean,
    read_value,
    text_of,
)

__all__ = [
    "LONGEST",
    "Address",
    "Audit",
    "Catalogue",
    "CatalogueField",
    "CatalogueGroup",
    "Contract",
    "Good",
    "Identifier",
    "Industry",
    "Kind",
    "Link",
    "Note",
    "Observation",
    "Owner",
    "Payment",
    "Person",
    "ReadModel",
    "Reads",
    "Record",
    "RemoteWork",
    "Workforce",
    "catalogue",
    "catalogue_of",
    "column_parts",
    "currency_beside",
    "did_you_mean",
    "entry_path",
    "laid_flat",
    "nested",
    "read_value",
    "text_of",
]
