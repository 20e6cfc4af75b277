"""Reading learning curves, and stopping by one."""

import math
import random

import torch
from autograder.checks import Failure, check, close, remote, same_mode

ANSWERS = ("diverged", "not learning", "stopped too early", "underfitting", "overfitting", "fine")


def verdict(train, valid, chance, target):
    last, before = train[-1], train[-1 - len(train) // 4]
    rules = (
        not all(map(math.isfinite, train + valid)) or last > 2 * chance,
        last > 0.9 * chance,
        last > target and last < 0.9 * before,
        last > target,
        valid[-1] > 1.1 * min(valid),
        True,
    )
    return ANSWERS[rules.index(True)]


def mistaken(change):
    """The table with one mistake in it: `change` gets what the rules look at, by name, and replaces some of it."""

    def judge(train, valid, chance, target):
        seen = {
            "bad": not all(map(math.isfinite, train + valid)) or train[-1] > 2 * chance,
            "last": train[-1],
            "before": train[-1 - len(train) // 4],
            "risen": valid[-1] > 1.1 * min(valid),
            "order": (0, 1, 2, 3, 4),
        }
        seen |= change(train, valid, chance)
        last = seen["last"]
        falls = last < 0.9 * seen["before"]
        rules = (seen["bad"], last > 0.9 * chance, last > target and falls, last > target, seen["risen"])
        return next((ANSWERS[i] for i in seen["order"] if rules[i]), "fine")

    return judge


MISTAKES = (
    (
        lambda t, v, c: {"order": (0, 4, 1, 2, 3)},
        "Overfitting comes too early in yours: go through the table from the top.",
    ),
    (
        lambda t, v, c: {"before": t[-2]},
        "You compare with the epoch before the last, and not with the one E // 4 before.",
    ),
    (lambda t, v, c: {"before": t[-(len(t) // 4)]}, "train_losses[-(E // 4)] is E // 4 - 1 epochs before the last."),
    (
        lambda t, v, c: {"before": t[len(t) // 4]},
        "You look at the loss after the first quarter, and not a quarter before the end.",
    ),
    (
        lambda t, v, c: {"risen": v[-1] > 1.1 * t[-1]},
        "You call a gap overfitting. The validation loss must have risen from its own minimum.",
    ),
    (
        lambda t, v, c: {"risen": t[-1] > 1.1 * min(t)},
        "In the fifth rule you look at the training loss. It is the validation loss that rises.",
    ),
    (
        lambda t, v, c: {"bad": max(t) > 2 * c},
        "A high loss at the beginning is no divergence: only the last one is held against 2 * chance.",
    ),
)


def ask(student, train, valid, chance, target):
    got = student.diagnose(list(train), list(valid), chance, target)
    if type(got) is not str or got not in ANSWERS:
        raise Failure("diagnose gives one of the six answers of the table, spelt as there, a str.", "wrong_type")
    return got


def words(got, want):
    """For a wrong answer: on which side of it the right rule stands."""
    if ANSWERS.index(want) < ANSWERS.index(got):
        return f"A curve was called {got!r} to which a rule further up applies."
    return f"A curve was called {got!r}, and that rule does not apply to it."


def falling(length, end, ratio):
    """A curve that ends at `end`, and was end / ratio a quarter of its length before, higher still earlier."""
    back = length // 4
    return [end / ratio * (1 + 0.5 * (length - 1 - back - i)) for i in range(length - back)] + [end] * back


@check(
    "diagnose",
    points=1,
    hint="Go through the table from the top; the first rule that applies decides. Each is about the last value of "
    "a curve, but for the second number in the third rule and the minimum in the fifth.",
)
def test_one_curve_of_each_kind(student, rng):
    draw = random.Random(rng.seed())
    seen, curves = set(), []
    for _ in range(120):
        length, chance = draw.randrange(4, 30), draw.choice([2.3, 0.69, 10.0])
        target = chance * draw.choice([0.1, 0.3, 0.6])
        end = draw.choice([0.3 * target, 0.99 * target, 1.05 * target, 0.85 * chance, 0.95 * chance, 1.9 * chance])
        train = falling(length, end, draw.choice([0.5, 0.8, 0.88, 0.92, 1.0, 1.2]))
        valid = [draw.uniform(0.2, 3.0) for _ in range(length)]
        if draw.random() < 0.5:
            valid[-1] = min(valid) * draw.choice([0.9, 1.05, 1.15])
        if draw.random() < 0.1:
            train[-1] = chance * draw.choice([2.1, 3, 50])
        want = verdict(train, valid, chance, target)
        seen.add(want)
        curves.append((train, valid, chance, target))
    assert len(seen) >= 3  # of the draw, not of the student
    answers, right = [ask(student, *curve) for curve in curves], [verdict(*curve) for curve in curves]
    for change, said in MISTAKES:
        if answers != right and answers == [mistaken(change)(*curve) for curve in curves]:
            raise Failure(said)
    for got, want in zip(answers, right):
        assert got == want, words(got, want)


@check(
    "diagnose",
    points=1,
    hint="NaN and infinity may stand anywhere, in both lists, and NaN compares as False with everything: ask for "
    "them first.",
)
def test_curves_that_are_not_finite(student, rng):
    draw = random.Random(rng.seed())
    for bad in (math.nan, math.inf, -math.inf):
        for which in (0, 1):
            for place in ("first", "middle", "last"):
                length = draw.randrange(5, 12)
                pair = [[1.0 / (i + 1) for i in range(length)], [1.0 / (i + 2) for i in range(length)]]
                pair[which][{"first": 0, "middle": length // 2, "last": -1}[place]] = bad
                got = ask(student, *pair, 2.3, 0.5)
                name = ("training", "validation")[which]
                assert got == "diverged", f"A {name} curve with {bad} as its {place} value was called {got!r}."


@check(
    "diagnose",
    points=1,
    hint="Above means above: a value that is equal to a bound is not. And the loss of E // 4 epochs before the "
    "last is train_losses[-1 - E // 4].",
)
def test_curves_at_the_bounds(student, rng):
    flat = [1.0] * 8
    for train, valid, target, want in (
        ([20.0] * 8, flat, 1.0, "not learning"),  # 2 * chance itself
        ([9.0] * 8, flat, 1.0, "underfitting"),  # 0.9 * chance itself
        ([4.0] * 8, flat, 4.0, "fine"),  # target itself
        ([10.0] * 6 + [9.5, 4.0], flat, 4.0, "fine"),
        ([8.0, 8.0, 8.0, 8.0, 8.0, 5.0, 4.5, 4.5], flat, 4.0, "underfitting"),  # 0.9 times itself
        ([8.0, 8.0, 8.0, 8.0, 8.0, 5.0, 4.5, 4.25], flat, 4.0, "stopped too early"),
        ([8.0, 8.0, 8.0, 8.0, 8.0, 4.5, 6.0, 4.25], flat, 4.0, "underfitting"),
        ([0.5] * 8, [10.0] * 7 + [11.0], 4.0, "fine"),  # 1.1 times the smallest itself
        ([0.5] * 8, [10.0] * 7 + [11.5], 4.0, "overfitting"),
        ([0.5] * 8, [10.0, 30.0] * 3 + [40.0, 10.5], 4.0, "fine"),
        ([5.0, 4.5, 4.5, 4.5], flat[:4], 4.0, "underfitting"),  # E = 4: one epoch before
        ([9.0, 6.0, 6.0, 5.0, 5.0, 5.0, 5.0], flat[:7], 4.0, "underfitting"),  # E = 7: one as well
        ([9.0] * 9 + [5.0] * 3, flat + [1.0] * 4, 4.0, "stopped too early"),  # E = 12: three
        ([30.0, 30.0] + [8.0] * 6, flat, 4.0, "underfitting"),  # only the last counts
        ([0.5] * 8, [10.0] * 6 + [8.0, 10.0], 4.0, "overfitting"),  # the smallest just before the end
        ([0.5] * 8, [10.0] + [11.5] * 7, 4.0, "overfitting"),  # and at the beginning
        ([0.5] * 8, [0.0] * 7 + [0.5], 4.0, "overfitting"),  # losses of 0, by which nothing is divided
        ([0.0] * 8, [0.0] * 8, 4.0, "fine"),
        ([8.0] * 5 + [0.0, 5.0, 5.0], flat, 4.0, "underfitting"),
    ):
        got = ask(student, train, valid, 10.0, target)
        assert got == want, f"At a bound of the table: {words(got, want)}"


class Reference:
    """What an EarlyStopper does with losses."""

    def __init__(self, patience, min_delta):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_epoch, self.epoch = math.inf, 0, 0

    def step(self, loss):
        self.epoch += 1
        if loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch = loss, self.epoch
        return self.epoch - self.best_epoch >= self.patience


def drawn_curve(draw, length):
    """Losses in eighths, so that differences are exact; equal neighbours are frequent."""
    return [draw.randrange(4, 24) / 8 for _ in range(length)]


def weights_of(model):
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def parameters_of(model):
    return {name: value.detach().clone() for name, value in model.named_parameters()}


def network():
    """A module with parameters and buffers, in the student's process."""
    build = remote(torch.nn.Sequential)
    return build(remote(torch.nn.Linear)(3, 4), remote(torch.nn.BatchNorm1d)(4), remote(torch.nn.Linear)(4, 2))


def trained_on(model, opt, rng):
    """Some steps of an optimizer, which write into the model's tensors."""
    model.train()
    for _ in range(2):
        opt.zero_grad()
        (model(rng.normal(6, 3)) ** 2).sum().backward()
        opt.step()


def optimizer_of(model):
    return remote(torch.optim.SGD)(model.parameters(), lr=0.1)


@check(
    "early_stopping",
    points=2,
    hint="An improvement is a loss below best_loss - min_delta, and nothing else. Stop when the number of epochs "
    "since the last improvement has reached patience; every improvement starts the count anew.",
)
def test_steps_along_any_curve(student, rng):
    draw = random.Random(rng.seed())
    for patience in (1, 2, 3, 5):
        for min_delta in (0.0, 0.25, 1.0):
            for kind in range(4):
                losses = drawn_curve(draw, draw.randrange(1, 14))
                if kind == 1:
                    losses[draw.randrange(len(losses))] = math.nan
                elif kind == 2:
                    losses = sorted(losses, reverse=True)
                elif kind == 3:
                    losses = [math.nan] * draw.randrange(1, 4) + losses
                stopper, want = student.EarlyStopper(patience, min_delta), Reference(patience, min_delta)
                assert (stopper.best_loss, stopper.best_epoch) == (math.inf, 0), (
                    "Before the first step best_loss is infinity and best_epoch 0."
                )
                for loss in losses:
                    got, due = stopper.step(loss), want.step(loss)
                    if type(got) is not bool:
                        raise Failure("step gives True or False.", "wrong_type")
                    assert stopper.best_loss == want.best_loss, (
                        "best_loss is not the loss at the last improvement. Is an improvement a loss smaller than "
                        "best_loss - min_delta?"
                    )
                    assert stopper.best_epoch == want.best_epoch, (
                        "best_epoch is not the number of the last improvement, where the first call of step is 1."
                    )
                    when = "too early" if got else "too late, or not at all"
                    assert got == due, f"step says stop {when}: True from patience epochs after the last improvement."
    plain = student.EarlyStopper(2)
    assert [plain.step(1.0), plain.step(0.99), plain.step(0.99), plain.step(0.99)] == [False, False, False, True], (
        "Without min_delta every smaller loss is an improvement, and an equal one is none."
    )


@check(
    "early_stopping",
    points=1.5,
    hint="state_dict() gives the tensors themselves, which the optimizer goes on writing into, and .copy() of a "
    "dict copies no tensor. Keep value.clone() for each, buffers as well, or a copy.deepcopy.",
)
def test_the_best_state_comes_back(student, rng):
    for losses, best in (((1.0, 0.5, 0.7, 0.9), 1), ((0.5, 0.7, 0.6), 0), ((0.9, 0.8, 0.7), 2), ((0.7, 0.7, 0.7), 0)):
        model = network()
        opt = optimizer_of(model)
        stopper, states = student.EarlyStopper(10), []
        for loss in losses:
            trained_on(model, opt, rng)
            states.append(weights_of(model))
            with same_mode(model):
                stopper.step(loss, model)
            assert weights_of(model) == close(states[-1]), "step changed the model: it only looks, and copies."
        trained_on(model, opt, rng)
        last = weights_of(model)
        model.train(best != 1)
        with same_mode(model):
            stopper.restore(model)
        got = weights_of(model)
        if got == close(last):
            raise Failure(
                "restore brought back the weights of the end, not of the best epoch: was a reference kept, which "
                "moved on with the training, and not a copy?"
            )
        if best < len(losses) - 1 and got == close(states[-1]):
            raise Failure("restore brought back the state of the last step, not of the last improvement.")
        parameters = parameters_of(model)
        if parameters == close({name: states[best][name] for name in parameters}):
            assert got == close(states[best]), (
                "The parameters came back, and the buffers (a batch norm's running statistics) did not."
            )
        assert got == close(states[best]), "restore did not bring back the state of the last improvement."


@check(
    "early_stopping",
    points=1,
    hint="load_state_dict (or copy_ under no_grad) writes into the tensors that the optimizer holds. Replacing "
    "them, or handing out the stored ones, cuts the optimizer off or lets the training write into what was kept.",
)
def test_the_model_can_go_on_after_restore(student, rng):
    model = network()
    opt = optimizer_of(model)
    stopper = student.EarlyStopper(3)
    trained_on(model, opt, rng)
    best = weights_of(model)
    stopper.step(0.5, model)
    trained_on(model, opt, rng)
    for _ in range(2):
        stopper.restore(model)
        assert weights_of(model) == close(best), (
            "The second restore brought back something else than the first: the training after the first one wrote "
            "into what was kept."
        )
        trained_on(model, opt, rng)
        assert not parameters_of(model) == close({name: best[name] for name in parameters_of(model)}), (
            "After restore the optimizer no longer moves the model: its parameters were replaced by other tensors."
        )
    stopper.step(0.4, model)
    better = weights_of(model)
    trained_on(model, opt, rng)
    stopper.restore(model)
    assert weights_of(model) == close(better), "An improvement after restore was not kept."


@check(
    "early_stopping",
    points=0.5,
    hint="Start with nothing kept (None), and raise RuntimeError in restore while that is so. State belongs to "
    "self, and not to the class.",
)
def test_stoppers_without_a_state_and_side_by_side(student, rng):
    model = network()
    for losses in ((), (math.nan,), (0.5, 0.4)):
        empty = student.EarlyStopper(2)
        for loss in losses:
            empty.step(loss, model) if math.isnan(loss) else empty.step(loss)
        try:
            empty.restore(model)
        except RuntimeError:
            continue
        raise Failure("restore without any state that was copied must raise a RuntimeError.")
    seen, kept = student.EarlyStopper(5), weights_of(model)
    for loss, given in ((0.5, model), (0.6, None), (0.4, None), (0.7, model)):
        seen.step(loss, given)
        trained_on(model, optimizer_of(model), rng)
    seen.restore(model)
    assert weights_of(model) == close(kept), (
        "An improvement without a model copies nothing: the state that was copied before is still there."
    )
    one, other = student.EarlyStopper(2), student.EarlyStopper(2)
    states = []
    for stopper, loss in ((one, 0.3), (other, 0.6)):
        states.append(weights_of(model))
        stopper.step(loss, model)
        trained_on(model, optimizer_of(model), rng)
    assert (one.best_loss, other.best_loss) == (0.3, 0.6), "Two stoppers share their best loss: set it in __init__."
    for stopper, state in ((one, states[0]), (other, states[1])):
        fresh = network()
        stopper.restore(fresh)
        assert weights_of(fresh) == close(state), "Two stoppers, each with a model: one restored another's state."


@check(
    "early_stopping",
    points=1,
    hint="One stopper, one loop over the losses, break at True. Compare its best_loss with the last loss of the "
    "whole curve.",
)
def test_stopping_along_whole_curves(student, rng):
    draw = random.Random(rng.seed())
    seen = set()
    for _ in range(60):
        losses, patience = drawn_curve(draw, draw.randrange(1, 16)), draw.randrange(1, 5)
        min_delta = draw.choice([0.0, 0.0, 0.5])
        want = Reference(patience, min_delta)
        epochs = next((i for i, loss in enumerate(losses, 1) if want.step(loss)), len(losses))
        kept, last = want.best_loss, losses[-1]
        answer = "helps" if kept < last else "hurts" if kept > last else "same"
        seen.add(answer)
        got = student.stop_or_go_on(list(losses), patience, min_delta)
        if type(got) not in (tuple, list) or len(got) != 3:
            raise Failure("stop_or_go_on gives three values: (epochs, kept, verdict).", "wrong_type")
        assert got[0] == epochs, "The number of epochs that were run, the one with the stop included, is wrong."
        assert got[1] == close(kept), "kept is the stopper's best_loss when training ends."
        assert got[2] == answer, f"{got[2]!r} is not the verdict: compare kept with the last loss of the whole curve."
    assert len(seen) == 3  # of the draw, not of the student
    assert tuple(student.stop_or_go_on([1.0, 0.5], 1)) == (2, 0.5, "same")
