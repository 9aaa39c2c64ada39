"""
Which tests fit which kind of field.
"""

from __future__ import annotations

from laborscreen.conditions.tree import Operator
from laborscreen.record import Kind

_EQUAL = (Operator.IS, Operator.IS_ONE_OF, Operator.IN_LIST)
_SIZE = (Operator.AT_LEAST, Operator.AT_MOST, Operator.ABOVE, Operator.BELOW)
_TIME = (Operator.BEFORE, Operator.ON_OR_AFTER, Operator.WITHIN_DAYS)

FITTING: dict[Kind, tuple[Operator, ...]] = {
    Kind.NAME: (Operator.ON_WATCHLIST, Operator.OWNED_BY_LISTED, Operator.IS_KNOWN),
    Kind.TEXT: (*_EQUAL, Operator.MENTIONS, Operator.DIFFERS_FROM, Operator.IS_KNOWN),
    Kind.PROSE: (Operator.MENTIONS, Operator.IS_KNOWN),
    Kind.COUNTRY: (*_EQUAL, Operator.DIFFERS_FROM, Operator.IS_KNOWN),
    Kind.MRZ: (*_EQUAL, Operator.DIFFERS_FROM, Operator.IS_KNOWN),
    Kind.REGION: (*_EQUAL, Operator.DIFFERS_FROM, Operator.IS_KNOWN),
    Kind.CITY: (*_EQUAL, Operator.DIFFERS_FROM, Operator.IS_KNOWN),
    Kind.DATE: (*_TIME, Operator.IS_KNOWN),
    Kind.NUMBER: (Operator.IS, *_SIZE, Operator.DIFFERS_FROM, Operator.IS_KNOWN),
    Kind.WHOLE: (Operator.IS, *_SIZE, Operator.DIFFERS_FROM, Operator.IS_KNOWN),
    Kind.MONEY: (*_SIZE, Operator.IS_KNOWN),
    Kind.CURRENCY: (*_EQUAL, Operator.DIFFERS_FROM, Operator.IS_KNOWN),
    Kind.YES_NO: (Operator.IS, Operator.DIFFERS_FROM, Operator.IS_KNOWN),
    Kind.WORD: (*_EQUAL, Operator.DIFFERS_FROM, Operator.IS_KNOWN),
    Kind.CODE: (*_EQUAL, Operator.IS_KNOWN),
    Kind.HS_CODE: (*_EQUAL, Operator.IS_KNOWN),
    Kind.IDENTIFIER: (*_EQUAL, Operator.IS_KNOWN),
}
"""
A name fits list comparison and nothing else: no rule may draw a conclusion from a name
(`docs/architecture.md`; the limit L1 on natural persons).
"""
