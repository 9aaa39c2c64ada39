"""
The door: what may be imported from laborscreen, and what it costs.
"""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import laborscreen

ROOMS = sorted(
    module.name
    for module in pkgutil.iter_modules(laborscreen.__path__)
    if module.ispkg and module.name != "cli"
)
HEAVY = (
    "numpy",
    "pydantic",
    "yaml",
    "rich",
    "typer",
    "rapidfuzz",
    "polars",
    "pyarrow",
    "lxml",
    "stdnum",
    "orjson",
)


def modules_after(statement: str) -> set[str]:
    """
    Return the modules a fresh interpreter has loaded after a *statement*.
    """
    told = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stdout.split())


def test_public_names_are_deliberate() -> None:
    """
    Everything in __all__ can be imported, and dir() shows that and nothing else.
    """
    assert sorted(laborscreen.__all__) == dir(laborscreen)
    for name in laborscreen.__all__:
        assert getattr(laborscreen, name) is not None


def test_five_names_cover_ordinary_use() -> None:
    """
    The door stays small.
    """
    assert set(laborscreen.__all__) == {
        "Assessment", "Record", "Screener", "Watchlist", "__version__", "load_rulebook",
    }  # fmt: skip


def test_an_unknown_name_is_an_attribute_error() -> None:
    """
    A misspelt name fails as it does in any module.
    """
    with pytest.raises(AttributeError, match="Screeener"):
        _ = laborscreen.Screeener


def test_importing_the_package_loads_nothing_else() -> None:
    """
    ``import laborscreen`` brings in one module of its own and none of the heavy libraries.
    """
    loaded = modules_after("import laborscreen")

    assert {name for name in loaded if name.partition(".")[0] == "laborscreen"} == {"laborscreen"}
    assert not {name for name in loaded if name.partition(".")[0] in HEAVY}


@pytest.mark.parametrize("room", ["errors", "source", "text", "record", "rulebook", "screening"])
def test_a_room_brings_in_no_terminal_and_no_optional_library(room: str) -> None:
    """
    The terminal belongs to the command line, and optional libraries are loaded where they are used.
    """
    loaded = modules_after(f"import laborscreen.{room}")
    unwanted = ("rich", "typer", "polars", "pyarrow", "pandas", "lxml", "sqlalchemy", "pyspark", "xlsxwriter")

    assert not {name for name in loaded if name.partition(".")[0] in unwanted}


def test_help_does_not_load_the_engine() -> None:
    """
    ``laborscreen --help`` answers without reading rules or compiling anything.
    """
    loaded = modules_after("import laborscreen.cli")

    assert not {
        name for name in loaded if name.startswith(("laborscreen.rulebook", "laborscreen.screening", "numpy"))
    }


@pytest.mark.parametrize("room", ROOMS)
def test_every_name_a_room_promises_is_there(room: str) -> None:
    """
    Each room lists its public names in __all__, sorted, and has all of them.
    """
    module = __import__(f"laborscreen.{room}", fromlist=["__all__"])

    assert sorted(module.__all__) == sorted(set(module.__all__))
    for name in module.__all__:
        assert hasattr(module, name), name


def test_the_version_is_the_one_of_the_package() -> None:
    """
    The version in the code and the one that pip sees are the same.
    """
    from importlib.metadata import version

    assert laborscreen.__version__ == version("laborscreen")
