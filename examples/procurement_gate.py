"""
A gate before purchase orders go out: an order to a supplier that a person should see first is held, with the reason.

Run it with ``python examples/procurement_gate.py``. Nothing here decides about a supplier; it decides whether an order waits
for somebody who does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from laborscreen import Assessment, Record, Screener

HELD = ("refer", "review")
"""Outcomes on which an order waits. ``incomplete`` lets it go and sends the questions."""


@dataclass(frozen=True, slots=True)
class PurchaseOrder:
    """An order about to be sent."""

    number: str
    supplier: Record
    amount_usd: float


@dataclass(frozen=True, slots=True)
class GateResult:
    """
    What happens to an order.

    Args:
        order: the order.
        held: whether it waits for a person.
        reasons: why, one sentence each, every one with the rule that says so.
        questions: what to ask the supplier, held or not.
        assessment: everything else, to be kept with the order.
    """

    order: PurchaseOrder
    held: bool
    reasons: tuple[str, ...]
    questions: tuple[str, ...]
    assessment: Assessment


def gate(orders: list[PurchaseOrder], screener: Screener) -> Iterator[GateResult]:
    """Screen the suppliers of *orders* and say which orders wait."""
    assessments = screener.screen_many(order.supplier for order in orders)
    for order, assessment in zip(orders, assessments, strict=True):
        assert isinstance(
            assessment, Assessment
        )  # bad records raise, unless one asks for them to be collected
        raised = [flag for flag in assessment.flags if flag.status == "raised" and flag.points]
        yield GateResult(
            order,
            held=assessment.outcome in HELD,
            reasons=tuple(f"{flag.because} ({flag.rule})" for flag in raised),
            questions=tuple(dict.fromkeys(gap.ask for gap in assessment.gaps)),
            assessment=assessment,
        )


ORDERS = [
    PurchaseOrder(
        "PO-70881",
        Record(
            id="V-2203",
            name="ООО «Востокстрой-Монтаж»",
            country="Россия",
            addresses=[{"use": "site", "city": "Владивосток", "country": "RU"}],
            activities="Общестроительные работы",
            workforce=[
                {
                    "nationality": "КНДР",
                    "headcount": 46,
                    "visa": "учебная",
                    "hours_per_day": 16,
                    "rest_days_per_year": 2,
                    "documents_held_by": "удерживает агентство",
                }
            ],
        ),
        184_000,
    ),
    PurchaseOrder(
        "PO-70882",
        Record(
            id="V-3117",
            name="Daehan Marine Coatings",
            country="Republic of Korea",
            activities="Ship painting",
            workforce=[{"nationality": "South Korean", "headcount": 30, "hours_per_day": 8}],
        ),
        52_500,
    ),
    PurchaseOrder(
        "PO-70883",
        Record(id="V-0412", name="Papeterie Duval", country="France", activities="Office stationery"),
        310,
    ),
]


def main() -> None:
    """Print which of the example orders wait, and why."""
    screener = Screener(as_of=date(2026, 1, 1))
    for result in gate(ORDERS, screener):
        order, outcome = result.order, result.assessment.outcome
        print(f"{order.number} to {order.supplier.name}: {'HELD' if result.held else 'goes out'} ({outcome})")
        for reason in result.reasons[:3]:
            print(f"    {reason}")
        for question in result.questions[:2]:
            print(f"    ask: {question}")


if __name__ == "__main__":
    main()
