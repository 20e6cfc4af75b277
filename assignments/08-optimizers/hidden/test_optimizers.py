"""The five optimizers: 20 steps beside torch's own in float64, and the rules of `step()`.

The parameters live in the student's process. Each has a twin there that shares its memory (nn.Parameter of a
Parameter is another tensor over the same numbers): a parameter that was given new memory no longer moves its twin.
"""

import torch
from autograder.checks import Failure, StudentError, check, close, forbid, remote

READY_MADE = (
    *("SGD", "Adam", "AdamW", "NAdam", "RAdam", "Adamax", "Adagrad", "Adadelta", "RMSprop", "Rprop", "ASGD", "Muon"),
    *("LBFGS", "Adafactor", "SparseAdam"),
)
FUNCTIONAL = tuple(f"{kind}_{name}" for kind in ("fused", "single_tensor", "multi_tensor") for name in ("sgd", "adam"))
SHAPES = ((3, 4), (5,), (), (2, 1, 3))
LOOKED_AT = (1, 2, 3, 7, 20)
"""Steps after which the parameters are compared."""


class Beside:
    """A student's optimizer over parameters in their process, and torch's over equal ones here."""

    def __init__(self, student, name, start, settings, given=list):
        self.theirs = [remote(torch.nn.Parameter)(value.clone()) for value in start]
        self.holder = remote(torch.nn.ParameterList)(self.theirs)
        self.opt = getattr(student, name)(given(self.theirs), **settings)
        self.ours = [torch.nn.Parameter(value.clone()) for value in start]
        self.reference = reference(name, self.ours, settings)

    def in_old_memory(self):
        """A question to ask after steps: have twins that share the parameters' memory moved along?"""
        twins = remote(torch.nn.ParameterList)([remote(torch.nn.Parameter)(p) for p in self.theirs])

        def moved_along():
            return dict(twins.state_dict()) == close(self.values)

        return moved_along

    def give(self, gradients):
        """The same gradients to both; None: no gradient."""
        for p, q, gradient in zip(self.theirs, self.ours, gradients):
            p.grad = None if gradient is None else gradient.clone()
            q.grad = None if gradient is None else gradient.clone()

    def step(self):
        """One step of both; what the student's gave back."""
        returned = self.opt.step()
        self.reference.step()
        return returned

    def begin_anew(self, student, name, settings):
        """New optimizers over the same parameters."""
        self.opt = getattr(student, name)(list(self.theirs), **settings)
        self.reference = reference(name, self.ours, settings)

    def set_rate(self, rate):
        self.opt.lr = rate
        self.reference.param_groups[0]["lr"] = rate

    @property
    def values(self):
        return dict(self.holder.state_dict())

    @property
    def wanted(self):
        return {str(number): q.detach() for number, q in enumerate(self.ours)}


def reference(name, parameters, settings):
    """torch's optimizer of that kind."""
    kinds = {
        "SGD": (torch.optim.SGD, {}),
        "Momentum": (torch.optim.SGD, {"momentum": 0.9}),
        "Nesterov": (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
        "Adam": (torch.optim.Adam, {}),
        "AdamW": (torch.optim.AdamW, {"weight_decay": 0.01}),
    }
    kind, usual = kinds[name]
    return kind(parameters, **usual | settings)


def drawn_gradients(rng, start, size=1.0):
    """One gradient for each parameter, of very different sizes."""
    return [
        size * 10.0 ** (2 - 2 * (n % 3)) * rng.normal(*p.shape, dtype=torch.float64).to(p.dtype)
        for n, p in enumerate(start)
    ]


def start_values(rng, shapes=SHAPES, dtype=torch.float64):
    return [rng.normal(*shape, dtype=torch.float64).to(dtype) for shape in shapes]


def follow(student, name, rng, settings, *, shapes=SHAPES, dtype=torch.float64, size=1.0, given=list, steps=20):
    """The parameters are torch's, after some of 20 steps."""
    start = start_values(rng, shapes, dtype)
    pair = Beside(student, name, start, settings, given)
    for number in range(1, steps + 1):
        pair.give(drawn_gradients(rng, start, size))
        if pair.step() is not None:
            raise Failure(
                "step() gave something back. It moves the parameters in place, and returns None.", "wrong_type"
            )
        if number in LOOKED_AT:
            assert pair.values == close(pair.wanted)


def change_rate(student, name, rng, settings, rates=(0.01, 0.3, 0.002, 0.05)):
    """`opt.lr` is read anew in each step."""
    start = start_values(rng, SHAPES[:3])
    pair = Beside(student, name, start, settings)
    for rate in rates:
        pair.set_rate(rate)
        pair.give(drawn_gradients(rng, start))
        pair.step()
        assert pair.values == close(pair.wanted)


def refuse_torchs(student, name):
    forbid(student, name, *(f"torch.optim.{kind}" for kind in READY_MADE), *FUNCTIONAL)


def skip_none(student, name, rng, settings):
    """Parameters without a gradient stay, with what is remembered of them."""
    start = start_values(rng, ((3,), (3,), (2, 2), (3,)))
    pair = Beside(student, name, start, settings)
    plan = ("1101", "0101", "1011", "1101", "0001", "1111", "1101")
    for present in plan:
        gradients = drawn_gradients(rng, start)
        pair.give([g if here == "1" else None for g, here in zip(gradients, present)])
        try:
            pair.step()
        except StudentError as error:
            if isinstance(error, NotImplementedError):
                raise
            raise Failure(
                f"step() raised {error} where a parameter has no gradient: its .grad is None, and it is left alone."
            ) from error
        assert pair.values == close(pair.wanted)


def with_zeros(rng, gradients, number):
    """Gradients of the step of that number: all zero in the second and fourth, else with a few zeros among them."""
    return [0 * g if number in (2, 4) else g * (rng.uniform(*g.shape, dtype=g.dtype) < 0.7) for g in gradients]


def go_on_at_zero(student, name, rng, settings):
    """A gradient of zero is a gradient: what is remembered moves on, and the parameter with it."""
    start = start_values(rng, ((4,), (2, 3)))
    pair = Beside(student, name, start, settings)
    for number in range(1, 7):
        pair.give(with_zeros(rng, drawn_gradients(rng, start), number))
        pair.step()
        if not pair.values == close(pair.wanted):
            raise Failure(
                "Wrong where a gradient is zero, in all numbers of a parameter or in some. Zero is a gradient like any "
                "other: the step is made, with what is remembered. Only a parameter whose .grad is None is left alone."
            )


def move_in_place(student, name, rng, settings):
    """The same tensors in the same memory, still leaves; also those that are not contiguous."""
    start = start_values(rng, ((3, 4), (), (5,)))
    start[0] = start[0].T
    pair = Beside(student, name, start, settings)
    in_old_memory = pair.in_old_memory()
    for _ in range(3):
        pair.give(drawn_gradients(rng, start))
        pair.step()
        assert pair.values == close(pair.wanted)
        if not in_old_memory():
            raise Failure(
                "The parameters have the right values, but in new memory: `p.data = ...` puts another tensor in the "
                "old one's place. Change p itself, with `p -= ...` or a method that ends in `_`."
            )
        if not all(p.is_leaf and p.requires_grad is True for p in pair.theirs):
            raise Failure("A parameter is no longer a leaf that requires a gradient.")


def leave_gradients(student, name, rng, settings):
    """`.grad` is what it was; and a zero_grad that writes zeros into it changes nothing that is remembered."""
    start = start_values(rng, ((3,), (2, 2)))
    pair = Beside(student, name, start, settings)
    for _ in range(4):
        gradients = drawn_gradients(rng, start)
        pair.give(gradients)
        norm = remote(torch.nn.utils.clip_grad_norm_)(pair.theirs, 1e30)  # so long that nothing is clipped
        pair.step()
        again = remote(torch.nn.utils.clip_grad_norm_)(pair.theirs, 1e30)
        kept = [None if p.grad is None else p.grad.detach() for p in pair.theirs]
        if not (again == close(norm) and kept == close(gradients)):
            raise Failure(
                "step() changed the gradients (.grad). It only reads them: work on a new tensor, and look for a "
                "method that ends in `_`.",
                "mutated_input",
            )
        pair.holder.zero_grad(set_to_none=False)
        assert pair.values == close(pair.wanted)


def keep_apart(student, name, rng, settings):
    """Two optimizers that take turns, and a third one later over parameters that had one before."""
    start = start_values(rng, ((3,), (3,)))
    one, other = (Beside(student, name, start, settings) for _ in range(2))
    for _ in range(3):
        for pair in (one, other):
            pair.give(drawn_gradients(rng, start))
            pair.step()
            assert pair.values == close(pair.wanted)
    one.begin_anew(student, name, settings)
    for _ in range(2):
        one.give(drawn_gradients(rng, start))
        one.step()
        assert one.values == close(one.wanted)


@check(
    "sgd",
    points=1,
    hint="p -= self.lr * p.grad for each parameter: all shapes, all dtypes, the rate of now.",
)
def test_twenty_steps_of_gradient_descent(student, rng):
    refuse_torchs(student, "SGD")
    follow(student, "SGD", rng, {"lr": 0.03})
    follow(student, "SGD", rng, {"lr": 0.2}, shapes=((4, 4), (4, 4)), given=iter)
    follow(student, "SGD", rng, {"lr": 0.1}, dtype=torch.float32, given=tuple, steps=3)
    follow(student, "SGD", rng, {"lr": 0.1}, dtype=torch.bfloat16, steps=1)
    change_rate(student, "SGD", rng, {"lr": 0.1})


@check("sgd", points=1, hint="`if p.grad is None: continue`, before anything else is done with p.")
def test_gradient_descent_without_some_gradients(student, rng):
    skip_none(student, "SGD", rng, {"lr": 0.1})


@check("sgd", points=1, hint="In place, inside torch.no_grad(): `p -= ...`. And `.grad` is only read.")
def test_gradient_descent_moves_in_place(student, rng):
    move_in_place(student, "SGD", rng, {"lr": 0.02})
    leave_gradients(student, "SGD", rng, {"lr": 0.02})


@check(
    "momentum",
    points=1,
    hint="v = momentum * v + g, then p -= lr * v. No (1 - momentum), and no lr inside v.",
)
def test_twenty_steps_of_momentum(student, rng):
    refuse_torchs(student, "Momentum")
    follow(student, "Momentum", rng, {"lr": 0.03})
    follow(student, "Momentum", rng, {"lr": 0.1, "momentum": 0.5}, given=iter)
    follow(student, "Momentum", rng, {"lr": 0.1, "momentum": 0.0}, shapes=((4, 4), (4, 4)), steps=3)
    follow(student, "Momentum", rng, {"lr": 0.1, "momentum": 0.99}, dtype=torch.float32, steps=3)


@check(
    "momentum",
    points=1,
    hint="The rate multiplies the velocity when p moves. It is not part of the velocity.",
)
def test_momentum_under_a_changing_rate(student, rng):
    change_rate(student, "Momentum", rng, {"lr": 0.1})


@check("momentum", points=1, hint="One velocity for each parameter, which waits while its gradient is None.")
def test_momentum_remembers_each_parameter_apart(student, rng):
    skip_none(student, "Momentum", rng, {"lr": 0.1})
    go_on_at_zero(student, "Momentum", rng, {"lr": 0.1})
    keep_apart(student, "Momentum", rng, {"lr": 0.1})


@check(
    "momentum",
    points=1,
    hint="The velocity is a tensor of its own, not the gradient itself; p changes in place.",
)
def test_momentum_moves_in_place(student, rng):
    move_in_place(student, "Momentum", rng, {"lr": 0.02})
    leave_gradients(student, "Momentum", rng, {"lr": 0.02})


@check("nesterov", points=1, hint="p -= lr * (g + momentum * v), with the velocity that already contains g.")
def test_twenty_steps_of_nesterov(student, rng):
    refuse_torchs(student, "Nesterov")
    follow(student, "Nesterov", rng, {"lr": 0.03})
    follow(student, "Nesterov", rng, {"lr": 0.1, "momentum": 0.5}, given=iter)
    follow(student, "Nesterov", rng, {"lr": 0.1, "momentum": 0.99}, dtype=torch.float32, steps=3)
    change_rate(student, "Nesterov", rng, {"lr": 0.1})


@check(
    "nesterov",
    points=1,
    hint="The rules of step(): in place, None left alone, .grad only read, one velocity each.",
)
def test_nesterov_keeps_the_rules(student, rng):
    skip_none(student, "Nesterov", rng, {"lr": 0.1})
    go_on_at_zero(student, "Nesterov", rng, {"lr": 0.1})
    move_in_place(student, "Nesterov", rng, {"lr": 0.02})
    leave_gradients(student, "Nesterov", rng, {"lr": 0.02})
    keep_apart(student, "Nesterov", rng, {"lr": 0.1})


@check(
    "adam",
    points=2,
    hint="m and s from g and g*g, both corrected, t = 1 in the first step, eps outside the root.",
)
def test_twenty_steps_of_adam(student, rng):
    refuse_torchs(student, "Adam")
    follow(student, "Adam", rng, {"lr": 0.03})
    follow(student, "Adam", rng, {}, shapes=((4, 4), (4, 4)), given=iter)
    follow(student, "Adam", rng, {"lr": 0.05}, dtype=torch.float32, steps=3)
    change_rate(student, "Adam", rng, {"lr": 0.1})


@check("adam", points=1, hint="Both averages have their own beta, and (1 - beta) of the new value comes in.")
def test_adam_with_other_betas(student, rng):
    for betas in ((0.5, 0.9), (0.0, 0.99), (0.95, 0.6), (0.8, 0.0)):
        follow(student, "Adam", rng, {"lr": 0.03, "betas": betas}, shapes=SHAPES[:3], steps=7)


@check("adam", points=1, hint="sqrt(s_hat) + eps: eps is added to the root of the corrected s, not under it.")
def test_adam_where_eps_counts(student, rng):
    follow(student, "Adam", rng, {"lr": 0.03, "eps": 0.1}, shapes=SHAPES[:3], steps=7)
    follow(student, "Adam", rng, {"lr": 0.03}, shapes=SHAPES[:3], size=1e-8, steps=7)
    start = start_values(rng, ((3,), (2, 2)))
    pair = Beside(student, "Adam", start, {"lr": 0.1})
    for factor in (0, 0, 1):  # a gradient of zero moves nothing
        pair.give([factor * gradient for gradient in drawn_gradients(rng, start)])
        pair.step()
        assert pair.values == close(pair.wanted)
    go_on_at_zero(student, "Adam", rng, {"lr": 0.1})


@check(
    "adam",
    points=1,
    hint="t, m and s belong to one parameter of one optimizer, and wait while .grad is None.",
)
def test_adam_remembers_each_parameter_apart(student, rng):
    skip_none(student, "Adam", rng, {"lr": 0.1})
    keep_apart(student, "Adam", rng, {"lr": 0.1})


@check("adam", points=1, hint="Change p, m and s in place, each a tensor of its own, and only read p.grad.")
def test_adam_moves_in_place(student, rng):
    move_in_place(student, "Adam", rng, {"lr": 0.02})
    leave_gradients(student, "Adam", rng, {"lr": 0.02})


class Decayed:
    """AdamW beside torch's, and beside decay with the student's own Adam, whatever that does."""

    def __init__(self, student, start, settings):
        plain = {name: value for name, value in settings.items() if name != "weight_decay"}
        self.plain = plain
        self.pair = Beside(student, "AdamW", start, settings)
        try:
            self.adam = Beside(student, "Adam", [torch.zeros_like(value) for value in start], plain)
        except StudentError:
            self.adam = None
        self.decay = 1 - settings.get("lr", 1e-3) * settings.get("weight_decay", 0.01)
        self.built = {str(number): value.clone() for number, value in enumerate(start)}

    def begin_anew(self, student, settings):
        """New optimizers over the same parameters, which remember nothing of the old ones."""
        self.pair.begin_anew(student, "AdamW", settings)
        if self.adam is not None:
            self.adam.begin_anew(student, "Adam", self.plain)

    def step(self, gradients):
        """One step of all; the parameters are one of the two expected."""
        self.pair.give(gradients)
        self.pair.step()
        if self.adam is not None:
            self._build(gradients)
        got = self.pair.values
        if self.adam is not None and got == close(self.built):
            return
        assert got == close(self.pair.wanted)

    def _build(self, gradients):
        self.adam.give(gradients)
        before = {name: value.clone() for name, value in self.adam.values.items()}
        try:
            self.adam.opt.step()
        except StudentError:
            self.adam = None
            return
        after = self.adam.values
        for number, gradient in enumerate(gradients):
            name = str(number)
            decay = 1.0 if gradient is None else self.decay
            self.built[name] = decay * self.built[name] + (after[name] - before[name])


@check(
    "adamw",
    points=2,
    hint="p *= 1 - lr * weight_decay first, then Adam's step from the untouched gradient.",
)
def test_twenty_steps_of_adamw(student, rng):
    refuse_torchs(student, "AdamW")
    plans = (
        {"lr": 0.05, "weight_decay": 0.3},
        {"lr": 0.3, "weight_decay": 1.5, "betas": (0.5, 0.9), "eps": 0.01},
        {"lr": 0.5},
        {"lr": 0.1, "weight_decay": 0.0},
    )
    for settings in plans:
        start = start_values(rng, SHAPES[:3] if settings is plans[0] else SHAPES[:1])
        run = Decayed(student, start, settings)
        for _ in range(20 if settings is plans[0] else 3):
            run.step(drawn_gradients(rng, start))
    run = Decayed(student, start, {"weight_decay": 20.0})
    for rate in (0.01, 0.002, 0.03):
        run.pair.set_rate(rate)
        if run.adam is not None:
            run.adam.set_rate(rate)
        run.decay = 1 - rate * 20.0
        run.step(drawn_gradients(rng, start))


@check(
    "adamw",
    points=1,
    hint="No gradient, no decay. And the decay changes p in place and never touches .grad.",
)
def test_adamw_keeps_the_rules(student, rng):
    settings = {"lr": 0.1, "weight_decay": 0.5}
    start = start_values(rng, ((3,), (3,), (2, 2)))
    run = Decayed(student, start, settings)
    in_old_memory = run.pair.in_old_memory()
    adams = None if run.adam is None else run.adam.in_old_memory()
    for present in ("110", "010", "101", "111"):
        gradients = drawn_gradients(rng, start)
        run.step([g if here == "1" else None for g, here in zip(gradients, present)])
        if not in_old_memory() and (adams is None or adams()):  # what is wrong in Adam costs nothing here
            raise Failure(
                "The parameters lie in new memory: change p itself, with `p *= ...`, instead of `p.data = ...`."
            )
        if not as_given(run.pair, gradients, present) and (run.adam is None or as_given(run.adam, gradients, present)):
            raise Failure("step() changed the gradients (.grad). The decay does not belong there.", "mutated_input")
        if not all(p.is_leaf and p.requires_grad is True for p in run.pair.theirs):
            raise Failure("A parameter is no longer a leaf that requires a gradient.")
    for number in range(1, 5):
        run.step(with_zeros(rng, drawn_gradients(rng, start), number))
    run.begin_anew(student, settings)
    for _ in range(2):
        run.step(drawn_gradients(rng, start))


def as_given(pair, gradients, present):
    kept = [p.grad for p in pair.theirs]
    return kept == close([g if here == "1" else None for g, here in zip(gradients, present)])
