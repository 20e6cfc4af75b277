"""`holds_for_all`: a property tried on many drawn inputs; where it fails, the smallest that could be found is shown."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from torch import Tensor

from autograder.checks import explain
from autograder.checks.failure import Failure, StudentError
from autograder.checks.properties.runs import told
from autograder.checks.properties.strategies import shown
from autograder.checks.rng import Rng

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

SHRINKING_RUNS = 300
SHRINKING_SECONDS = 2.0
"""After the first failure, so many runs and so long at most: a slow answer is wrong before it runs out of time."""

_REPEATS = 3
"""Runs that a counter-example must fail again."""
_OF_THE_VALUES = frozenset(("wrong_answer", "wrong_type", "not_finite", "mutated_input", "below_threshold"))
"""Reasons that say something of one input. After any other, as of a dead process, there is no use in going on."""


def holds_for_all(holds: Callable[..., Any], *drawn_from: SearchStrategy[Any], rng: Rng, examples: int = 30) -> bool:
    """`holds(*drawn)` for all values drawn from the strategies. True, or a Failure with the smallest counter-example.

        assert holds_for_all(lambda x: student.relu(x) == close(x.clamp(min=0)), tensors(layout="any"), rng=rng)

    Args:
        holds: fails by an assert, a Failure, an exception of the student's, or by returning False. `hypothesis.assume`
            may be used in it.
        drawn_from: `tensors(...)`, `labels(...)`, `any_shape(...)`, or any strategy of hypothesis's; one per argument.
        rng: the same values are drawn when the same attempt is graded again.
        examples: so many at most; each costs the calls that `holds` makes.

    Raises:
        Failure: with the reason of the finding, its words, and the counter-example's dtype, shape and layout.
        ValueError: `examples` is not positive.
    """
    if examples < 1:
        raise ValueError(f"holds_for_all() needs an example, not {examples}")
    search = _Search(holds)
    with _no_constants_of_the_checks():
        _hypothesis(search, drawn_from, rng.seed(), examples)
    if search.escaped is not None:
        raise search.escaped
    if search.smallest is not None:
        raise _finding(search)
    return True


@dataclass(frozen=True)
class _Counterexample:
    drawn: tuple[Any, ...]
    error: Exception
    words: str


class _Enough(BaseException):
    """No more runs. A BaseException, which hypothesis lets through."""


class _Search:
    """Runs the property, keeps the smallest failure, and ends the search where there is no use in going on."""

    def __init__(self, holds: Callable[..., Any]) -> None:
        self._holds = holds
        self._runs_left = SHRINKING_RUNS
        self._end = float("inf")
        self.smallest: _Counterexample | None = None
        self.escaped: BaseException | None = None

    def __call__(self, drawn: tuple[Any, ...]) -> None:
        """One run.

        Raises:
            Exception: the property does not hold.
        """
        self._runs_left -= self.smallest is not None
        if self._runs_left < 0 or time.monotonic() > self._end:
            raise _Enough
        kept = copy.deepcopy(drawn)  # a student's code in this process may change what it gets
        error = self._tried(drawn)
        if error is None:
            return
        if self.smallest is None:
            self._end = time.monotonic() + SHRINKING_SECONDS
        if self.smallest is None or _size(kept) <= _size(self.smallest.drawn):
            self.smallest = _Counterexample(kept, error, ", ".join(map(shown, kept)))
        raise error

    def once_more(self, drawn: tuple[Any, ...]) -> bool:
        """Whether the property holds for `drawn`, after all."""
        return self._tried(copy.deepcopy(drawn)) is None

    def _tried(self, drawn: tuple[Any, ...]) -> Exception | None:
        """How the property fails for `drawn`, or None."""
        from hypothesis.errors import HypothesisException

        explain.clear()
        try:
            result = self._holds(*drawn)
        except HypothesisException:
            raise
        except Exception as error:
            failed = _worded(error)
            if isinstance(failed, Failure) and not _is_of_the_values(failed):
                self._escape(failed)
            return failed
        except BaseException as error:
            self._escape(error)
        return _explained("") if result is False else None

    def _escape(self, error: BaseException) -> None:
        self.escaped = error
        raise _Enough from None


def _hypothesis(search: _Search, drawn_from: tuple[Any, ...], seed: int, examples: int) -> None:
    """Let it search. Nothing is written, printed, timed or remembered."""
    import hypothesis
    from hypothesis import strategies as st

    quiet = hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=False,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
        verbosity=hypothesis.Verbosity.quiet,
        print_blob=False,
        report_multiple_bugs=False,
    )

    @hypothesis.seed(seed)
    @quiet
    @hypothesis.given(st.tuples(*drawn_from))
    def search_once(drawn: tuple[Any, ...]) -> None:
        search(drawn)

    try:
        search_once()
    except _Enough:
        return
    except Exception:
        if search.smallest is None:  # hypothesis itself objects: to a strategy, or that nothing satisfies an assumption
            raise


@contextmanager
def _no_constants_of_the_checks() -> Iterator[None]:
    """Hypothesis would read the constants in all modules of the course and the checks, draw from them, and keep them in
    a folder `.hypothesis`: that takes a second, and writes hidden numbers down."""
    from hypothesis.internal.conjecture import providers

    name = "_get_local_constants"
    if not hasattr(providers, name):
        yield
        return
    before = getattr(providers, name)
    setattr(providers, name, getattr(providers, "Constants"))
    try:
        yield
    finally:
        setattr(providers, name, before)


def _finding(search: _Search) -> Exception:
    """What is told: the same kind of error, with its counter-example; or that it comes and goes."""
    found = search.smallest
    assert found is not None
    if any(search.once_more(found.drawn) for _ in range(_REPEATS)):
        return Failure(
            f"for the same input, {found.words}, it sometimes holds and sometimes does not: is something random "
            "inside, or kept from one call to the next (a global, a default argument, a buffer)?"
        )
    return told(found.error, f"for {found.words}")


def _worded(error: Exception) -> Exception:
    """An assert without words gets those of the last comparison, while they are there."""
    if isinstance(error, AssertionError) and not isinstance(error, Failure):
        return _explained(str(error.args[0]) if error.args else "").with_traceback(error.__traceback__)
    return error


def _explained(words: str) -> Failure:
    said = explain.last()
    if words or said is None:
        return Failure(words or "a property that the exercise asks for does not hold")
    return Failure(said.message, said.reason)


def _is_of_the_values(failure: Failure) -> bool:
    return failure.reason in _OF_THE_VALUES or isinstance(failure, StudentError)


def _size(drawn: object) -> int:
    """How much there is to look at in a counter-example."""
    if isinstance(drawn, Tensor):
        return drawn.numel() + drawn.ndim
    return sum(map(_size, drawn)) if isinstance(drawn, tuple | list) else 0
