"""Factors: a sum for a mean, another base of the logarithm, n - 1 for n, a scale that is missing."""

from __future__ import annotations

import math

from autograder.checks.comparing.patterns.pair import Pair

_CONSTANTS = (
    (1 / math.log(2), "log base 2 where the natural log is due"),
    (math.log(2), "the natural log where log base 2 is due"),
    (1 / math.log(10), "log base 10 where the natural log is due"),
    (math.log(10), "the natural log where log base 10 is due"),
    (180 / math.pi, "degrees where radians are due"),
    (math.pi / 180, "radians where degrees are due"),
    (100.0, "100 times too large: percent where a fraction is due?"),
    (255.0, "255 times too large: pixels from 0 to 255 where 0 to 1 is due?"),
    (1 / 255, "255 times too small: pixels from 0 to 1 where 0 to 255 is due?"),
    (0.01, "100 times too small: a fraction where percent is due?"),
)
_MOST_TERMS = 100_000
_MOST_UNNAMED = 8
"""Beyond, too many factors are n / (n - 1) for some n."""
_MOST_UNNAMED_ROOT = 128


def recognised_factor(pair: Pair) -> str:
    """Everything is too large or too small by a factor that has a name."""
    factor = _factor(pair)
    if factor is None:
        return ""
    if factor < 0 and pair.few:
        return ""  # with two things wrong, chance would do
    said = _named(abs(factor), pair)
    return f"{said}, and the sign is flipped" if said and factor < 0 else said


def any_factor(pair: Pair) -> str:
    """Everything is too large or too small by one factor."""
    factor = _factor(pair)
    if factor is None:
        return ""
    flipped = ", with the sign flipped" if factor < 0 else ""
    return f"everything is {_times(abs(factor))}{flipped}: is a factor missing, or one too many?"


def factor_along_a_dim(pair: Pair) -> str:
    """Each row, or each column, has a factor of its own."""
    got, want = pair.got, pair.want
    for dim in reversed(range(want.ndim)):
        size = want.shape[dim]
        if want.ndim < 2 or size < 2 or want.numel() - want.numel() // size < 3:
            continue
        square = (want * want).sum(dim, keepdim=True)
        factor = (got * want).sum(dim, keepdim=True) / square
        if bool((square > 0).all()) and bool((factor != 0).all()) and pair.near(got, want * factor):
            return (
                f"it is right up to a factor along dim {dim}: is a division by a sum, mean or norm missing, or over "
                "another dim?"
            )
    return ""


def _factor(pair: Pair) -> float | None:
    """The factor that explains every element, if there is one."""
    got, want = pair.got[pair.sample], pair.want[pair.sample]
    square = float((want * want).sum())
    if square == 0 or not math.isfinite(square):
        got, want = pair.got, pair.want
        square = float((want * want).sum())
    factor = float((got * want).sum()) / square if square > 0 else 0.0
    if factor == 0 or not math.isfinite(factor):
        return None
    scaled = pair.maps(lambda value: value * factor, pair.want, pair.got)
    return factor if scaled else None


def _named(factor: float, pair: Pair) -> str:
    tight = max(pair.tolerance / 10, 1e-5) if not pair.few else pair.tolerance
    for constant, words in _CONSTANTS:
        if math.isclose(factor, constant, rel_tol=tight):
            return words
    large = factor > 1
    times = factor if large else 1 / factor
    return (
        _whole(times, large, tight, pair) or _correction(times, large, tight, pair) or _root(times, large, tight, pair)
    )


def _whole(times: float, large: bool, tight: float, pair: Pair) -> str:
    count = round(times)
    if not 2 <= count <= _MOST_TERMS or not math.isclose(times, count, rel_tol=tight):
        return ""
    name = _size_named(count, pair)
    if not name and tight * count > 0.05:
        return ""
    mixed = "a sum where a mean is due?" if large else "a mean where a sum is due?"
    if not name and pair.few and count > 2:  # beside the one value that was shown, the number would be the answer
        return f"too {'large' if large else 'small'} by a whole factor: {mixed}"
    if not name and count == 2:
        return f"2 times too {'large' if large else 'small'}: is a factor of 2 {'too many' if large else 'missing'}?"
    return f"{count} times too {'large' if large else 'small'}{name and ', ' + name}: {mixed}"


def _correction(times: float, large: bool, tight: float, pair: Pair) -> str:
    """n / (n - 1), and its root: the variance and the standard deviation of a population or of a sample."""
    for power, what in ((1, "variance"), (2, "standard deviation")):
        ratio = times**power
        count = round(ratio / (ratio - 1))
        known = (count <= _MOST_UNNAMED and not pair.few and tight < 1e-3) or bool(_size_named(count, pair))
        if (
            count >= 3
            and known
            and math.isclose(ratio, count / (count - 1), rel_tol=power * min(tight, 0.1 / count**2))
        ):
            divisors = "n - 1 where n" if large else "n where n - 1"
            return (
                f"too {'large' if large else 'small'} as a {what} of {count} values is that was divided by {divisors} "
                "is due: correction=0 or 1?"
            )
    return ""


def _root(times: float, large: bool, tight: float, pair: Pair) -> str:
    count = round(times * times)
    name = _size_named(count, pair)
    known = bool(name) or (count <= _MOST_UNNAMED_ROOT and not pair.few and tight < 1e-3)
    if count < 2 or not known or not math.isclose(times * times, count, rel_tol=2 * tight):
        return ""
    direction = "large" if large else "small"
    root = f"the square root of {count}{name and ', ' + name}"
    return f"too {direction} by {root}: is a scale missing, or upside down?"


def _size_named(count: int, pair: Pair) -> str:
    if count in pair.shape:
        return f"the size of dim {pair.shape.index(count)}"
    if count == pair.want.numel() and count > 1:
        return "the number of elements"
    return "a size of the input" if count > 1 and count in pair.sizes else ""


def _times(factor: float) -> str:
    return f"{factor:.3g} times too large" if factor >= 1 else f"{1 / factor:.3g} times too small"
