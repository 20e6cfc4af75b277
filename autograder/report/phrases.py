"""Names and numbers as people say them."""

from __future__ import annotations


def short(check: str) -> str:
    """The name of a check's function: `hidden/test_x.py::test_y` is `test_y`."""
    return check.rsplit("::", 1)[-1]


def seconds(value: float) -> str:
    """A time as people say it: "5 ms", "0.4 s", "12 s", "2 min 5 s"."""
    if value < 9.95:
        return f"{value:.1f} s" if value >= 0.05 or not value else f"{1000 * value:.0f} ms"
    whole = round(value)
    if whole < 120:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole % 60 else f"{whole // 60} min"


def percent(share: float) -> str:
    """A share from 0 to 1: "14 %", "0.5 %", "99.5 %"; never 0 or 100 where it is not."""
    shown = f"{100 * share:.{0 if 0.1 <= share <= 0.9 else 1}f}".removesuffix(".0")
    if (shown == "0" and share > 0) or (shown == "100" and share < 1):
        return "under 0.1 %" if share < 0.5 else "over 99.9 %"
    return f"{shown} %"


def count(how_many: int, what: str) -> str:
    """ "1 mutant", "3 mutants"."""
    return f"{how_many} {what}{'' if how_many == 1 else 's'}"


def duration(value: float) -> str:
    """A time in which a millisecond counts: "<0.1 ms", "0.4 ms", "12 ms", "1.3 s", "4 min 10 s"."""
    if 0 < value < 0.00005:
        return "<0.1 ms"
    if value < 0.00995:
        return f"{1000 * value:.1f} ms" if value else "0 ms"
    return f"{1000 * value:.0f} ms" if value < 0.995 else seconds(value)


def share(part: float) -> str:
    """A share from 0 to 1 in whole percents: "14 %", "<1 %"."""
    return "<1 %" if 0 < part < 0.005 else f"{100 * part:.0f} %"
