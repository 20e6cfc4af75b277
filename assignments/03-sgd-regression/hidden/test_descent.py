"""Steps, learning rates, the loop of mini-batches, its noise, and gradients in shards."""

from itertools import combinations

import torch
from autograder.checks import (
    Failure,
    any_layout,
    below,
    check,
    close,
    close_to,
    no_global_randomness,
    seeded,
    unchanged,
    vectorised,
)


@check(
    "gd_step", points=1, hint="parameter - lr * gradient for each pair, in a new list of new tensors. Minus: downhill."
)
def test_steps_of_any_parameters(student, rng):
    for shapes in (((4,), ()), ((3, 2), (2,), ()), ((1,),), ((2, 3, 4), (5,), (1, 1)), ((2,), (2,), (2,))):
        for dtype in (torch.float32, torch.float64):
            for lr in (0.1, 3.7, 0.0, 1e-4, 1):
                params = [
                    rng.normal(*shape, dtype=dtype) if shape else rng.normal(1, dtype=dtype)[0] for shape in shapes
                ]
                grads = [
                    3 * rng.normal(*shape, dtype=dtype) if shape else rng.normal(1, dtype=dtype)[0] for shape in shapes
                ]
                with unchanged(params, grads):
                    got = student.gd_step(params, grads, lr)
                want = [(p.double() - lr * g.double()).to(dtype) for p, g in zip(params, grads, strict=True)]
                uphill = [2 * p - q for p, q in zip(params, want, strict=True)]
                if lr and got == close(uphill, magnitude=1.0) and not got == close(want, magnitude=1.0):
                    raise Failure("The step goes uphill, with the gradient. Descent goes against it: subtract.")
                if type(got) is not list:
                    raise Failure("gd_step returns a list of the new parameters.", "wrong_type")
                assert got == close(want, magnitude=max(1.0, 8 * lr))
    assert student.gd_step(tuple(params), tuple(grads), lr) == close(want, magnitude=8.0)


@check(
    "gd_step",
    points=1,
    hint="Compare the two lists of shapes before the first subtraction; zip alone drops what has no partner, and "
    "broadcasting turns a () into a (3,).",
)
def test_steps_refuse_what_does_not_fit(student, rng):
    three, two, one, none = rng.normal(3), rng.normal(2), rng.normal(1), rng.normal(1)[0]
    student.gd_step([three, none], [three, none], 0.1)
    for params, grads, words in (
        ([three, two], [three], "two parameters and one gradient"),
        ([three], [three, two], "one parameter and two gradients"),
        ([none], [three], "a gradient of shape (3,) for a parameter of shape ()"),
        ([three], [none], "a gradient of shape () for a parameter of shape (3,)"),
        ([three], [one], "a gradient of shape (1,) for a parameter of shape (3,)"),
        ([three, two], [two, three], "gradients in another order than their parameters"),
        ([none], [one], "a gradient of shape (1,) for a parameter of shape ()"),
        ([three, none], [three, one], "a second gradient of shape (1,) for a parameter of shape ()"),
        ([none, two], [one, two], "a first gradient of shape (1,) for a parameter of shape ()"),
        (
            [two, three, none],
            [two, none, none],
            "a second of three gradients of shape () for a parameter of shape (3,)",
        ),
    ):
        for lr in (0.1, 0.0):
            try:
                student.gd_step(params, grads, lr)
            except ValueError:
                continue
            raise Failure(f"No ValueError came for {words}.")


def walk(curvatures, start, lr, steps):
    rows = [start * (1 - lr * curvatures) ** t for t in range(steps + 1)]
    return torch.stack(rows)


def height(curvatures, theta):
    return float((curvatures.double() * theta.double() ** 2).sum() / 2)


@check(
    "lr_regimes",
    points=2,
    hint="The gradient is curvatures * theta: theta becomes theta * (1 - lr * curvatures). steps + 1 rows, the start "
    "among them.",
)
def test_walks_in_bowls(student, rng):
    n = rng.size(2, 5)
    for size, steps in ((3, 5), (1, 4), (n, n - 1), (4, 1), (2, 0), (6, 30)):
        curvatures, start = rng.uniform(size, low=0.2, high=5.0), 3 * rng.normal(size)
        for lr in (0.05, 0.3, 0.7):
            with unchanged(curvatures, start):
                got = student.quadratic_path(curvatures, start, lr, steps)
            assert got == close_to(walk, curvatures, start, lr, steps, terms=steps + 1)
    near, far = torch.full((2,), 2.0), torch.tensor([1.0, -3.0])  # arrives soon, and goes on to the last step
    assert student.quadratic_path(near, far, 0.45, 12) == close(walk(near, far, 0.45, 12), magnitude=0.1)
    wide, begin = curvatures.double(), start.double()
    assert student.quadratic_path(wide, begin, 0.1, 6) == close(walk(wide, begin, 0.1, 6))


def cases(rng):
    """Curvatures, start, rate, steps, with the verdict that follows from the formula in float64; none is close."""
    for _ in range(40):
        size = rng.size(1, 4)
        curvatures = 10 ** rng.uniform(size, low=-1.0, high=2.0)
        start = (1 + rng.uniform(size)) / curvatures.sqrt()
        limit = 2 / float(curvatures.max())
        lr = limit * (10 ** float(rng.uniform(1, low=-4.0, high=0.3)))
        steps = rng.size(1, 120)
        last = start.double() * (1 - lr * curvatures.double()) ** steps
        ratio = height(curvatures, last) / height(curvatures, start)
        if ratio < 0.008:
            yield curvatures, start, lr, steps, "converges"
        elif 0.012 < ratio < 0.98:
            yield curvatures, start, lr, steps, "slow"
        elif ratio > 1.02:
            yield curvatures, start, lr, steps, "diverges"


@check(
    "lr_regimes",
    points=1,
    hint="Compare f at the end with f at the start. Beyond all numbers f is inf, and then NaN, and every comparison "
    "with NaN is False: ask whether it is *not* below.",
)
def test_verdicts_on_learning_rates(student, rng):
    for curvatures, start, lr, steps, want in cases(rng):
        assert student.lr_regime(curvatures, start, lr, steps) == close(want)
    bowl, start = torch.tensor([1.0, 100.0]), torch.tensor([10.0, 1.0])
    for lr, steps, want in (
        (0.018, 200, "converges"),
        (0.021, 200, "diverges"),
        (0.0005, 200, "slow"),
        (0.021, 1, "diverges"),  # the steep direction gains more than the flat one loses
        (0.1, 2000, "diverges"),
        (50.0, 300, "diverges"),
        (1.99, 100, "diverges"),
    ):
        assert student.lr_regime(bowl, start, lr, steps) == close(want)
    lucky = torch.tensor([10.0, 0.0])
    assert student.lr_regime(bowl, lucky, 1.5, 40) == close("converges")
    late = torch.tensor([10.0, 0.01])  # rises at the end, and ends far below the start
    assert student.lr_regime(bowl, late, 0.0201, 200) == close("converges")
    assert student.lr_regime(bowl, late, 0.0201, 300) == close("slow")  # was below 1 %, and is not any more
    assert student.lr_regime(bowl.double(), start.double(), 0.018, 200) == close("converges")
    # loss, and not theta, has to fall below 1 %: here it is at 4 %, and theta at 20 %; and at 0.25 %, and 5 %.
    one = torch.ones(1)
    assert student.lr_regime(one, 3 * one, 0.8, 1) == close("slow")
    assert student.lr_regime(one, 3 * one, 0.95, 1) == close("converges")
    assert student.lr_regime(one, 3 * one, 1.95, 1) == close("slow")
    assert student.lr_regime(one, 0.01 * one, 0.5, 1) == close("slow")
    assert student.lr_regime(one, 3 * one, 2.0, 5) == close("slow")  # ends exactly as high as it began
    assert student.lr_regime(100 * one, 100 * one, 0.0195, 100) == close("converges")
    # all coordinates together: one arrives, the other keeps 1.5 % of its share, which is half of the whole
    both = torch.tensor([1.0, 1.1396])
    for curvatures in (both, both.flip(0)):
        assert student.lr_regime(curvatures, 1 / curvatures.sqrt(), 0.8775, 1) == close("converges")


@check(
    "lr_regimes",
    points=1,
    hint="2 / the largest curvature, and 2 / (the smallest + the largest), as Python floats.",
)
def test_critical_learning_rates(student, rng):
    middle_first = torch.tensor([4.0, 20.0, 0.5]) * rng.uniform(3, low=0.8, high=1.2)
    for size in (3, 1, 2, 4, 6):
        curvatures = middle_first if size == 3 else rng.uniform(size, low=0.1, high=30.0)
        for values in (curvatures, curvatures.double(), curvatures.flip(0)):
            with unchanged(values):
                got = student.critical_rates(values)
            top, bottom = values.double().max().item(), values.double().min().item()
            if type(got) in (tuple, list) and not all(isinstance(rate, float) for rate in got):
                raise Failure(
                    "critical_rates gives two Python floats: .item() takes one out of its tensor.", "wrong_type"
                )
            if got == close((1 / top, 2 / (top + bottom))):
                raise Failure("At 1 / largest the factor is 0, the best for that direction. It diverges beyond -1.")
            assert got == close((2 / top, 2 / (top + bottom)))


class Recorder:
    """A loss for loops that notes each call: the weights and the batch. Half the mean squared error."""

    def __init__(self, scale=1.0):
        self.calls = []
        self.scale = scale

    def __call__(self, w, b, X, y):
        self.calls.append(tuple(part.detach().clone() for part in (w, b, X, y)))
        w, b = w.detach(), b.detach()
        residuals = X @ w + b - y
        gradient = self.scale * (residuals[:, None] * X).mean(0), self.scale * residuals.mean()
        return self.scale * residuals.square().mean() / 2, *gradient


def data(rng, count, features, dtype=torch.float32):
    X = rng.normal(count, features, dtype=dtype)
    return X, X @ rng.normal(features, dtype=dtype) + 1 + rng.normal(count, dtype=dtype)


def row_numbers(X, y, calls):
    """Which examples each call was given; a Failure where that is no example, or not with its own target."""
    known = {tuple(row.tolist()): i for i, row in enumerate(X)}
    batches = []
    for _, _, x_batch, y_batch in calls:
        if x_batch.ndim != 2 or x_batch.shape[1:] != X.shape[1:] or y_batch.shape != x_batch.shape[:1]:
            raise Failure(
                f"loss_and_grad was called with X of shape {tuple(x_batch.shape)} and y of shape "
                f"{tuple(y_batch.shape)}, where (n, {X.shape[1]}) and (n,) belong: a batch of one keeps its dimension."
            )
        rows = [known.get(tuple(row.tolist())) for row in x_batch]
        if None in rows:
            raise Failure("loss_and_grad was called with a row that is not in X. Hand the examples on as they are.")
        if y_batch.dtype != y.dtype:
            raise Failure(
                f"loss_and_grad was called with targets of {y_batch.dtype}, where y is {y.dtype}. Hand them on as they "
                "are: a loss for classes needs its int64 labels."
            )
        if not torch.equal(y[rows], y_batch):
            raise Failure(
                "The targets of a batch do not belong to its examples: take both with the same indices, "
                "X[rows] and y[rows]."
            )
        batches.append(rows)
    return batches


def epochs_of(batches, count, size, epochs):
    """The batches by epoch, where every epoch has every example once, in batches of the right sizes."""
    due = [len(part) for part in torch.arange(count).split(size)]
    sizes = [len(batch) for batch in batches]
    if sizes != due * epochs:
        if sizes == [n for n in due if n == size] * epochs:
            raise Failure("The last, shorter batch is left out. Its examples belong to the epoch too.")
        if len(sizes) > len(due) * epochs:
            raise Failure(
                "loss_and_grad is called too often: once for each batch, in each epoch, and for nothing else."
            )
        if len(sizes) < len(due) * epochs:
            raise Failure("loss_and_grad is called too rarely: once for each batch, in each epoch.")
        raise Failure("The batches have other sizes than batch_size, with the rest in the last one of each epoch.")
    parts = [batches[i : i + len(due)] for i in range(0, len(batches), len(due))]
    for part in parts:
        seen = [row for batch in part for row in batch]
        if sorted(seen) != list(range(count)):
            raise Failure(
                "In one epoch some examples came twice, and others never. Cut a permutation into batches "
                "(torch.randperm), in place of drawing each batch anew (torch.randint)."
            )
    return parts


PLANS = ((11, 3, 4, 3), (6, 2, 6, 2), (5, 1, 1, 2), (4, 4, 3, 2), (7, 2, 50, 3), (1, 2, 1, 2), (12, 3, 4, 2))


@check(
    "sgd_fit",
    points=2,
    hint="In each epoch: torch.randperm(N), cut with .split(batch_size); for each part call loss_and_grad once, with "
    "X[rows] and y[rows]. A new permutation in each epoch.",
)
def test_each_epoch_uses_each_example_once(student, rng):
    for count, features, size, epochs in PLANS:
        X, y = data(rng, count, features)
        recorder = Recorder()
        with unchanged(X, y):
            student.sgd_fit(recorder, X, y, 0.01, size, epochs, rng.seed())
        epochs_of(row_numbers(X, y, recorder.calls), count, size, epochs)
    X, y = rng.normal(5, 2), rng.integers(0, 2, (5,))
    recorder = Recorder()
    student.sgd_fit(recorder, X, y, 0.01, 2, 1, rng.seed())
    epochs_of(row_numbers(X, y, recorder.calls), 5, 2, 1)
    X, y = data(rng, 30, 2)
    recorder = Recorder()
    student.sgd_fit(recorder, X, y, 0.01, 7, 6, rng.seed())
    parts = epochs_of(row_numbers(X, y, recorder.calls), 30, 7, 6)
    orders = [[row for batch in part for row in batch] for part in parts]
    if any(order == list(range(30)) for order in orders):
        raise Failure("An epoch goes through the examples in the order in which they came. Shuffle them.")
    if any(one == other for one, other in zip(orders, orders[1:])):
        raise Failure("Two epochs have the same order. Draw a new permutation in each epoch, inside the outer loop.")
    if any(sorted(map(sorted, one)) == sorted(map(sorted, other)) for one, other in zip(parts, parts[1:])):
        raise Failure("Two epochs have the same batches, in another order. Shuffle the examples, and then cut.")
    if len({tuple(order) for order in orders}) < len(orders):
        raise Failure("An order of the examples comes again in a later epoch. Draw a new one in each.")
    neighbours = [{frozenset(pair) for pair in zip(order, order[1:])} for order in orders]
    if any(len(one & other) > 14 for one, other in combinations(neighbours, 2)):  # of 29; by chance about 2
        raise Failure(
            "Most examples have the same neighbours in two epochs: the order is shifted or turned round, and not drawn "
            "anew. Call torch.randperm in each epoch."
        )


@check(
    "sgd_fit",
    points=2,
    hint="w and b start at zero. Each call gets the weights of this moment, and then both move by -lr times the "
    "gradient that came back: of this batch alone, and after every batch.",
)
def test_each_batch_moves_the_weights_by_its_gradient(student, rng):
    for count, features, size, epochs in PLANS:
        for dtype, lr in ((torch.float32, 0.13), (torch.float64, 0.13), (torch.float64, 2.5)):  # the last diverges
            X, y = data(rng, count, features, dtype)
            recorder = Recorder(scale=1.7)
            got = student.sgd_fit(recorder, X, y, lr, size, epochs, rng.seed())
            if type(got) not in (tuple, list) or len(got) != 3:
                raise Failure("sgd_fit returns three things: (w, b, losses).", "wrong_type")
            w, b = torch.zeros(features, dtype=dtype), torch.zeros((), dtype=dtype)
            if not recorder.calls:
                raise Failure("loss_and_grad was never called: the gradients come from it.")
            epochs_of(row_numbers(X, y, recorder.calls), count, size, epochs)
            old_w, old_b = w, b
            for number, (seen_w, seen_b, x_batch, y_batch) in enumerate(recorder.calls):
                if number == 0 and not (seen_w, seen_b) == close((w, b)):
                    raise Failure(
                        "The first call of loss_and_grad should get w = 0, of shape (D,), and b = 0, shape ()."
                    )
                if not (seen_w, seen_b) == close((w, b), magnitude=4.0):
                    same = (seen_w, seen_b) == close((old_w, old_b), magnitude=4.0)
                    raise Failure(
                        "The weights that loss_and_grad gets are not those after the step before: "
                        + ("the step comes too late, or not for every batch." if same else "how large was the step, ")
                        + ("" if same else "in which direction, and with the gradient of which batch?")
                    )
                old_w, old_b = w, b
                residuals = x_batch @ seen_w + seen_b - y_batch
                w = seen_w - lr * 1.7 * (residuals[:, None] * x_batch).mean(0)
                b = seen_b - lr * 1.7 * residuals.mean()
            if tuple(got[:2]) == close((old_w, old_b)) and not (w, b) == close((old_w, old_b)):
                raise Failure("What comes back are the weights before the last step.")
            assert tuple(got[:2]) == close((w, b), magnitude=4.0)


@check(
    "sgd_fit",
    points=1,
    hint="Sum up float(loss) * len(rows) over the batches of an epoch and divide by N: a batch's loss is a mean, and "
    "the last batch is shorter.",
)
def test_losses_are_means_over_epochs(student, rng):
    for number, (count, features, size, epochs) in enumerate(PLANS):
        X, y = data(rng, count, features)
        X, y = X * torch.linspace(1, 3, count)[:, None], y * torch.linspace(1, 5, count)
        scale = 1e-4 if number % 2 else 1.0
        recorder = Recorder(scale)
        _, _, losses = student.sgd_fit(recorder, X, y, 0.05, size, epochs, rng.seed())
        parts = epochs_of(row_numbers(X, y, recorder.calls), count, size, epochs)
        each = [
            [scale * float(((x @ w + b - t) ** 2).mean() / 2) for w, b, x, t in recorder.calls[i : i + len(parts[0])]]
            for i in range(0, len(recorder.calls), len(parts[0]))
        ]
        want = [
            sum(loss * len(rows) for loss, rows in zip(batch_losses, part, strict=True)) / count
            for batch_losses, part in zip(each, parts, strict=True)
        ]
        if type(losses) is not list or not all(isinstance(loss, float) for loss in losses):
            raise Failure(
                "losses should be a list of Python floats: float(loss) or loss.item() makes one.", "wrong_type"
            )
        if not losses == close(want, rtol=1e-4) and len(parts[0]) > 1:
            if losses == close([sum(batch) / len(batch) for batch in each], rtol=1e-4):
                raise Failure(
                    "This is the mean of the batches' losses: the examples of a short last batch count too much. "
                    "Weigh each loss by the size of its batch."
                )
            if losses == close([batch[-1] for batch in each], rtol=1e-4):
                raise Failure("This is the loss of the last batch of each epoch. Average over all of its examples.")
            if losses == close([sum(batch) for batch in each], rtol=1e-4):
                raise Failure("This is the sum of the batches' losses. It should be the mean over the examples.")
            if len(losses) == len(recorder.calls):
                raise Failure("There is a loss for each batch. One for each epoch was asked for.")
        assert losses == close(want, rtol=1e-4, atol=1e-4 * scale)
    X, y = rng.normal(8, 2), torch.zeros(8)
    recorder = Recorder()
    _, _, losses = student.sgd_fit(recorder, X, y, 0.1, 4, 3, rng.seed())
    assert len(recorder.calls) == 6, "With a loss of 0 the loop goes on, for as many epochs as were asked for."
    assert losses == close([0.0, 0.0, 0.0])


@check(
    "sgd_fit",
    points=1,
    hint="Make one generator, before the loops: torch.Generator().manual_seed(seed), and hand it to "
    "torch.randperm(N, generator=...). torch.manual_seed would change the generator that everybody uses.",
)
def test_the_seed_decides_the_order(student, rng):
    X, y = data(rng, 23, 2)

    def order(seed, epochs=2, X=X, y=y, size=5):
        recorder = Recorder()
        student.sgd_fit(recorder, X, y, 0.01, size, epochs, seed)
        return torch.tensor([row for batch in row_numbers(X, y, recorder.calls) for row in batch])

    assert seeded(order, rng)
    seed = rng.seed() // 2
    first = order(seed)
    if any(torch.equal(first, order(seed + step)) for step in (1000, 10_000, 2**16, 2**20)):
        raise Failure("Two seeds far apart gave the same order. Use the seed as it is, with all its digits.")
    assert no_global_randomness(lambda: student.sgd_fit(Recorder(), X, y, 0.01, 5, 2, rng.seed()))
    few, targets = data(rng, 6, 1)
    orders = {tuple(order(seed, 1, few, targets, 1).tolist()) for seed in range(60)}
    if len(orders) < 35 or len({one[0] for one in orders}) < 6 or len({one[-1] for one in orders}) < 6:
        raise Failure(
            "Over many seeds only a few of the possible orders of six examples come up: is the order shifted or "
            "turned round, in place of shuffled?"
        )


@check(
    "sgd_fit",
    points=1,
    seconds=30,
    hint="The loop runs, and does not arrive. Is the step taken against the gradient, after every batch, with the full "
    "learning rate, in every epoch?",
)
def test_it_finds_the_weights_behind_the_data(student, rng):
    X, w_true, b_true = rng.normal(400, 3), 2 * rng.normal(3), rng.normal(1)[0]
    y = X @ w_true + b_true + 0.1 * rng.normal(400)
    w, b, _ = student.sgd_fit(Recorder(), X, y, 0.1, 16, 8, rng.seed())
    found, truth = torch.cat([w.detach(), b.detach()[None]]), torch.cat([w_true, b_true[None]])
    return below((found - truth).abs().max(), full=0.05, half=0.1, what="largest error of a weight")


@check(
    "batch_noise",
    points=2,
    hint="For each example 2 * residual * x, (N, D), and 2 * residual as the last column. No mean over the examples, "
    "no loop.",
)
def test_gradients_of_single_examples(student, rng):
    n = rng.size(3, 6)
    for count, features in ((7, 3), (n, n), (1, 4), (5, 1), (1, 1), (3, 8), (n, n - 1)):
        w, b, X, y = rng.normal(features), rng.normal(1)[0], rng.normal(count, features), 2 * rng.normal(count)
        with unchanged(w, b, X, y):
            got = student.per_example_gradients(w, b, X, y)
        rows = []
        for x, t in zip(X, y, strict=True):
            one, bias = w.clone().requires_grad_(), b.clone().requires_grad_()
            gradients = torch.autograd.grad((x @ one + bias - t) ** 2, (one, bias))
            rows.append(torch.cat([gradients[0], gradients[1][None]]))
        want = torch.stack(rows)
        if count > 1 and not got == close(want):
            if got == close(want.roll(1, dims=1)):
                raise Failure("The slope for b comes last, behind those for w.")
            if got == close(want / count):
                raise Failure("These are the examples' shares of the mean. Each row is an example's own gradient.")
            if got == close(want / 2):
                raise Failure("The 2 from differentiating the square is missing.")
            if got == close(-want):
                raise Failure("The sign is flipped: the residual is prediction minus truth.")
        assert got == close(want, magnitude=10 * float(want.abs().max()) + 1)
    wide = [part.double() for part in (w, b, X, y)]
    assert student.per_example_gradients(*wide) == close(want.double(), rtol=1e-4)
    assert student.per_example_gradients(*wide).dtype == torch.float64
    vectorised(
        student,
        "per_example_gradients",
        lambda size: (w, b, rng.normal(size, len(w)), rng.normal(size)),
        reference=lambda w, b, X, y: torch.cat([X, X[:, :1]], 1) * (X @ w + b - y)[:, None],
    )


@check(
    "batch_noise",
    points=1,
    hint="The squared length of a difference is a sum over the columns; s² is its mean over all N rows (N, not N - 1). "
    "Then s² / B * (N - B) / (N - 1), and the root. It is 0 for the whole data set.",
)
def test_noise_of_all_possible_batches(student, rng):
    for count, parameters in ((5, 3), (6, 1), (4, 4), (2, 2), (7, 2)):
        gradients = 2 * rng.normal(count, parameters) + 1
        for size in range(1, count + 1):
            with unchanged(gradients):
                got = student.batch_noise(gradients, size)
            means = torch.stack([gradients[list(rows)].mean(0) for rows in combinations(range(count), size)])
            want = (means - gradients.mean(0)).square().sum(1).mean().sqrt()
            if size < count and count > 2 and not got == close(want, rtol=1e-3):
                if got == close(want**2, rtol=1e-3):
                    raise Failure("This is the expected squared distance. Take the root.")
                with_replacement = (gradients - gradients.mean(0)).square().sum(1).mean() / size
                if got == close(with_replacement.sqrt(), rtol=1e-3) and size > 1:
                    raise Failure("The factor (N - B) / (N - 1) is missing: a batch draws no example twice.")
                if got == close(want / parameters**0.5, rtol=1e-3) and parameters > 1:
                    raise Failure("The squared length is the sum over the columns, not their mean.")
            if size == count:
                assert got == close(torch.tensor(0.0), atol=1e-3)
            else:
                assert got == close(want, rtol=1e-3)
    far = gradients + 3000
    assert student.batch_noise(far, 2) == close(student.batch_noise(far.double(), 2).float(), rtol=1e-3), (
        "Gradients far from zero lose their differences: subtract the mean before you square."
    )
    many, size = 3 * rng.normal(150, 4), rng.size(20, 60)
    want = (many.var(dim=0).sum() * (1 - size / 150) / size).sqrt()
    assert student.batch_noise(many, size) == close(want, rtol=1e-3)
    assert student.batch_noise(gradients.double(), 2) == close(student.batch_noise(gradients, 2).double(), rtol=1e-4)


class Shards:
    """A loss that notes which rows it gets: the mean of |residual| ** 1.5, with its gradient."""

    def __init__(self):
        self.calls = []

    def __call__(self, w, b, X, y):
        self.calls.append((X.detach().clone(), y.detach().clone()))
        return power_loss(w, b, X, y)


def power_loss(w, b, X, y):
    residuals = X @ w + b - y
    slopes = 1.5 * residuals.sign() * residuals.abs().sqrt()
    return (residuals.abs() ** 1.5).mean(), (slopes[:, None] * X).mean(0), slopes.mean()


@check(
    "split_batch",
    points=2,
    hint="Each shard's loss and gradients count by size / N. Only where all shards are equally large is this the "
    "plain mean.",
)
def test_shards_add_up_to_the_batch(student, rng):
    for sizes in ([5, 1, 2], [1, 1, 1, 1], [4], [3, 3], [1, 9], [2, 7, 1, 4], [1]):
        count, features = sum(sizes), rng.size(1, 4)
        w, b, X, y = rng.normal(features), rng.normal(1)[0], rng.normal(count, features), rng.normal(count)
        X = X * torch.linspace(1, 3, count)[:, None]
        with unchanged(w, b, X, y, sizes):
            got = student.split_batch_gradient(power_loss, w, b, X, y, sizes)
        want = power_loss(w, b, X, y)
        if type(got) not in (tuple, list) or len(got) != 3:
            raise Failure("Three things come back: (loss, gw, gb).", "wrong_type")
        parts = [power_loss(w, b, *shard) for shard in zip(X.split(sizes), y.split(sizes), strict=True)]
        if len(set(sizes)) > 1:
            plain = tuple(torch.stack(values).mean(0) for values in zip(*parts, strict=True))
            if tuple(got[1:]) == close(plain[1:]):
                raise Failure("This is the plain mean of the shards' gradients. A shard counts by its size.")
        if len(sizes) > 1:
            total = tuple(torch.stack(values).sum(0) for values in zip(*parts, strict=True))
            if tuple(got[1:]) == close(total[1:]):
                raise Failure("This is the sum of the shards' gradients. They are means, and so is that of the batch.")
            if tuple(got[1:]) == close(want[1:]) and not got[0] == close(want[0]):
                raise Failure("The gradients are right, the loss is not. It is put together in the same way.")
        assert tuple(got) == close(want, magnitude=10.0)
    inputs = [part.double() for part in (w, b, X, y)]
    assert tuple(student.split_batch_gradient(power_loss, *inputs, sizes)) == close(power_loss(*inputs), magnitude=10.0)


@check(
    "split_batch",
    points=1,
    hint="One call for each shard, in order, with the rows of this shard alone: X.split(sizes). A ValueError before "
    "the first call where sum(sizes) is not N.",
)
def test_only_shards_are_looked_at(student, rng):
    for sizes in ([5, 1, 2], [3, 3], [1, 1, 4, 1], [6]):
        count = sum(sizes)
        w, b, X, y = rng.normal(2), rng.normal(1)[0], rng.normal(count, 2), rng.normal(count)
        recorder = Shards()
        student.split_batch_gradient(recorder, w, b, X, y, sizes)
        seen = [len(x) for x, _ in recorder.calls]
        if seen != sizes:
            raise Failure(f"Shards of {sizes} examples are asked for, and loss_and_grad got {seen}.")
        classes = rng.integers(0, 2, (count,))
        labelled = Shards()
        student.split_batch_gradient(labelled, w, b, X, classes, sizes)
        for calls, targets in ((recorder.calls, y), (labelled.calls, classes)):
            for (x, t), want_x, want_t in zip(calls, X.split(sizes), targets.split(sizes), strict=True):
                if not (x, t) == close((want_x, want_t)):
                    raise Failure(
                        "A shard got other rows than its own, or other targets than theirs, as they are in y."
                    )
        for wrong in (sizes[:-1] + [sizes[-1] + 1], [*sizes, 2], sizes[:-1] or [sizes[0] - 1], []):
            recorder = Shards()
            try:
                student.split_batch_gradient(recorder, w, b, X, y, wrong)
            except ValueError:
                if recorder.calls:
                    raise Failure("The ValueError comes after the first shards were computed. Check before.") from None
                continue
            raise Failure("Sizes that do not add up to the number of examples were accepted without a ValueError.")
