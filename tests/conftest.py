"""
What all tests share.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

# How long examples take to make tells of the machine and what else runs on it, nothing of the product. A test that named
# checks of its own would have that one back, so what else is not asked stands here, too: examples may share a fixture.
settings.register_profile(
    "steady",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("steady")


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """
    Tells figures that are printed beneath the results, whichever process came by them.
    """
    return lambda text: record_property("told", text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """
    Print what tests tell.
    """
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, text in report.user_properties:
                if name == "told":
                    terminalreporter.write_line(text)
