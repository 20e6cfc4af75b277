"""Weight decay and dropout."""

import torch
from autograder.checks import (
    Failure,
    any_layout,
    check,
    close,
    follows_input,
    forbid,
    no_global_randomness,
    parameter_gradients,
    remote,
    trace,
    unchanged,
)

READY_MADE = (
    "dropout",
    "native_dropout",
    "alpha_dropout",
    "feature_dropout",
    "feature_alpha_dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "dropout_",
    "Dropout",
    "Dropout1d",
    "Dropout2d",
    "Dropout3d",
    "AlphaDropout",
    "FeatureAlphaDropout",
)
TORCHS_OWN = tuple(
    f"{package}.{name}" for package in ("torch.nn.functional", "torch.nn", "torch") for name in READY_MADE
)


def weights_of(model):
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def network(here=False):
    """A convolution (four dimensions), a layer norm (its gain is one-dimensional), linear layers, one without "
    "bias."""
    build = (lambda kind: kind) if here else remote
    return build(torch.nn.Sequential)(
        build(torch.nn.Conv1d)(2, 3, 2),
        build(torch.nn.Flatten)(),
        build(torch.nn.LayerNorm)(9),
        build(torch.nn.Linear)(9, 5),
        build(torch.nn.Linear)(5, 2, bias=False),
    )


def unusual(rng):
    """Recurrent weights, which are not called weight alone, and a layer norm whose gain and bias are matrices."""
    build = remote(torch.nn.Sequential)
    return moved(build(remote(torch.nn.LayerNorm)((3, 4)), remote(torch.nn.GRU)(4, 2)), rng)


def moved(model, rng):
    """The same model with biases and gains that are not what they are at the start."""
    model.load_state_dict({name: rng.normal(*value.shape) for name, value in model.state_dict().items()})
    return model


def penalty(model, strength, kept=lambda p: p.ndim >= 2):
    return strength / 2 * sum(p.square().sum() for p in model.parameters() if kept(p))


@check(
    "weight_decay",
    points=2,
    hint="strength / 2 * the sum over all parameters with ndim >= 2 of (p ** 2).sum(): no mean, no root, no "
    "biases, no gain of a layer norm, which is called weight as well. Stay within torch, so that gradients flow.",
)
def test_penalty_and_its_gradient(student, rng):
    for strength in (0.3, 2.0, 0.0):
        model = moved(network(), rng)
        mine = network(here=True)
        mine.load_state_dict(weights_of(model))
        got, want = student.l2_penalty(model, strength), penalty(mine, strength).detach()
        if strength and isinstance(got, torch.Tensor):
            detached = got.detach()
            for wrong, words in (
                (
                    penalty(mine, strength, lambda p: True),
                    "Biases and gains are in the penalty: only ndim >= 2 belongs.",
                ),
                (2 * want, "The penalty is twice what it should be: strength / 2."),
                ((2 * want / strength).sqrt() * strength, "The root of the sum of squares is the norm: leave it out."),
            ):
                if detached.shape == wrong.shape and detached == close(wrong.detach()) and not detached == close(want):
                    raise Failure(words)
        assert got.detach() == close(want, terms=80)
        if strength:
            assert parameter_gradients(model, mine, lambda m: penalty_of(student, m, model, strength))
    layer = moved(remote(torch.nn.Linear)(7, 1), rng)
    weight = weights_of(layer)["weight"]
    assert student.l2_penalty(layer, 1.0).detach() == close((weight**2).sum() / 2, terms=7)
    layer.weight.requires_grad_(False)
    if not layer.weight.requires_grad:  # else the handle gave a copy, and froze that
        assert student.l2_penalty(layer, 1.0).detach() == close((weight**2).sum() / 2, terms=7), (
            "A weight that is frozen is a weight all the same: the penalty is over all of them."
        )
    model = unusual(rng)
    want = sum(value.square().sum() for value in weights_of(model).values() if value.ndim >= 2) / 2
    assert student.l2_penalty(model, 1.0).detach() == close(want, terms=80), (
        "Not the penalty of a network with other layers: the number of dimensions decides, and neither the name of a "
        "parameter nor the kind of its layer."
    )
    layer = remote(torch.nn.Linear)(3, 2)
    layer.load_state_dict({"weight": torch.zeros(2, 3), "bias": torch.ones(2)})
    got = student.l2_penalty(layer, 1.0)
    got.backward()
    assert layer.weight.grad == close(torch.zeros(2, 3)), (
        "The gradient of weights that are 0 is not 0. A root, even one that is squared again, has none there."
    )


def penalty_of(student, model, theirs, strength):
    """Of the student's module the student's penalty, of the reference's ours; the gradients are then compared."""
    return student.l2_penalty(model, strength) if model is theirs else penalty(model, strength) + 0 * rest(model)


def rest(model):
    """Ties every parameter to the loss, so that autograd has a gradient (zero) for all."""
    return sum(p.sum() for p in model.parameters())


@check(
    "weight_decay",
    points=1,
    in_place=True,
    hint="Two dicts, {'params': [...], 'weight_decay': ...}: first the parameters with ndim >= 2, then all others "
    "with 0.0; each parameter that requires a gradient once, and the model's own tensors, no copies.",
)
def test_groups_of_an_optimizer(student, rng):
    for weight_decay in (0.2, 0.05):
        model = moved(network(), rng)
        groups = student.parameter_groups(model, weight_decay)
        if type(groups) not in (list, tuple) or len(groups) != 2:
            raise Failure("parameter_groups gives a list of two dicts.", "wrong_type")
        decays = [float(group["weight_decay"]) for group in groups]
        assert decays == [weight_decay, 0.0], "The first group has weight_decay, the second 0.0."
        shapes = [sorted(tuple(p.shape) for p in group["params"]) for group in groups]
        parameters = list(network(here=True).parameters())
        for found, here, which in zip(
            shapes, ([p for p in parameters if p.ndim >= 2], [p for p in parameters if p.ndim < 2]), ("first", "second")
        ):
            assert found == sorted(tuple(p.shape) for p in here), (
                f"The {which} group does not hold the parameters that it should: those of two or more dimensions in "
                "the first, all others in the second, each once."
            )
        before = weights_of(model)
        opt = remote(torch.optim.SGD)(groups, lr=0.5)  # which fills its defaults into the dicts
        opt.zero_grad()
        (0 * sum(p.sum() for p in model.parameters())).backward()
        opt.step()
        for name, value in weights_of(model).items():
            factor = 1 - 0.5 * weight_decay if value.ndim >= 2 else 1.0
            assert value == close(factor * before[name]), (
                f"After a step with zero gradients {name} is not what it should be: weights shrink by lr * "
                f"weight_decay, "
                "everything else stays. Are these the model's own parameters?"
            )
    one = remote(torch.nn.Linear)(4, 4, bias=False)
    for model, (first, second) in (
        (unusual(rng), ([(3, 4), (3, 4), (6, 2), (6, 4)], [(6,), (6,)])),
        (remote(torch.nn.Sequential)(one, one), ([(4, 4)], [])),
        (remote(torch.nn.LayerNorm)(5), ([], [(5,), (5,)])),
    ):
        groups = student.parameter_groups(model, 0.1)
        if len(groups) != 2:
            raise Failure("There are two groups, also where one of them is empty.", "wrong_type")
        found = [sorted(tuple(p.shape) for p in group["params"]) for group in groups]
        assert found == [first, second], (
            "Not the groups of a network with other layers: the number of dimensions decides, and neither the name of "
            "a parameter nor the kind of its layer; a layer that is used twice has its parameters once."
        )
    frozen = remote(torch.nn.Linear)(4, 3)
    frozen.weight.requires_grad_(False)
    model = remote(torch.nn.Sequential)(frozen, remote(torch.nn.Linear)(3, 2))
    if any(p.requires_grad for p in frozen.parameters() if p.ndim == 2):
        return  # the handle gave a copy, and froze that
    found = [sorted(tuple(p.shape) for p in group["params"]) for group in student.parameter_groups(model, 0.1)]
    assert found == [[(2, 3)], [(2,), (3,)]], "A parameter that does not require a gradient is in neither group."


def generator(seed):
    """A generator in the student's process."""
    made = remote(torch.Generator)()
    made.manual_seed(seed)
    return made


@check(
    "dropout",
    points=1.5,
    hint="In training each element is 0 or x / (1 - p). In evaluation the result is x, and p = 0 keeps everything "
    "too. p = 1 drops all: 0 / 0 would be NaN.",
)
def test_values_are_dropped_or_scaled(student, rng):
    with trace(student) as seen:
        student.dropout(torch.ones(50), 0.5, True)
    forbid(student, "dropout", *TORCHS_OWN, seen=seen)
    for shape in ((200,), (1, 70), (30, 30), (2, 5, 3, 4), (3, 0), ()):
        for p in (0.1, 0.5, 0.75, 1 / 3):
            x = 1 + rng.uniform(*shape)
            x = x * (rng.integers(0, 2, shape) * 2 - 1)
            with unchanged(x):
                got = student.dropout(x, p, True)
            assert got.shape == x.shape and got.dtype == x.dtype, "The result has x's shape and dtype."
            kept = got != 0
            if bool(kept.any()) and got[kept] == close(x[kept]):
                raise Failure("What is kept was not scaled: divide it by 1 - p in training.")
            if bool(kept.any()) and got[kept] == close(x[kept] / p) and p != 0.5:
                raise Failure("What is kept was divided by p. p is the probability to be dropped: divide by 1 - p.")
            if bool(kept.any()) and got[kept] == close(x[kept] * (1 - p)):
                raise Failure("What is kept was multiplied by 1 - p: divide by it.")
            assert got == close(torch.where(kept, x / (1 - p), torch.zeros(()))), (
                "In training an element is 0 or x / (1 - p), and this is neither."
            )
            assert student.dropout(x, p, training=False) == close(x), "In evaluation the values of x stay as they are."
        assert student.dropout(x, 0.0, True) == close(x), "With p = 0 everything is kept, unscaled."
        assert student.dropout(x, 0, True) == close(x), "p may be the int 0."
        assert student.dropout(x, 1.0, True) == close(torch.zeros_like(x)), "With p = 1 everything is 0, and not NaN."
        assert student.dropout(x, 1.0, False) == close(x), "In evaluation p = 1 changes nothing either."
    assert student.dropout(rng.normal(6), 0.5) is not None
    assert float((student.dropout(torch.ones(400), 0.5) == 0).double().mean()) > 0.2, "training is True by default."
    for dtype in (torch.float16, torch.bfloat16, torch.float64):
        for training, p in ((True, 0.5), (False, 0.5), (True, 0.0), (True, 1.0)):
            got = student.dropout(torch.ones(40, dtype=dtype), p, training)
            assert got.dtype == dtype, f"x was {dtype}, and with p = {p} the result is {got.dtype}."
    assert any_layout(lambda t: student.dropout(t, 0.0, True), rng.normal(3, 4))
    x = 1 + rng.uniform(6, 5).T
    got = student.dropout(x, 0.5, True)
    assert got == close(torch.where(got != 0, 2 * x, torch.zeros(()))), "A transposed x is not scaled as it should be."
    for training in (True, False):
        for wrong in (-0.1, 1.5, 100):
            try:
                student.dropout(torch.ones(3), wrong, training)
            except ValueError:
                continue
            raise Failure("A p outside [0, 1] must raise a ValueError, in training or not.")


@check(
    "dropout",
    points=1.5,
    hint="Draw one number for each element: torch.rand(x.shape). A mask of a row or of a column drops its elements "
    "together, a permutation drops a fixed number; p is the probability to be dropped, not to be kept.",
)
def test_elements_drop_independently_and_at_the_rate(student, rng):
    for p in (0.2, 0.5, 0.9):
        rows, columns = 200, 150
        dropped = (student.dropout(torch.ones(rows, columns), p, True) == 0).double()
        spread = (p * (1 - p)) ** 0.5
        rate = float(dropped.mean())
        if abs(rate - (1 - p)) < 0.03 and p != 0.5:
            raise Failure("About 1 - p of the elements are dropped: p is the probability to be dropped.")
        for dim, size, other in ((0, rows, "columns"), (1, columns, "rows")):
            variance = float(dropped.sum(dim).var()) / (size * p * (1 - p))
            assert variance < 1.8, f"Elements of the same {other[:-1]} drop together: draw a number for each element."
            assert variance > 0.45, f"The {other} drop too equal a number of elements: each element drops on its own."
        assert abs(rate - p) < 6 * spread / (rows * columns) ** 0.5, "The share of dropped elements is not p."
        blocks = (student.dropout(torch.ones(30, 20, 10, 15), p, True) == 0).double()
        for dim in range(4):
            pairs = blocks.select(dim, 0), blocks.select(dim, 1)
            agree = float((pairs[0] == pairs[1]).double().mean())
            assert agree < 0.99, "In a tensor of four dimensions some of the elements drop together."
        some = dropped[:, : columns // 2], dropped[:, columns // 2 :]
        agree = float((some[0] == some[1]).double().mean())
        expected = p * p + (1 - p) * (1 - p)
        assert abs(agree - expected) < 0.03, "A part of the mask is drawn once and used again in the same call."
    rate = float((student.dropout(torch.ones(500_000), 1 / 3, True) == 0).double().mean())
    assert abs(rate - 1 / 3) < 0.004, "With p = 1/3 the share of dropped elements is not p: is p rounded somewhere?"
    totals = [int((student.dropout(torch.ones(4, 10), 0.5, True) == 0).sum()) for _ in range(25)]
    assert len(set(totals)) > 1, "Every call drops exactly as many: each element should drop on its own."
    x = torch.cat([torch.full((300,), 0.01), torch.full((300,), 5.0), torch.full((300,), -5.0)])
    parts = [float(part.double().mean()) for part in (student.dropout(x, 0.5, True) == 0).split(300)]
    assert all(0.3 < part < 0.7 for part in parts), "Whether an element drops must not depend on its value."


@check(
    "dropout",
    points=1,
    hint="Draw with torch.rand(..., generator=generator) in every call; generator=None is torch's global one "
    "already. In evaluation nothing is drawn.",
)
def test_masks_come_fresh_from_the_generator(student, rng):
    x, seed = torch.ones(20, 30), rng.seed()

    def masked(gen, p=0.5):
        return student.dropout(x, p, True, generator=gen).clone()

    gen = generator(seed)
    first, second = masked(gen), masked(gen)
    again = masked(generator(seed))
    assert first == close(again), "The same generator in the same state gave another mask: is the generator used?"
    assert not first == close(second), "Two calls gave the same mask: draw anew in each, and seed nothing inside."
    assert not first == close(masked(generator(seed + 1))), "Two seeds gave the same mask: is the generator used?"
    assert no_global_randomness(lambda: masked(generator(seed)))
    assert no_global_randomness(lambda: student.dropout(x, 0.5, False))
    gen = generator(seed)
    student.dropout(x, 0.5, False, gen)
    assert masked(gen) == close(first), "In evaluation nothing is drawn from the generator."
    assert not masked(None) == close(masked(None)), "Without a generator, two calls gave the same mask."
    state = torch.Generator().manual_seed(seed).get_state()
    remote(torch.set_rng_state)(state)
    first = masked(None)
    remote(torch.set_rng_state)(state)
    assert masked(None) == close(first), "generator=None means torch's global generator: torch.manual_seed decides."


@check(
    "dropout",
    points=1,
    hint="The mask is a constant factor: where it kept, the gradient is 1 / (1 - p), elsewhere 0. Make a new "
    "tensor, and stay within torch.",
)
def test_gradients_flow_to_what_was_kept(student, rng):
    for p in (0.25, 0.5, 0.8):
        x = rng.normal(30, 20, requires_grad=True)
        weight = rng.normal(30, 20)
        got = student.dropout(x, p, True)
        assert got.requires_grad, "The result has no gradient: stay within torch (no .data, .detach(), numpy)."
        (got * weight).sum().backward()
        kept = got.detach() != 0
        want = torch.where(kept, weight / (1 - p), torch.zeros(()))
        assert x.grad == close(want), "The gradient is not 1 / (1 - p) where elements were kept, and 0 elsewhere."
    x = rng.normal(4, 5, requires_grad=True)
    student.dropout(x, 0.5, False).sum().backward()
    assert x.grad == close(torch.ones(4, 5)), "In evaluation the gradient passes through as it is."
    assert follows_input(lambda t: student.dropout(t, 0.0, True), rng.normal(3, 4))
