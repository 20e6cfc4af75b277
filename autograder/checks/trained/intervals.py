"""How sure a measured number is: 95 % intervals over the examples that it was measured on."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TAIL = 0.025
_RESAMPLES = 1000
_MOST_GROUPS = 500


def binomial(share: float, examples: int) -> tuple[float, float]:
    """The exact interval of a share of right answers.

    C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404-413, by quantiles of the beta distribution.

    Args:
        share: from 0 to 1; need not be a whole number of examples, as a rounded one is not.
        examples: how many there are, at least 1.
    """
    right, wrong = share * examples, (1 - share) * examples
    low = 0.0 if right <= 0 else _quantile(_TAIL, right, wrong + 1)
    high = 1.0 if wrong <= 0 else _quantile(1 - _TAIL, right + 1, wrong)
    return low, high


def bootstrap(values: Floats, statistic: Callable[[Floats], Floats] | None = None) -> tuple[float, float]:
    """The percentile interval of a mean over examples (B. Efron, Annals of Statistics 7 (1979), 1-26).

    More than 500 examples are averaged beforehand in as many random groups of almost equal size, which leaves the
    spread of the mean as it is. The draws are the same each time.

    Args:
        values: one number for each example, shape (N,), N at least 1.
        statistic: of a mean, elementwise and monotone; None: the mean itself.
    """
    draw = np.random.Generator(np.random.PCG64(20))
    if len(values) > _MOST_GROUPS:
        groups = np.array_split(draw.permutation(values), _MOST_GROUPS)
        values = np.array([group.mean() for group in groups])
    means = values[draw.integers(0, len(values), (_RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.quantile(means if statistic is None else statistic(means), (_TAIL, 1 - _TAIL))
    return float(low), float(high)


def _quantile(probability: float, a: float, b: float) -> float:
    """Where the distribution function of Beta(a, b) is `probability`, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        if _beta(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22).

    Own code, because public checks run in notebooks where nobody has installed scipy.
    """
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta(1 - x, b, a)
    if x <= 0:
        return 0.0
    log = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log) / (a * _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """1 + d1/(1 + d2/(1 + ...)) by the method of Lentz (Applied Optics 15 (1976), 668-671)."""
    tiny = 1e-300
    value, c, d = 1.0, 1.0, 0.0
    for n in range(1, 100_000):
        m = n // 2
        top = m * (b - m) if n % 2 == 0 else -(a + m) * (a + b + m)
        term = top * x / ((a + n - 1) * (a + n))
        d = 1 / ((1 + term * d) or tiny)
        c = (1 + term / c) or tiny
        value *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return value
