"""From an address to an exchange. Only folders so far."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.errors import AutograderError
from autograder.exchange.folder import FolderExchange
from autograder.exchange.transport import Desk, Transport

VARIABLE = "AUTOGRADER_EXCHANGE"
"""The environment variable that names an exchange."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


def transport_at(address: str) -> Transport:
    """The student's side of the exchange at `address`.

    Raises:
        AutograderError: `no-such-transport`.
    """
    return FolderExchange(_folder(address))


def desk_at(address: str) -> Desk:
    """The instructor's side of it.

    Raises:
        AutograderError: `no-such-transport`.
    """
    return FolderExchange(_folder(address))


def _folder(address: str) -> Path:
    found = _SCHEME.match(address)
    if found is not None:
        raise AutograderError(
            "no-such-transport",
            f"an exchange over {found[1].lower()} is not known to this version",
            fix="name a folder with --exchange DIR",
        )
    return Path(address)
