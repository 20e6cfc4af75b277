"""The environment variables of zygotes: all that a student finds there."""

from __future__ import annotations


def worker_environment(home: str) -> dict[str, str]:
    """Nothing of the supervisor's. One thread for each library: the zygote must not have a second one when it forks."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": home,
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": home,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        # A student who asks for two threads has one core for them: while one waits, the other must not be kept off it.
        "OMP_WAIT_POLICY": "passive",
        "CUDA_VISIBLE_DEVICES": "",
        # Asking whether there is a GPU must not start CUDA, which no fork survives.
        "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
