"""Where a check's student code runs: on the CPU, or on a GPU where there is one and the check asks for it."""

from __future__ import annotations

from enum import Enum

from autograder.checks.spec import Gpu
from autograder.course import Device

NEEDS_GPU = "this check needs a GPU, and this machine has none: grade it on one that has"
NEEDS_GPU_HERE = "This check needs a GPU, which this machine has not. It is judged when your work is graded."


class Lost(Exception):
    """The platform failed; the student is not judged."""


class NoGpu(Lost):
    """The check needs a GPU and there is none: trying again on this machine is in vain."""


class Gpus(Enum):
    """How student code comes to a GPU."""

    NONE = "there is none"
    LEASED = "a worker is started with one, when a check asks for it"
    OWN = "every worker sees the machine's, as the student's own code does"


def device_of(wish: Gpu, gpus: Gpus) -> Device:
    """Where a check with that wish is judged.

    Raises:
        NoGpu: nowhere here.
    """
    if not wish:
        return Device.CPU
    if gpus is not Gpus.NONE:
        return Device.CUDA
    if wish is True:
        raise NoGpu(NEEDS_GPU)
    return Device.CPU_INSTEAD
