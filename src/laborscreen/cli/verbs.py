"""
Verbs that are read when somebody calls them.

A run calls one verb of three dozen. Reading the files of the others and making their options ready would take longer than
many a verb takes to do its work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperGroup

__all__ = ["VerbGroup", "Verbs", "group_of"]


class Verbs(Mapping[str, Any]):
    """
    The verbs of a group by name, in the order in which its help lists them.

    Args:
        homes: where each is: ``module:function`` within this room, or a group of verbs.
    """

    def __init__(self, homes: Mapping[str, str | typer.Typer]) -> None:
        self._homes = homes
        self._ready: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return the verb, made ready when it is first asked for."""
        if name not in self._ready:
            home = self._homes[name]
            self._ready[name] = _verb(name, home) if isinstance(home, str) else typer.main.get_group(home)
        return self._ready[name]

    def __contains__(self, name: object) -> bool:
        """Say whether there is such a verb, without reading it."""
        return name in self._homes

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)


class VerbGroup(TyperGroup):
    """A group whose verbs are named by `homes` and read when they are called."""

    homes: Mapping[str, str | typer.Typer] = {}

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = cast("MutableMapping[str, Any]", Verbs(self.homes))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 -- as the library calls it
        """Name the verbs, without reading them."""
        return list(self.homes)


def group_of(homes: Mapping[str, str | typer.Typer], kind: type[VerbGroup] = VerbGroup) -> type[VerbGroup]:
    """Return *kind* of group with the verbs at *homes*."""
    return type(kind.__name__, (kind,), {"homes": homes})


def _verb(name: str, home: str) -> Any:
    module, _, function = home.partition(":")
    alone = typer.Typer(add_completion=False)
    alone.command(name)(getattr(import_module(f"laborscreen.cli.{module}"), function))
    return typer.main.get_command(alone)
