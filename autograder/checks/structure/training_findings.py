"""What can be asked of a `TrainingLog`: each question is one property of a right training loop, and names the cause
where it does not hold. Judged by what reached the model and the optimizer, not by which calls a loop makes."""

from __future__ import annotations

from itertools import pairwise

from autograder.checks.failure import Failure
from autograder.checks.structure.training_events import Backward, Event, Forward, Step

_CALL = "Call the model as `model(x)` (not `model.forward(x)`), then `loss.backward()` and `optimizer.step()`."


class Findings:
    """The questions. Every method raises Failure where its sentence does not hold, and returns nothing."""

    events: list[Event]
    count: int
    has_heldout: bool

    @property
    def learned(self) -> list[Forward]:
        """The calls of the model from whose result a backward was made, in order."""
        used = {event.forward for event in self.events if isinstance(event, Backward)}
        return [event for event in self.events if isinstance(event, Forward) and event.number in used]

    @property
    def batches(self) -> list[int]:
        """The sizes of the batches that were learned from."""
        return [forward.size for forward in self.learned]

    @property
    def rates(self) -> list[float]:
        """The learning rate at each step."""
        return [event.rate for event in self.events if isinstance(event, Step)]

    def steps(self, expected: int) -> None:
        """The optimizer took exactly `expected` steps."""
        taken = len(self.rates)
        if taken == expected:
            return
        passes = len(self.learned)
        if not taken:
            cause = "Is `optimizer.step()` called, on the optimizer that was passed in?"
        elif taken < expected <= passes:
            cause = "Call it once for each batch, inside the inner loop: not once for each epoch."
        elif taken < expected:
            cause = "Are batches left out, or epochs?"
        else:
            cause = "Is it called once for each batch, and as many epochs run as were asked for?"
        raise Failure(f"the optimizer took {taken} steps, where {expected} are due. {cause}")

    def fresh_gradients(self, accumulated: int = 1) -> None:
        """Each step used the gradient of its own batch and of no earlier one, however a loop cleared the gradients.

        Not for optimizers that take a closure, as LBFGS does: there `backward()` runs inside the step.

        Args:
            accumulated: most backward passes whose gradients one step may add up.
        """
        if not self.rates:
            raise Failure(f"the optimizer never took a step. {_CALL}")
        passes = _passes(self.events)
        for number, between in enumerate(passes, start=1):
            if not between:
                raise Failure(
                    f"step {number} came without a `backward()` between it and the step before: it uses no gradient, "
                    "or an old one. The order is forward, loss, `backward()`, `step()`."
                )
            if not between[0]:
                raise Failure(
                    f"at step {number} the gradients of earlier batches were still there, and were added to. Clear "
                    "them once for each batch: `optimizer.zero_grad()` before `backward()`."
                )
            if len(between) > accumulated:
                raise Failure(
                    f"step {number} came after {len(between)} backward passes, whose gradients add up. Call "
                    "`zero_grad()`, `backward()` and `step()` for every batch, inside the inner loop."
                )
        if not any(event.gradients for event in self.events if isinstance(event, Step)):
            raise Failure(
                "whenever the optimizer stepped, all gradients were zero or None: is `zero_grad()` called between "
                "`backward()` and `step()`, or does the loss not depend on the model's parameters (`.detach()`, "
                "`.item()`, `torch.tensor(loss)`)?"
            )

    def each_sample_once(self, epochs: int = 1) -> None:
        """Every training sample was learned from exactly once in each of `epochs` epochs."""
        order = self._order()
        due, total = epochs * self.count, sum(forward.size for forward in self._trained_on())
        if not total:
            raise Failure(f"the model never learned from the training data. {_CALL}")
        if total != due:
            raise Failure(_wrong_total(total, epochs, self.count))
        if order is None:
            return  # inputs that the loop has changed: nothing but their number can be told
        for epoch, part in enumerate(_parts(order, self.count), start=1):
            if len(set(part)) != self.count:
                raise Failure(
                    f"in epoch {epoch} {self.count - len(set(part))} of {self.count} samples never came, and others "
                    "came more than once. Go through a permutation (`torch.randperm`), which draws without replacement."
                )

    def reshuffled(self) -> None:
        """No epoch went through the samples in the order of the one before."""
        order = self._order()
        parts = _parts(order or [], self.count)
        for epoch, (one, other) in enumerate(pairwise(parts), start=2):
            if one == other:
                raise Failure(
                    f"epoch {epoch} goes through the samples in the same order as the one before. Draw a new "
                    "permutation in every epoch, inside the outer loop (or `DataLoader(..., shuffle=True)`)."
                )

    def trained_in_training_mode(self) -> None:
        """The model was in training mode whenever it learned."""
        learned = self.learned
        if not learned:
            raise Failure(f"the model never learned from the training data. {_CALL}")
        wrong = next((number for number, forward in enumerate(learned, start=1) if not forward.training), None)
        if wrong is not None:
            raise Failure(
                f"the model was in eval mode while it learned (batch {wrong}): dropout and batch norm did not do their "
                "part. Call `model.train()` at the start of every epoch, above all after an evaluation."
            )

    def evaluated_in_eval_mode(self, no_grad: bool = True) -> None:
        """The model and its parts were in eval mode whenever it was evaluated; with `no_grad`, no gradients were
        recorded then."""
        forwards = self._evaluations()
        if not forwards:
            raise Failure("the model was never called for an evaluation: call it on the data it is evaluated on")
        if any(forward.training for forward in forwards):
            raise Failure(
                "the model was in training mode while it was evaluated: dropout still drops, and batch norm uses and "
                "changes its statistics. Call `model.eval()` before, and `model.train()` when training goes on."
            )
        if not all(forward.evaluating for forward in forwards):
            raise Failure(
                "a part of the model, such as its dropout, was in training mode while the model was evaluated. Call "
                "`model.eval()`, which reaches all parts; to set `model.training` does not."
            )
        if no_grad and any(forward.grad for forward in forwards):
            raise Failure(
                "gradients were recorded during the evaluation, which nobody needs and which takes memory. Put it into "
                "`with torch.no_grad():`."
            )

    def kept_heldout_apart(self) -> None:
        """The model never learned from held-out data."""
        if any(forward.heldout for forward in self.learned):
            raise Failure(
                "the model learned from the data that it is evaluated on: what it scores there then says nothing. "
                "Call `backward()` for training batches alone."
            )

    def let_graphs_go(self, most: int = 3) -> None:
        """No more than `most` batches' graphs were alive at a time."""
        alive = max((event.alive for event in self.events if isinstance(event, Forward)), default=0)
        if alive > most:
            raise Failure(
                f"the graphs of {alive} batches were kept at the same time, so that memory grows with each. Keep "
                "numbers, not tensors with a graph: `total += loss.item()`, `outputs.append(out.detach())`."
            )

    def _evaluations(self) -> list[Forward]:
        used = {forward.number for forward in self.learned}
        rest = [event for event in self.events if isinstance(event, Forward) and event.number not in used]
        return [forward for forward in rest if forward.heldout or forward.rows is None or not self.has_heldout]

    def _order(self) -> list[int] | None:
        """The training samples in the order in which they were learned from; None where that cannot be told."""
        order: list[int] = []
        for forward in self._trained_on():
            if forward.rows is None:
                return None
            order += forward.rows
        return order

    def _trained_on(self) -> list[Forward]:
        return [forward for forward in self.learned if not forward.heldout]


def _passes(events: list[Event]) -> list[list[bool]]:
    """For each step, the backward passes since the step before: whether each began with clean gradients.

    Several calls of the model may share one pass: a new one begins with a backward behind another call.
    """
    found: list[list[bool]] = []
    between: list[bool] = []
    called = True
    for event in events:
        if isinstance(event, Forward):
            called = True
        elif isinstance(event, Backward):
            if called:
                between.append(event.clean)
            called = False
        elif isinstance(event, Step):
            found.append(between)
            between, called = [], True
    return found


def _parts(order: list[int], size: int) -> list[list[int]]:
    return [order[start : start + size] for start in range(0, len(order), size)]


def _wrong_total(total: int, epochs: int, count: int) -> str:
    if total % count == 0:
        return f"the loop went {total // count} times through the training data, where {epochs} epochs were asked for"
    if total < epochs * count and total % epochs == 0:
        return (
            f"each epoch learned from {total // epochs} of the {count} samples. Is the last, smaller batch left out "
            "(`drop_last=True`, `len(x) // batch_size`), or a batch skipped?"
        )
    return (
        f"in {epochs} epochs the model learned from {total} samples, where {epochs * count} are due. Does every epoch "
        "go through every batch once?"
    )
