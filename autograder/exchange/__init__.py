"""Between students and graders: releases out, submissions in with a receipt, feedback back.

`Transport` is what a student's commands need of an exchange, `Desk` what an instructor's need. The folder exchange is
both: a folder that all of them reach, such as a mounted share.
"""

from autograder.exchange.addresses import desk_at, transport_at
from autograder.exchange.folder import FolderExchange
from autograder.exchange.inbound import Arrival, inbound
from autograder.exchange.manifest import MANIFEST, HandedIn, Manifest
from autograder.exchange.package import Package, pack, read_manifest
from autograder.exchange.publishing import publish
from autograder.exchange.receipt import Receipt, all_receipts, load_receipt, own_receipts, save_receipt
from autograder.exchange.transport import Desk, Returned, Standing, Transport

__all__ = [
    "MANIFEST",
    "Arrival",
    "Desk",
    "FolderExchange",
    "HandedIn",
    "Manifest",
    "Package",
    "Receipt",
    "Returned",
    "Standing",
    "Transport",
    "all_receipts",
    "desk_at",
    "inbound",
    "load_receipt",
    "own_receipts",
    "pack",
    "publish",
    "read_manifest",
    "save_receipt",
    "transport_at",
]
