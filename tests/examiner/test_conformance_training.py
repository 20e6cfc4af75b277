"""What a training loop did is noted alike on both transports: right loops pass, each wrong one hears its cause."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from transports import AcrossTheWire, Transport

from autograder.checks import Failure, remote
from autograder.checks.structure.training import TrainingLog
from autograder.wire.frames import Unsendable

EPOCHS, BATCH, COUNT = 3, 4, 10
HEAD = """
import copy
F = torch.nn.functional
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = torch.nn.Linear(3, 4)
        self.drop = torch.nn.Dropout(0.1)
        self.outer = torch.nn.Linear(4, 2)
    def forward(self, x): return self.outer(self.drop(self.inner(x.flatten(1)).relu()))
"""
LINES = {
    "start": "    for epoch in range(epochs):\n",
    "train": "        model.train()\n",
    "loop": "        for xb, yb in loader:\n",
    "zero": "            opt.zero_grad()\n",
    "loss": "            loss = F.cross_entropy(model(xb), yb)\n",
    "backward": "            loss.backward()\n",
    "step": "            opt.step()\n",
    "eval": "        model.eval()\n",
    "no_grad": "        with torch.no_grad(): model(test)\n",
}


def body(**changes: str) -> str:
    """The plain loop with lines replaced."""
    assert changes.keys() <= LINES.keys()
    return "def train(model, opt, loader, x, y, test, epochs):\n" + "".join((LINES | changes).values())


BY_HAND = """
def train(model, opt, loader, x, y, test, epochs):
    {before}
    for epoch in range(epochs):
        model.train()
        {order}
        for start in range(0, {stop}, 4):
            batch = order[start:start + 4]
            opt.zero_grad()
            F.cross_entropy(model(x[batch]), y[batch]).backward()
            opt.step()
        model.eval()
        with torch.no_grad(): model(test)
"""


def by_hand(before: str = "pass", order: str = "order = torch.randperm(len(x))", stop: str = "len(x)") -> str:
    return BY_HAND.format(before=before, order=order, stop=stop)


RIGHT = {
    "plain": body(),
    "zero_grad last": body(zero="", step="            opt.step(); opt.zero_grad()\n"),
    "zero_grad between forward and backward": body(zero="", backward="            opt.zero_grad(); loss.backward()\n"),
    "the model's zero_grad": body(zero="            model.zero_grad()\n"),
    "the model's zero_grad just before backward": body(
        zero="", backward="            model.zero_grad(); loss.backward()\n"
    ),
    "zeros in place": body(zero="            opt.zero_grad(set_to_none=False)\n"),
    "gradients set to None by hand": body(zero="            for p in model.parameters(): p.grad = None\n"),
    "clipping": body(step="            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0); opt.step()\n"),
    "a penalty": body(
        loss="            loss = F.cross_entropy(model(xb), yb) + sum((p ** 2).sum() for p in model.parameters())\n"
    ),
    "two calls of the model": body(
        loss="            loss = F.cross_entropy(model(xb[:1]), yb[:1]) + F.cross_entropy(model(xb[1:]), yb[1:])\n"
    ),
    "iterated by hand": body(
        loop="        it = iter(loader)\n        for _ in range(len(loader)):\n            xb, yb = next(it)\n"
    ),
    "permutation": by_hand(),
    "sorted by noise": by_hand(order="order = torch.rand(len(x)).argsort()"),
    "a loader of its own": body(
        start="    loader = torch.utils.data.DataLoader(loader.dataset, batch_size=4, shuffle=True)\n"
        "    for epoch in range(epochs):\n"
    ),
    "in place on the output": body(
        loss="            out = model(xb); out -= out.detach().max(); loss = F.cross_entropy(out, yb)\n"
    ),
    "the best model copied": body(no_grad="        with torch.no_grad(): copy.deepcopy(model)(test)\n"),
    "inference mode": body(no_grad="        with torch.inference_mode(): model(test)\n"),
    "the running loss": body(
        start="    total = 0.0\n    for epoch in range(epochs):\n",
        step="            opt.step(); total += loss.item() * len(xb) / len(loader.dataset)\n",
    ),
    "accuracy in training too": body(no_grad="        with torch.no_grad(): model(test); model(x)\n"),
    "float64 inside": body(loss="            loss = F.cross_entropy(model(xb.double().float()), yb)\n"),
    "autograd.grad": body(
        backward="            ps = list(model.parameters())\n"
        "            for p, g in zip(ps, torch.autograd.grad(loss, ps)): p.grad = g\n"
    ),
    "best weights kept": body(
        eval="        best = copy.deepcopy(model.state_dict()); model.load_state_dict(best); model.eval()\n"
    ),
    "a graph kept for a second backward": body(backward="            loss.backward(retain_graph=True)\n"),
    "a penalty on the input's gradient": body(
        loss="            xb = xb.clone().requires_grad_(); out = model(xb)\n"
        "            g, = torch.autograd.grad(out.sum(), xb, create_graph=True)\n"
        "            loss = F.cross_entropy(out, yb) + g.square().mean()\n"
    ),
    "a generator and a function for the step": (
        "def batches(loader): yield from loader\n"
        "def one(model, opt, xb, yb):\n"
        "    opt.zero_grad(); loss = F.cross_entropy(model(xb), yb); loss.backward(); opt.step()\n"
        + body(
            loop="        for xb, yb in batches(loader):\n",
            zero="",
            loss="            one(model, opt, xb, yb)\n",
            backward="",
            step="",
        )
    ),
    "evaluated in pieces": body(no_grad="        with torch.no_grad(): [model(part) for part in test.split(2)]\n"),
    "state kept": body(step="            opt.step(); opt.state_dict(); opt.param_groups[0]['lr'] *= 0.9\n"),
}
WRONG = {
    "no zero_grad": (body(zero=""), "fresh_gradients", "were still there"),
    "zero_grad once per epoch": (
        body(zero="", train="        model.train(); opt.zero_grad()\n"),
        "fresh_gradients",
        "were still there",
    ),
    "zero_grad before step": (
        body(zero="", step="            opt.zero_grad(); opt.step()\n"),
        "fresh_gradients",
        r"between `backward\(\)` and `step\(\)`",
    ),
    "the loss is cut off": (
        body(backward="            (loss.detach().requires_grad_()).backward()\n"),
        "fresh_gradients",
        r"without a `backward\(\)`",
    ),
    "step before backward": (
        body(backward="            opt.step()\n", step="            loss.backward()\n"),
        "fresh_gradients",
        r"without a `backward\(\)`",
    ),
    "zeros between backward and step": (
        body(step="            for p in model.parameters(): p.grad.zero_()\n            opt.step()\n"),
        "fresh_gradients",
        r"between `backward\(\)` and `step\(\)`",
    ),
    "every other step": (
        body(loop="        for i, (xb, yb) in enumerate(loader):\n", step="            if i % 2 == 0: opt.step()\n"),
        "steps",
        "took 6 steps, where 9",
    ),
    "one batch an epoch": (
        body(step="            opt.step(); break\n"),
        "each_sample_once",
        "samples",
    ),
    "eval after the forward": (
        body(eval="", no_grad="        with torch.no_grad(): model(test)\n        model.eval()\n"),
        "evaluated_in_eval_mode",
        "dropout still drops",
    ),
    "step twice": (body(step="            opt.step(); opt.step()\n"), "fresh_gradients", r"without a `backward\(\)`"),
    "step once per epoch": (
        body(
            zero="",
            step="",
            train="        model.train(); opt.zero_grad()\n",
            eval="        opt.step(); model.eval()\n",
        ),
        "fresh_gradients",
        "after 3 backward passes",
    ),
    "steps once per epoch, counted": (
        body(step="", eval="        opt.step(); model.eval()\n"),
        "steps",
        "not once for each epoch",
    ),
    "no step": (body(step=""), "steps", r"took 0 steps.*`optimizer.step\(\)` called"),
    "one epoch too many": (body(start="    for epoch in range(epochs + 1):\n"), "steps", "12 steps, where 9"),
    "epochs ignored": (body(start="    for epoch in range(1):\n"), "each_sample_once", "1 times.*where 3 epochs"),
    "the last batch skipped": (by_hand(stop="len(x) // 4 * 4"), "each_sample_once", "8 of the 10 samples"),
    "small batches skipped": (
        body(loop="        for xb, yb in loader:\n            if len(xb) < 4: continue\n"),
        "each_sample_once",
        "8 of the 10 samples",
    ),
    "with replacement": (
        by_hand(order="order = torch.randint(0, len(x), (len(x),))"),
        "each_sample_once",
        "without replacement",
    ),
    "the first batch again and again": (
        body(loop="        for _ in range(3):\n            xb, yb = next(iter(loader))\n"),
        "each_sample_once",
        "from 36 samples, where 30|12 of the 10|samples",
    ),
    "shuffled once": (
        by_hand(before="order = torch.randperm(len(x))", order="pass"),
        "reshuffled",
        "same order as the one before",
    ),
    "never shuffled": (by_hand(order="order = torch.arange(len(x))"), "reshuffled", "same order"),
    "eval mode left on": (body(train=""), "trained_in_training_mode", "above all after an evaluation"),
    "evaluated in training mode": (body(eval=""), "evaluated_in_eval_mode", "dropout still drops"),
    "eval mode of the top alone": (
        body(eval="        model.eval()\n        for part in model.children(): part.train()\n"),
        "evaluated_in_eval_mode",
        "reaches all parts",
    ),
    "evaluated with gradients": (body(no_grad="        model(test)\n"), "evaluated_in_eval_mode", "no_grad"),
    "never evaluated": (body(no_grad=""), "evaluated_in_eval_mode", "never called for an evaluation"),
    "trained on the held-out data": (
        body(no_grad="        F.cross_entropy(model(test), torch.zeros(5).long()).backward()\n        opt.step()\n"),
        "kept_heldout_apart",
        "scores there then says nothing",
    ),
    "the graphs are kept": (
        body(
            start="    total = 0.0\n    for epoch in range(epochs):\n",
            step="            opt.step(); total = total + loss\n",
        ),
        "let_graphs_go",
        r"loss.item\(\)",
    ),
    "the outputs are kept": (
        body(
            start="    kept = []\n    for epoch in range(epochs):\n",
            loss="            out = model(xb); kept.append(out); loss = F.cross_entropy(out, yb)\n",
        ),
        "let_graphs_go",
        r"out.detach\(\)",
    ),
}
QUESTIONS: dict[str, Callable[[TrainingLog], None]] = {
    "steps": lambda log: log.steps(EPOCHS * 3),
    "fresh_gradients": lambda log: log.fresh_gradients(),
    "each_sample_once": lambda log: log.each_sample_once(EPOCHS),
    "reshuffled": lambda log: log.reshuffled(),
    "trained_in_training_mode": lambda log: log.trained_in_training_mode(),
    "evaluated_in_eval_mode": lambda log: log.evaluated_in_eval_mode(),
    "kept_heldout_apart": lambda log: log.kept_heldout_apart(),
    "let_graphs_go": lambda log: log.let_graphs_go(),
}


class Own(torch.nn.Module):
    """A model of the check's own."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = torch.nn.Linear(3, 2)

    def forward(self, x: torch.Tensor) -> Any:
        return self.inner(x.flatten(1))


def logged(transport: Transport, loop: str, own: bool) -> TrainingLog:
    """`own`: model and optimizer are the check's, and not in the student's process."""
    torch.manual_seed(0)
    x, y, test = torch.randn(COUNT, 3), torch.arange(COUNT) % 2, torch.randn(5, 3)
    student = transport.student(HEAD, loop)
    with TrainingLog(x, y, heldout=test) as log:
        model = log.model(Own() if own else student.Net())
        sgd = torch.optim.SGD if own else remote(torch.optim.SGD)
        opt = log.optimizer(sgd(model.parameters(), lr=0.1))
        student.train(model, opt, log.loader(BATCH), x, y, test, EPOCHS)
    return log


@pytest.mark.parametrize("own", [False, True], ids=["theirs", "ours"])
@pytest.mark.parametrize("how", RIGHT)
def test_a_right_loop_passes_every_question(transport: Transport, how: str, own: bool) -> None:
    if own and how == "the best model copied":
        pytest.skip("a model of the check's cannot be copied over there")
    log = logged(transport, RIGHT[how], own)
    for question in QUESTIONS.values():
        question(log)


@pytest.mark.parametrize("own", [False, True], ids=["theirs", "ours"])
@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_loop_fails_its_question_and_hears_why(transport: Transport, how: str, own: bool) -> None:
    loop, name, words = WRONG[how]
    log = logged(transport, loop, own)
    with pytest.raises(Failure, match=words):
        QUESTIONS[name](log)


def test_gradients_of_several_batches_may_be_added_up_where_the_exercise_says_so(transport: Transport) -> None:
    accumulating = """
    def train(model, opt, loader, x, y, test, epochs):
        for epoch in range(epochs):
            for number, (xb, yb) in enumerate(loader, start=1):
                (F.cross_entropy(model(xb), yb) / 3).backward()
                if number % 3 == 0:
                    opt.step()
                    opt.zero_grad()
    """
    log = logged(transport, accumulating, own=False)
    log.fresh_gradients(accumulated=3)
    log.steps(EPOCHS)
    with pytest.raises(Failure, match="after 3 backward passes"):
        log.fresh_gradients(accumulated=2)


def test_a_check_of_a_training_loop_ends_alike_in_both_places(transport: Transport) -> None:
    def check(student: Any) -> None:
        x, y = torch.randn(COUNT, 3), torch.arange(COUNT) % 2
        with TrainingLog(x, y) as log:
            model = log.model(student.Net())
            opt = log.optimizer(remote(torch.optim.SGD)(model.parameters(), lr=0.1))
            student.train(model, opt, log.loader(BATCH), x, y, x, EPOCHS)
        log.fresh_gradients()

    assert transport.finding(check, HEAD, body()).outcome == "passed"
    found = transport.finding(check, HEAD, body(zero=""))
    assert (found.outcome, found.reason) == ("failed", "wrong_answer")
    assert "earlier batches were still there" in found.message


def test_batches_rates_and_samples_can_be_read(transport: Transport) -> None:
    log = logged(transport, RIGHT["state kept"], own=False)
    assert log.batches == [4, 4, 2] * EPOCHS
    assert log.rates == pytest.approx([0.1 * 0.9**n for n in range(EPOCHS * 3)])
    assert sorted(log.fetched) == sorted([*range(COUNT)] * EPOCHS)


def test_a_loop_that_changes_its_inputs_is_judged_by_how_many_it_used(transport: Transport) -> None:
    scaled = LINES["loss"].replace("model(xb)", "model((xb - 0.1) / 0.9)")
    logged(transport, body(loss=scaled), own=True).each_sample_once(EPOCHS)
    skipping = body(loop="        for xb, yb in loader:\n            if len(xb) < 4: continue\n", loss=scaled)
    with pytest.raises(Failure, match="8 of the 10 samples"):
        logged(transport, skipping, own=True).each_sample_once(EPOCHS)


def test_a_loop_that_never_calls_the_model_as_a_function_is_told_to(transport: Transport) -> None:
    log = logged(transport, body(loss=LINES["loss"].replace("model(", "model.forward(")), own=True)
    with pytest.raises(Failure, match=r"Call the model as `model\(x\)`"):
        log.trained_in_training_mode()


def test_the_hooks_are_taken_off_at_the_end() -> None:
    model = Own()
    with TrainingLog(torch.randn(4, 3), torch.zeros(4)) as log:
        log.model(model)
        assert model._forward_hooks
    assert not model._forward_hooks


def test_samples_that_cannot_be_told_apart_are_the_authors_mistake() -> None:
    with pytest.raises(ValueError, match="told apart"):
        TrainingLog(torch.zeros(2, 3), torch.zeros(2))
    with pytest.raises(ValueError, match="told apart"):
        TrainingLog(torch.eye(3), torch.zeros(3), heldout=torch.eye(3)[:1])


def test_student_code_sees_of_the_recorded_data_what_loops_ask_for_and_no_more(wire: AcrossTheWire) -> None:
    student = wire.student(
        "import copy\n"
        "def sizes(loader): return len(loader), len(loader.dataset), loader.batch_size, loader.drop_last\n"
        "def inner(loader): return loader.generator\n"
        "def copied(f): return copy.deepcopy(f) is f and copy.copy(f) is f\n"
        "def taken(thing): return thing"
    )
    log = TrainingLog(torch.randn(COUNT, 3), torch.zeros(COUNT))
    loader = log.loader(BATCH)
    assert student.sizes(loader) == (3, COUNT, BATCH, False)
    with pytest.raises(AttributeError):
        student.inner(loader)
    with pytest.raises(Unsendable):
        student.taken(log)
    assert student.copied(lambda x: x) is True
    with pytest.raises(TypeError, match="raised by the object"):
        student.copied(log.dataset())
