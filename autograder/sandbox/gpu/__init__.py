"""GPUs for workers: one submission on each GPU or MIG slice at a time, within a limit of its memory."""

from autograder.sandbox.gpu.slots import CONTEXT_HOST_BYTES, GpuLease, Gpus, Wanted, open_gpus

__all__ = ["CONTEXT_HOST_BYTES", "GpuLease", "Gpus", "Wanted", "open_gpus"]
