"""Data loaders that ask for processes of their own get their batches here all the same: a worker cannot start any."""

from __future__ import annotations

from typing import Any


def load_in_process() -> None:
    """Make `num_workers` of torch's DataLoader, and of what is built on it, mean none. Call it before others import
    torch.utils.data, in the zygote.

    The same batches in the same order come out; `worker_init_fn` is not called and `get_worker_info()` is None, as
    with num_workers=0.
    """
    from torch.utils.data import dataloader

    def without_processes(loader: Any) -> Any:
        loader.num_workers = loader.timeout = 0
        loader.prefetch_factor = None
        return dataloader._SingleProcessDataLoaderIter(loader)

    dataloader._MultiProcessingDataLoaderIter = without_processes  # type: ignore[assignment, misc]
