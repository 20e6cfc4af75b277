"""Objects that stay on one side: modules, optimizers, data sets, callbacks, generators."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from transports import Transport

from autograder.checks import close, remote

NET = """
class Net(torch.nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.inner = torch.nn.Linear(3, width)
        self.norm = torch.nn.BatchNorm1d(width)
        self.drop = torch.nn.Dropout(0.5)
        self.outer = torch.nn.Linear(width, 1)
        self.width = width
        self.calls = []
    def forward(self, x):
        self.calls.append(len(x))
        return self.outer(self.drop(self.norm(self.inner(x)).relu()))
torch.manual_seed(0)
"""


def test_a_module_is_built_called_and_looked_into(transport: Transport) -> None:
    student = transport.student(NET)
    net = student.Net(width=5)
    names = [name for name, _ in net.named_parameters()]
    assert names == ["inner.weight", "inner.bias", "norm.weight", "norm.bias", "outer.weight", "outer.bias"]
    assert dict(net.named_parameters())["inner.weight"].shape == (5, 3)
    assert sum(p.numel() for p in net.parameters()) == 36
    assert net.inner.weight is next(iter(net.parameters()))
    assert net.inner.weight is net.inner.weight
    assert isinstance(net.inner.weight, torch.nn.Parameter)
    assert [name for name, _ in net.named_buffers()] == [
        "norm.running_mean",
        "norm.running_var",
        "norm.num_batches_tracked",
    ]
    assert net.width == 5
    out = net(torch.ones(2, 3))
    assert out.shape == (2, 1)
    assert net.calls == [2]
    assert net.norm.num_batches_tracked == 1
    assert not hasattr(net, "nonsense")


def test_parameters_get_gradients_and_lose_them(transport: Transport) -> None:
    net = transport.student(NET).Net()
    weight = net.outer.weight
    assert weight.grad is None
    net(torch.ones(8, 3)).sum().backward()
    assert torch.equal(net.outer.bias.grad, torch.tensor([8.0]))
    assert weight.grad is not None
    once = net.outer.bias.grad.clone()
    net(torch.ones(8, 3)).sum().backward()
    assert torch.equal(net.outer.bias.grad, 2 * once)
    net.zero_grad()
    assert weight.grad is None
    assert net.outer.bias.grad is None


def test_gradients_of_parameters_come_from_autograd_grad_too(transport: Transport) -> None:
    net = transport.student(NET).Net()
    parameters = list(net.parameters())
    grads = torch.autograd.grad(net(torch.ones(8, 3)).sum(), parameters)
    assert torch.equal(grads[-1], torch.tensor([8.0]))
    assert all(p.grad is None for p in parameters)


def test_train_and_eval_switch_the_mode(transport: Transport) -> None:
    net = transport.student(NET).Net()
    net.eval()
    assert net.training is False
    x = torch.randn(4, 3)
    assert torch.equal(net(x), net(x))
    assert net.train() is net or net.training


def test_state_can_be_taken_and_given_back(transport: Transport) -> None:
    student = transport.student(NET)
    one, other = student.Net(), student.Net()
    state = {key: value.clone() for key, value in one.state_dict().items()}
    assert state["outer.bias"].shape == (1,)
    other.load_state_dict(state)
    one.eval(), other.eval()
    x = torch.randn(4, 3)
    assert torch.equal(one(x), other(x))
    with pytest.raises(RuntimeError):
        other.load_state_dict({"nonsense": torch.ones(1)})


def test_a_deep_copy_is_another_module_with_the_same_weights(transport: Transport) -> None:
    net = transport.student(NET).Net()
    twin = copy.deepcopy(net)
    assert twin is not net
    assert torch.equal(twin.outer.weight, net.outer.weight)
    with torch.no_grad():
        twin.outer.weight.zero_()
    assert not torch.equal(twin.outer.weight, net.outer.weight)


def test_weights_that_the_check_writes_are_the_modules(transport: Transport) -> None:
    net = transport.student("net = torch.nn.Linear(2, 2)").net
    with torch.no_grad():
        net.weight.copy_(torch.eye(2))
    net.bias.data = torch.tensor([1.0, 2.0])
    assert torch.equal(net(torch.zeros(1, 2)), torch.tensor([[1.0, 2.0]]))
    torch.nn.init.ones_(net.weight)
    net.bias = torch.nn.Parameter(torch.zeros(2))
    assert torch.equal(net(torch.ones(1, 2)), torch.tensor([[2.0, 2.0]]))


def test_weights_that_the_student_writes_are_seen_however_they_do_it(transport: Transport) -> None:
    student = transport.student(
        """
        net = torch.nn.Linear(2, 1)
        def by_data(): net.weight.data -= 1
        def by_numpy(): net.weight.detach().numpy()[:] = 5
        def by_step():
            with torch.no_grad(): net.weight.mul_(2)
        def freeze(): net.weight.requires_grad_(False)
        """
    )
    weight = student.net.weight
    before = weight.detach().clone()
    student.by_data()
    assert torch.equal(weight, before - 1)
    student.by_numpy()
    assert torch.equal(weight, torch.full((1, 2), 5.0))
    student.by_step()
    assert torch.equal(weight, torch.full((1, 2), 10.0))
    student.freeze()
    assert not weight.requires_grad


def test_an_optimizer_is_built_beside_the_students_parameters(transport: Transport) -> None:
    net = transport.student("torch.manual_seed(0)\nnet = torch.nn.Linear(2, 1)").net
    optimizer = remote(torch.optim.SGD)(net.parameters(), lr=0.1)
    schedule = remote(torch.optim.lr_scheduler.StepLR)(optimizer, step_size=1, gamma=0.5)
    x, y = torch.randn(16, 2), torch.randn(16, 1)
    losses = []
    for _ in range(5):
        optimizer.zero_grad()
        loss: Any = torch.nn.functional.mse_loss(net(x), y)
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    assert losses == sorted(losses, reverse=True)
    assert len(set(losses)) == 5
    assert schedule.get_last_lr() == [0.1 * 0.5**5]
    assert optimizer.param_groups[0]["lr"] == 0.1 * 0.5**5


def test_an_optimizer_of_the_checks_own_moves_the_students_parameters(transport: Transport) -> None:
    net = transport.student("torch.manual_seed(0)\nnet = torch.nn.Linear(2, 1)").net
    optimizer = torch.optim.Adam(list(net.parameters()), lr=0.1)
    x, y = torch.randn(16, 2), torch.randn(16, 1)
    losses = []
    for _ in range(5):
        optimizer.zero_grad()
        loss: Any = torch.nn.functional.mse_loss(net(x), y)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
    assert losses == sorted(losses, reverse=True)
    assert len(set(losses)) == 5


TRAIN = """
def train(model, optimizer, loss_fn, batches, epochs):
    losses = []
    for _ in range(epochs):
        for x, y in batches:
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses
def train_alone(model, x, y):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(5):
        optimizer.zero_grad(); ((model(x) - y) ** 2).mean().backward(); optimizer.step()
    model.eval()
"""


def test_a_students_loop_trains_a_model_built_beside_it(transport: Transport) -> None:
    student = transport.student(TRAIN)
    torch.manual_seed(0)
    data = remote(torch.utils.data.TensorDataset)(torch.randn(12, 2), torch.randn(12, 1))
    loader = remote(torch.utils.data.DataLoader)(data, batch_size=4)
    model = remote(torch.nn.Linear)(2, 1)
    optimizer = remote(torch.optim.SGD)(model.parameters(), lr=0.05)
    assert len(loader) == 3
    losses = student.train(model, optimizer, torch.nn.functional.mse_loss, loader, 4)
    assert len(losses) == 12
    assert sum(losses[-3:]) < sum(losses[:3])


def test_a_students_loop_trains_a_model_of_the_checks_own(transport: Transport) -> None:
    student = transport.student(TRAIN)
    torch.manual_seed(0)

    class Counting(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.linear = torch.nn.Linear(2, 1)
            self.calls = 0

        def forward(self, x: torch.Tensor) -> Any:
            self.calls += 1
            return self.linear(x)

    model = Counting()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    batches = [(torch.randn(4, 2), torch.randn(4, 1)) for _ in range(3)]
    losses = student.train(model, optimizer, torch.nn.functional.mse_loss, batches, 4)
    assert model.calls == 12
    assert sum(losses[-3:]) < sum(losses[:3])
    before = model.linear.weight.detach().clone()
    student.train_alone(model, *batches[0])
    assert not torch.equal(before, model.linear.weight)
    assert not model.training


def test_the_loop_does_the_same_steps_wherever_the_model_is(transport: Transport) -> None:
    student = transport.student(TRAIN)
    batches = [(torch.arange(8.0).reshape(4, 2), torch.ones(4, 1))]
    model = torch.nn.Linear(2, 1)
    twin = copy.deepcopy(model)
    mine = student.train(model, torch.optim.Adam(model.parameters(), 0.1), torch.nn.functional.mse_loss, batches, 6)
    reference = torch.optim.Adam(twin.parameters(), 0.1)
    for expected in mine:
        reference.zero_grad()
        loss: Any = torch.nn.functional.mse_loss(twin(batches[0][0]), batches[0][1])
        assert expected == close(loss.item())
        loss.backward()
        reference.step()
    assert model.weight == close(twin.weight)


class Recording:
    def __init__(self) -> None:
        self.seen: list[int] = []

    def __len__(self) -> int:
        return 6

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        if index >= 6:
            raise IndexError(index)
        self.seen.append(index)
        return torch.full((2,), float(index)), index


def test_a_recording_data_set_sees_each_index_once_an_epoch(transport: Transport) -> None:
    student = transport.student(
        """
        def epoch(data):
            loader = torch.utils.data.DataLoader(data, batch_size=4, shuffle=True)
            return sum(y.sum().item() for x, y in loader)
        def plain(data):
            return [y for x, y in data], len(data)
        """
    )
    data = Recording()
    assert student.epoch(data) == 15
    assert sorted(data.seen) == list(range(6))
    assert student.plain(data) == ([0, 1, 2, 3, 4, 5], 6)


def test_an_environment_is_stepped(transport: Transport) -> None:
    class Corridor:
        actions = 2

        def __init__(self) -> None:
            self.place = 0

        def reset(self) -> tuple[np.ndarray[Any, Any], dict[str, Any]]:
            self.place = 0
            return np.array([0.0]), {}

        def step(self, action: int) -> tuple[np.ndarray[Any, Any], float, bool]:
            self.place += action
            return np.array([float(self.place)]), -1.0, self.place >= 3

    student = transport.student(
        """
        def run(env):
            state, _ = env.reset()
            total, done = 0.0, False
            while not done:
                state, reward, done = env.step(env.actions - 1)
                total += reward
            return total, state
        """
    )
    env = Corridor()
    assert student.run(env) == close((-3.0, np.array([3.0])))
    assert env.place == 3


def test_a_callback_is_called_back_with_gradients_through_it(transport: Transport) -> None:
    student = transport.student("def apply(f, x): return f(x * 2, scale=3.0) + 1\ndef none(f): f()")
    called = []

    def callback(x: torch.Tensor, scale: float) -> Any:
        called.append(x.shape)
        return (x * w).sum() * scale

    w = torch.tensor([1.0, 5.0], requires_grad=True)
    x = torch.tensor([2.0, 7.0], requires_grad=True)
    student.apply(callback, x).backward()
    assert torch.equal(x.grad, torch.tensor([6.0, 30.0]))  # type: ignore[arg-type]
    assert torch.equal(w.grad, torch.tensor([12.0, 42.0]))  # type: ignore[arg-type]
    assert called == [(2,)]
    assert student.none(lambda: None) is None


def test_a_function_of_the_students_can_be_handed_back(transport: Transport) -> None:
    student = transport.student(
        "def make(n): return lambda x: x + n\ndef use(f, x): return f(x)\ndef same(f, g): return f is g"
    )
    add = student.make(3)
    assert add(4) == 7
    assert student.use(add, 5) == 8
    assert student.same(add, add)
    assert student.use(lambda x: add(x) * 2, 1) == 8
    assert student.use(torch.nn.functional.relu, torch.tensor([-1.0])).item() == 0


def test_the_checks_iterators_generators_and_context_managers_work(transport: Transport) -> None:
    entered: list[str] = []

    class Manager:
        def __enter__(self) -> int:
            entered.append("in")
            return 5

        def __exit__(self, *_: object) -> None:
            entered.append("out")

    def numbers() -> Iterator[int]:
        yield from range(3)

    student = transport.student(
        "def total(it): return sum(it)\ndef first(it): return next(it)\ndef inside(m):\n    with m as n: return n\n"
        "def has(c, x): return x in c\ndef take(c, i): return c[i]"
    )
    assert student.total(numbers()) == 3
    assert student.total(iter([1, 2])) == 3
    assert student.total(map(abs, [-1, -2])) == 3
    assert student.total({1: 2}.keys()) == 1
    waiting = numbers()
    assert (student.first(waiting), student.first(waiting), next(waiting)) == (0, 1, 2)
    assert student.inside(Manager()) == 5
    assert entered == ["in", "out"]
    assert student.take(Recording(), 2)[1] == 2


def test_the_students_generators_iterators_and_context_managers_work(transport: Transport) -> None:
    student = transport.student(
        """
        import contextlib
        def batches(x, n):
            for i in range(0, len(x), n):
                yield x[i:i + n]
        class Countdown:
            def __init__(self, n): self.n = n
            def __iter__(self): return self
            def __next__(self):
                if self.n == 0: raise StopIteration
                self.n -= 1
                return self.n
        class Bag:
            items = [3, 4]
            def __len__(self): return 2
            def __getitem__(self, i): return self.items[i]
            def __contains__(self, x): return x in self.items
            def __add__(self, other): return Bag.of(sum(self.items) + other)
            def __radd__(self, other): return Bag.of(other - sum(self.items))
            def of(*items):
                bag = Bag()
                bag.items = list(items)
                return bag
            def __neg__(self): return [-i for i in self.items]
        open_ = []
        @contextlib.contextmanager
        def opened():
            open_.append(1)
            yield 7
            open_.clear()
        """
    )
    assert [b.tolist() for b in student.batches(torch.arange(5), 2)] == [[0, 1], [2, 3], [4]]
    assert list(student.batches(torch.arange(0), 2)) == []
    assert list(student.Countdown(3)) == [2, 1, 0]
    bag = student.Bag()
    assert (len(bag), bag[1], 3 in bag, 9 in bag, list(bag)) == (2, 4, True, False, [3, 4])
    assert ((bag + 1).items, (10 + bag).items, -bag) == ([8], [3], [-3, -4])
    with student.opened() as value:
        assert value == 7
        assert student.open_ == [1]
    assert student.open_ == []


def test_modules_come_in_lists_and_dicts(transport: Transport) -> None:
    student = transport.student("def layers(): return [torch.nn.Linear(2, 2), {'head': torch.nn.Linear(2, 1)}]")
    first, named = student.layers()
    assert named["head"](first(torch.ones(1, 2))).shape == (1, 1)


def test_things_can_be_compared_by_identity_and_put_in_sets(transport: Transport) -> None:
    student = transport.student("class A: pass\na = A()\nb = A()")
    assert student.a == student.a
    assert student.a != student.b
    assert len({student.a, student.b, student.a}) == 2


def test_attributes_are_set_and_deleted(transport: Transport) -> None:
    student = transport.student("class A: pass")
    thing = student.A()
    thing.x = torch.ones(2)
    assert torch.equal(thing.x, torch.ones(2))
    del thing.x
    assert not hasattr(thing, "x")


def test_a_function_is_looked_up_once_in_a_check_and_a_value_each_time(transport: Transport) -> None:
    student = transport.student(
        """
count = 0
def step():
    global count, step
    count += 1
    if count == 1:
        step = lambda: "another"
    return count
"""
    )
    assert (student.step(), student.count) == (1, 1)
    assert (student.step(), student.count) == (2, 2)
    assert student.step is student.step
