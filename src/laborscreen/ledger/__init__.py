"""
The ledger: results and decisions kept for ten years, append-only, hash-chained, able to forget a person.

::

    with Ledger("cases.db", create=True) as ledger:
        run = ledger.begin_run(Run.on(screener.on(), "procurement"))
        (number,) = ledger.record(run, [(told, screener.screen(told))])
        ledger.decide(Decision(number, DecisionWord.ESCALATED, "M. Okafor", "compliance", "names the sending company"))
        assert not ledger.verify().broken
"""

from laborscreen.ledger.decision import Decision, DecisionWord
from laborscreen.ledger.ground import ErasureGround
from laborscreen.ledger.ledger import Ledger
from laborscreen.ledger.policy import ReviewPolicy
from laborscreen.ledger.run import Run
from laborscreen.ledger.stored import Broken, CaseLine, Replay, StoredCase, StoredDecision, Verification

__all__ = [
    "Broken",
    "CaseLine",
    "Decision",
    "DecisionWord",
    "ErasureGround",
    "Ledger",
    "Replay",
    "ReviewPolicy",
    "Run",
    "StoredCase",
    "StoredDecision",
    "Verification",
]
