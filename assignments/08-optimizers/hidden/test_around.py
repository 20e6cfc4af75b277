"""What belongs around an optimizer: clipping, the schedule, the range test, the choice of a rate."""

import itertools
import math

import torch
import torch.nn.functional as F
from autograder.checks import Failure, check, close, forbid, remote, same_mode
from torch import nn


def with_gradients(gradients, dtype):
    """Parameters in the student's process; None: without a gradient."""
    parameters = []
    for gradient in gradients:
        p = remote(torch.nn.Parameter)(torch.ones(3 if gradient is None else gradient.shape, dtype=dtype))
        p.grad = None if gradient is None else gradient.to(dtype)
        parameters.append(p)
    return parameters


def clipped(student, gradients, max_norm, *, dtype=torch.float64, generator=False):
    """Clip them, and compare the norm and the gradients with torch's."""
    gradients = [None if gradient is None else gradient.to(dtype) for gradient in gradients]
    parameters = with_gradients(gradients, dtype)
    ours = [nn.Parameter(torch.ones(3 if g is None else g.shape, dtype=dtype)) for g in gradients]
    for q, gradient in zip(ours, gradients):
        q.grad = None if gradient is None else gradient.clone()
    want = torch.nn.utils.clip_grad_norm_(ours, max_norm)
    holder = remote(torch.nn.ParameterList)(parameters)
    got = student.clip_grad_norm(holder.parameters() if generator else parameters, max_norm)
    if not isinstance(got, torch.Tensor):
        raise Failure("clip_grad_norm returns the norm as a 0-d tensor.", "wrong_type")
    assert got == close(want)
    assert not got.requires_grad, "The norm that comes back requires a gradient: it should not."
    left = remote(torch.nn.utils.clip_grad_norm_)(parameters, 1e30)  # the norm now; nothing is clipped by that
    assert left == close(torch.nn.utils.clip_grad_norm_(ours, 1e30))
    for p, q in zip(parameters, ours):
        if q.grad is None:
            assert p.grad is None, "A parameter without a gradient has one after clipping."
        else:
            assert p.grad == close(q.grad)
        assert p.detach() == close(torch.ones_like(p)), "Clipping changed a parameter. Only its .grad may change."


@check(
    "clip_grad_norm",
    points=1,
    hint="One norm over all gradients, one factor: max_norm / (norm + 1e-6), at most 1.",
)
def test_clipping_by_the_common_norm(student, rng):
    forbid(student, "clip_grad_norm", "clip_grad_norm_", "clip_grads_with_norm_", "get_total_norm", "clip_grad_value_")
    for factor in (0.3, 0.9, 1.2, 5.0):  # of the norm: clipped, and left alone
        for shapes in (((3, 4), (5,), (), (2, 1, 3)), ((1,),), ((4, 4), (4, 4))):
            gradients = [10.0 ** (1 - n) * rng.normal(*shape, dtype=torch.float64) for n, shape in enumerate(shapes)]
            norm = float(torch.stack([g.norm() for g in gradients]).norm())
            clipped(student, gradients, factor * norm)
            clipped(student, gradients, factor * norm, dtype=torch.float32)


@check(
    "clip_grad_norm",
    points=1,
    hint="Keep the gradients in a list: a generator is used up after one pass. None is left out.",
)
def test_clipping_a_generator_and_missing_gradients(student, rng):
    gradients = [rng.normal(3, 2), None, rng.normal(4), None]
    for max_norm in (0.5, 100.0):
        clipped(student, gradients, max_norm, generator=True)
        clipped(student, gradients, max_norm)
    clipped(student, [None, None], 1.0, dtype=torch.float32, generator=True)


@check(
    "clip_grad_norm",
    points=1,
    hint="Add 1e-6 to the norm that you divide by, not to the one that you return.",
)
def test_clipping_tiny_and_zero_gradients(student, rng):
    clipped(student, [1e-4 * rng.normal(3, 2), 1e-4 * rng.normal(4)], 1e-5)
    clipped(student, [torch.zeros(3), torch.zeros(2, 2)], 1.0)
    clipped(student, [torch.zeros(3), torch.zeros(2, 2)], 1e-9)
    clipped(student, [1e8 * rng.normal(5), 1e-3 * rng.normal(2)], 0.1)


def scheduled(t, total, warmup, peak, floor=0.0):
    """The formula of the notebook."""
    if t < warmup:
        return peak * (t + 1) / warmup
    if t < total:
        return floor + (peak - floor) * math.cos(0.5 * math.pi * (t - warmup) / (total - warmup)) ** 2
    return floor


def whole_schedule(student, total, warmup, peak, *rest):
    got = [student.warmup_cosine(t, total, warmup, peak, *rest) for t in range(total + 3)]
    if not all(isinstance(rate, float) for rate in got):
        raise Failure("A rate is a Python float: no tensor, no int.", "wrong_type")
    return torch.tensor(got), torch.tensor([scheduled(t, total, warmup, peak, *rest) for t in range(total + 3)])


@check(
    "warmup_cosine",
    points=1,
    hint="(t + 1) / warmup: the first step has a rate above 0, the last of the warm-up the peak.",
)
def test_the_warm_up(student, rng):
    for total, warmup in ((30, 7), (12, 12), (9, 1), (rng.size(20, 40), rng.size(2, 9))):
        got, want = whole_schedule(student, total, warmup, float(0.01 + rng.uniform(1)))
        assert got[:warmup] == close(want[:warmup])


@check(
    "warmup_cosine",
    points=1,
    hint="progress = (t - warmup) / (total - warmup); floor + (peak - floor) * (1 + cos(pi * progress)) / 2.",
)
def test_the_cosine(student, rng):
    for total, warmup in ((30, 7), (10, 0), (9, 8), (rng.size(20, 40), rng.size(2, 9))):
        for floor in ((), (0.004,), (0.2,)):
            got, want = whole_schedule(student, total, warmup, float(0.3 + rng.uniform(1)), *floor)
            assert got[warmup:total] == close(want[warmup:total])


@check(
    "warmup_cosine",
    points=1,
    hint="From t = total on the rate is floor. Think of warmup = 0, warmup = total and total = 1.",
)
def test_the_ends_of_the_schedule(student, rng):
    peak, floor = float(0.3 + rng.uniform(1)), float(0.1 * rng.uniform(1))
    for total, warmup in ((5, 5), (5, 0), (1, 0), (1, 1), (8, 3)):
        for rest in ((floor,), ()):
            got, want = whole_schedule(student, total, warmup, peak, *rest)
            assert got == close(want)
        assert student.warmup_cosine(1000 * total, total, warmup, peak, floor) == close(floor)


class Sweep:
    """A small network with batch norm in the student's process, its equal here, and three batches of unequal size."""

    def __init__(self, rng, kind=torch.optim.SGD, dtype=torch.float64, sizes=(6, 6, 3), **settings):
        self.dtype, self.kind, self.settings = dtype, kind, settings
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(rng.seed())
            self.start = network(nn.Linear, nn.BatchNorm1d, nn.ReLU, nn.Sequential, dtype).state_dict()
        self.model = network(*map(remote, (nn.Linear, nn.BatchNorm1d, nn.ReLU, nn.Sequential)), dtype)
        self.model.load_state_dict(self.start)
        self.opt = remote(kind)(groups(self.model), lr=0.07, **settings)
        self.batches = [(rng.normal(n, 4, dtype=dtype), rng.integers(0, 3, (n,))) for n in sizes]

    def run(self, student, *args, **kwargs):
        """What the student's range test gives; a Failure where that is no pair of lists of floats."""
        kept = [(x.clone(), y.clone()) for x, y in self.batches]
        found = student.lr_find(self.model, self.opt, self.batches, *args, **kwargs)
        if len(kept) != len(self.batches) or not all(map(same_batch, self.batches, kept)):
            raise Failure("The batches are not what they were before the sweep.", "mutated_input")
        if type(found) not in (tuple, list) or len(found) != 2 or not all(type(part) is list for part in found):
            raise Failure("lr_find returns a pair of lists, (rates, losses).", "wrong_type")
        if not all(type(number) is float for part in found for number in part):
            raise Failure("Rates and losses are Python floats: .item() takes one out of its tensor.", "wrong_type")
        return tuple(torch.tensor(part, dtype=torch.float64) for part in found)

    def wanted(self, low, high, steps, beta=0.9, stop=4.0, training=True):
        """What the notebook's description gives."""
        model = network(nn.Linear, nn.BatchNorm1d, nn.ReLU, nn.Sequential, self.dtype)
        model.load_state_dict(self.start)
        model.train(training)
        opt = self.kind(groups(model), lr=0.07, **self.settings)
        rates, losses, total, weight = [], [], 0.0, 0.0
        for i, (x, y) in zip(range(steps), itertools.cycle(self.batches)):
            loss = F.cross_entropy(model(x), y)
            total, weight = beta * total + loss.item(), beta * weight + 1
            if not math.isfinite(total / weight) or (losses and total / weight > stop * min(losses)):
                break
            losses.append(total / weight)
            rates.append(math.exp(math.log(low) + math.log(high / low) * i / (steps - 1)))
            opt.zero_grad()
            loss.backward()
            for group in opt.param_groups:
                group["lr"] = rates[-1]
            opt.step()
        return tuple(torch.tensor(part, dtype=torch.float64) for part in (rates, losses))


def with_little(student, model):
    """Plain descent with what an optimizer of the notebook has, and with nothing else of torch's."""
    opt = student.Optimizer(model.parameters(), 0.07)

    def step():
        remote(torch.optim.SGD)(model.parameters(), lr=opt.param_groups[0]["lr"]).step()

    opt.step = step
    return opt


def network(linear, batch_norm, relu, sequential, dtype):
    return sequential(linear(4, 8, dtype=dtype), batch_norm(8, dtype=dtype), relu(), linear(8, 3, dtype=dtype))


def same_batch(one, other):
    return all(map(torch.equal, one, other))


def groups(model):
    """Two groups with rates of their own. torch's optimizers write into these dicts, hence in_place=True below."""
    parameters = list(model.parameters())
    return [{"params": parameters[:2], "lr": 0.02}, {"params": parameters[2:]}]


def compared(got, want):
    """The two results of a sweep; what is said where their lengths differ."""
    assert len(got[0]) == len(got[1]), f"There are {len(got[0])} rates and {len(got[1])} losses: as many of each."
    if len(got[0]) != len(want[0]):
        early = "too early" if len(got[0]) < len(want[0]) else "too late"
        raise Failure(
            f"The sweep ended {early}. It has `steps` rates, unless the corrected average is not finite or more than "
            "`stop` times its smallest value: that one is not recorded, and ends it."
        )
    assert got[0] == close(want[0], rtol=1e-5)
    assert got[1] == close(want[1], rtol=1e-5)


@check(
    "lr_find",
    points=1,
    in_place=True,
    hint="low * (high / low) ** (i / (steps - 1)): low first, high last. The rate of the minimum, by ten.",
)
def test_the_rates_of_a_sweep(student, rng):
    for low, high, steps in ((1e-5, 1e-2, 7), (1e-3, 1e-2, 2), (1e-4, 0.05, rng.size(8, 15)), (1e-2, 1e-4, 5)):
        sweep = Sweep(rng)
        got = sweep.run(student, low, high, steps)
        want = sweep.wanted(low, high, steps)
        assert got[0] == close(want[0], rtol=1e-5)
    for count in (1, 4, 9):
        rates = sorted(float(rate) for rate in rng.uniform(count))
        losses = [float(loss) for loss in rng.normal(count)]
        best = losses.index(min(losses))
        for more in ((), (5.0,), (0.5 * rates[0],)):  # as good as the best, with a larger and with a smaller rate
            got = student.suggest_rate([*rates, *more], [*losses, *(losses[best] for _ in more)])
            if not isinstance(got, float):
                raise Failure("suggest_rate gives a Python float, as the rates are: no tensor.", "wrong_type")
            assert got == close(rates[best] / 10)


@check(
    "lr_find",
    points=2,
    in_place=True,
    hint="For each batch: loss, average, record, zero_grad, backward, set the rate of ALL groups, step.",
)
def test_the_losses_of_a_sweep(student, rng):
    plans = (
        ({}, {"beta": 0.9}),
        ({}, {"beta": 0.0}),
        ({"momentum": 0.9}, {"beta": 0.5}),
        ({"kind": torch.optim.Adam}, {"beta": 0.98}),
        ({"dtype": torch.float32}, {}),
    )
    for made, given in plans:
        sweep = Sweep(rng, **made)
        got = sweep.run(student, 1e-3, 0.3, 11, **given)
        compared(got, sweep.wanted(1e-3, 0.3, 11, **given))
    sweep = Sweep(rng, sizes=(9,))
    sweep.model.eval()
    got = sweep.run(student, 1e-3, 0.3, 5)
    compared(got, sweep.wanted(1e-3, 0.3, 5, training=False))
    sweep = Sweep(rng)
    sweep.opt = with_little(student, sweep.model)
    compared(sweep.run(student, 1e-3, 0.3, 9), sweep.wanted(1e-3, 0.3, 9))
    assert sweep.opt.param_groups[0]["lr"] == close(0.07)


@check(
    "lr_find",
    points=1,
    in_place=True,
    hint="Stop before recording: where the average is not finite, or above stop times the smallest so far.",
)
def test_the_end_of_a_sweep(student, rng):
    for given in ({"stop": 1.3}, {"stop": 2.5, "beta": 0.5}, {"beta": 0.0, "stop": 1.05}, {}):
        sweep = Sweep(rng)
        sweep.model.eval()
        got = sweep.run(student, 0.01, 1000.0, 60, **given)
        compared(got, sweep.wanted(0.01, 1000.0, 60, training=False, **given))
    sweep = Sweep(rng)
    sweep.batches[0][0].fill_(math.inf)
    if sweep.run(student, 0.01, 1.0, 5)[0].numel():
        raise Failure("The loss of the very first batch is NaN here: the sweep ends before it has recorded a rate.")
    sweep = Sweep(rng, dtype=torch.float32)
    sweep.model.eval()
    got = sweep.run(student, 1.0, 1e30, 20, stop=math.inf)
    assert got[1].isfinite().all(), "A loss that is not finite was recorded: it ends the sweep."
    want = sweep.wanted(1.0, 1e30, 20, training=False, stop=math.inf)
    assert abs(len(got[0]) - len(want[0])) <= 1, "The sweep did not end where the loss is no longer finite."


@check(
    "lr_find",
    points=2,
    in_place=True,
    hint="Clone the values of state_dict() before the sweep and load them after it; put the rates back.",
)
def test_everything_is_as_it_was_after_a_sweep(student, rng):
    for training, high, kind in (
        (True, 0.5, torch.optim.SGD),
        (False, 1000.0, torch.optim.Adam),
        (True, 1e9, torch.optim.SGD),
    ):
        sweep = Sweep(rng, kind=kind)
        model, opt = sweep.model, sweep.opt
        model.train(training)
        before = list(model.parameters())
        with same_mode(model):
            sweep.run(student, 0.01, high, 25)
        assert list(map(id, model.parameters())) == list(map(id, before)), (
            "The model has other parameter tensors than before. Write the old values into them (load_state_dict does)."
        )
        if not dict(model.state_dict()) == close(dict(sweep.start)):
            raise Failure(
                "The model is not as it was before the sweep. state_dict() holds the live tensors: clone them first, "
                "buffers too, and load them also when the sweep ends early."
            )
        left = [group["lr"] for group in opt.param_groups]
        assert left == close([0.02, 0.07]), "The optimizer's rates are not what they were. Each group has its own."
        for p in before:
            if p.grad is not None and bool((p.grad != 0).any()):
                raise Failure("Gradients are left over: clear them at the end (opt.zero_grad()).")


class Trainings:
    """Counts how often each rate was trained with."""

    def __init__(self, losses):
        self.losses = losses
        self.asked = []

    def __call__(self, rate):
        self.asked.append(rate)
        return self.losses[rate]


@check("best_rate", points=1, hint="The smallest FINITE loss: NaN, inf and -inf are left out, wherever they stand.")
def test_the_best_rate_among_diverged_ones(student, rng):
    nan, inf = math.nan, math.inf
    for pattern in ((1, nan, 0), (nan, 1, 0), (1, inf, nan, 0, 2), (0, -inf, 1), (-inf, nan, 2, inf, 0, 1), (0,)):
        rates = [float(rate) for rate in 10 ** rng.uniform(len(pattern), low=-5, high=1, dtype=torch.float64)]
        shift, stretch = (float(number) for number in rng.uniform(2, low=0.1))
        losses = [shift + stretch * place for place in pattern]
        trainings = Trainings(dict(zip(rates, losses)))
        assert student.best_rate(list(rates), trainings) == close(rates[pattern.index(0)])
        assert sorted(trainings.asked) == sorted(rates), "Train once with each rate: training is expensive."
    for tied, best in (
        ({0.3: 2.0, 0.1: 0.5, 0.9: 0.5, 0.2: 0.7}, 0.1),
        ({0.3: 2.0, 0.9: 0.5, 0.1: 0.5, 0.2: 0.7}, 0.9),
    ):
        if not student.best_rate(list(tied), Trainings(tied)) == close(best):
            raise Failure("Of rates with the same loss, which is the smallest, the one that comes first in the list.")
    for losses, best in (({0.3: 1.0, 0.1: 0.0, 0.9: 0.5}, 0.1), ({0.3: -1.0, 0.1: 0.5, 0.9: -2.0, 0.4: 0.0}, 0.9)):
        if not student.best_rate(list(losses), Trainings(losses)) == close(best):
            raise Failure("A loss of zero, or below it, is a finite loss, and better than larger ones.")
    near = {0.4: 0.700002, 0.1: 0.7, 0.9: 0.699998, 0.2: 0.700001}
    assert student.best_rate(list(near), Trainings(near)) == close(0.9)


@check("best_rate", points=1, hint="Raise ValueError where no loss is finite, and where there is no rate at all.")
def test_no_rate_is_good(student, rng):
    for losses in ({0.1: math.nan, 0.2: math.inf}, {}, {0.3: math.nan}, {0.5: -math.inf}):
        try:
            got = student.best_rate(list(losses), Trainings(losses))
        except ValueError:
            continue
        raise Failure(f"best_rate gave {type(got).__name__} where no loss is finite: it should raise a ValueError.")
    rate = float(rng.uniform(1))
    for loss in (1e6, 1e30, 1e300):
        assert student.best_rate([rate], Trainings({rate: loss})) == close(rate)
