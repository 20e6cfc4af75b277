"""What is trained: ridge regression on random features and the two-layer network, on tasks turned at random."""

import math

import torch
from autograder.checks import Failure, Score, accuracy, check, close, remote, second_chance

TASKS = ("xor", "circle", "ring")


def disguised(rng, task, sizes=(500, 4000)):
    """Points and classes of a task, turned by a random angle and with classes exchanged by chance: two parts."""
    angle = 2 * math.pi * float(rng.uniform(1, dtype=torch.float64))
    turn = torch.tensor([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]], dtype=torch.float64)
    exchange = rng.size(0, 1)
    parts = []
    for size in sizes:
        X = rng.uniform(size, 2, low=-1, high=1, dtype=torch.float64)
        r = X.square().sum(1)
        one = {"xor": X.prod(1) < 0, "circle": r < 0.6, "ring": (r - 0.6).abs() < 0.3}[task]
        parts.append((X @ turn, one.long() ^ exchange))
    return parts


def some_points(rng, n, d):
    X = rng.normal(n, d, dtype=torch.float64)
    return X, (X.square().sum(1) + X[:, 0] > d).long()


def regressed(M, b, X, y, lam, Z):
    """Scores of Z: kernel ridge regression, with the constant taken out by centring."""
    features, others = (torch.where(A @ M.T + b < 0, -1.0, 1.0).double() for A in (X, Z))
    t, mean = 2.0 * y.double() - 1, features.mean(0)
    K = (features - mean) @ (features - mean).T
    alpha = torch.linalg.solve(K + lam * torch.eye(len(t), dtype=K.dtype), t - t.mean())
    return (others - mean) @ (features - mean).T @ alpha + t.mean()


def attributes(model, *names):
    found = []
    for name in names:
        value = getattr(model, name, None)
        if not isinstance(value, torch.Tensor):
            raise Failure(f"The classifier has no tensor `{name}` as an attribute: self.{name} = ...", "wrong_type")
        found.append(value.detach().clone())
    return found


@check(
    "rf_classifier",
    points=2,
    hint="__init__ draws M and b with make_rf(d, k, seed). fit: ridge_fit of 2 * y - 1 on rf_sign(X, self.M, self.b) "
    "with this lam. scores: the same features of new examples, @ w + c.",
)
def test_the_classifier_is_ridge_regression_on_fixed_features(student, rng):
    for n, d, k, lam in ((40, 2, 12, 1.0), (15, 5, 30, 0.2), (30, 3, 30, 5.0), (25, 1, 1, 1.0)):
        seed = rng.seed()
        model = student.RandomFeatureClassifier(d, k, seed, lam)
        M, b = attributes(model, "M", "b")
        assert (M, b) == close(tuple(student.make_rf(d, k, seed))), "M and b are not make_rf(d, k, seed)'s."
        for _ in range(2):  # the second fit forgets the first one
            X, y = some_points(rng, n, d)
            Z = rng.normal(17, d, dtype=torch.float64)
            fitted = model.fit(X, y)
            assert getattr(fitted, "M", None) is not None, "fit returns the classifier itself: return self."
            want = regressed(M, b, X, y, lam, Z)
            scores = model.scores(Z)
            now = attributes(model, "M", "b")
            assert tuple(now) == close((M, b)), (
                "M or b changed after the classifier was made: draw them once, in __init__."
            )
            assert scores == close(want, rtol=1e-5, magnitude=1e3)
            one = torch.cat([model.scores(z[None]) for z in Z[:4]])
            assert one == close(want[:4], rtol=1e-5, magnitude=1e3), "One example alone gets another score."
            assert fitted.scores(Z) == close(want, rtol=1e-5, magnitude=1e3)
            w, c = attributes(model, "w", "c")
            shapes = f"w and c have the shapes (k,) and (), not {tuple(w.shape)} and {tuple(c.shape)}."
            assert w.shape == (k,) and c.shape == (), shapes
            by_hand = torch.where(Z @ M.T + b < 0, -1.0, 1.0).double() @ w + c
            assert by_hand == close(want, rtol=1e-5, magnitude=1e3), "w and c are not the weights behind the scores."
    for n, classes in ((9, [0] * 9), (9, [1] * 9), (1, [1]), (1, [0])):
        X, y = rng.normal(n, 2, dtype=torch.float64), torch.tensor(classes)
        model = student.RandomFeatureClassifier(2, 7, 3)
        assert model.fit(X, y).scores(X) == close(2.0 * y.double() - 1, atol=1e-8), (
            "Where all examples are of one class, or there is one alone, +1 or -1 is the score everywhere. The targets "
            "follow from the classes 0 and 1, not from those that happen to occur."
        )
    X, y = some_points(rng, 20, 2)
    first, second = student.RandomFeatureClassifier(2, 9, 1), student.RandomFeatureClassifier(2, 9, 2)
    assert not torch.equal(first.M, second.M), "Two seeds gave the same M: is the seed used?"
    first.fit(X, y)
    second.fit(X.flip(1), 1 - y)
    for model, given in ((first, (X, y)), (second, (X.flip(1), 1 - y))):
        want = regressed(*attributes(model, "M", "b"), *given, 1.0, X)
        assert model.scores(X) == close(want, rtol=1e-5, magnitude=1e3), (
            "Two classifiers get into each other's way (or lam is not 1 by default): store everything on self."
        )


@check(
    "rf_classifier",
    points=1,
    hint="200 random features reach .95 on xor and circle, .87 on the ring. Accuracy near .5: are the features of the "
    "test points made with the same M and b?",
)
def test_random_features_solve_the_tasks(student, rng):
    scores = []
    for task in TASKS:
        (X, y), (X_held, y_held) = disguised(rng, task)
        full, half = (0.80, 0.70) if task == "ring" else (0.90, 0.80)

        def attempt(seed):
            model = student.RandomFeatureClassifier(2, 200, seed).fit(X, y)
            guess = model.scores(X_held)
            if tuple(guess.shape) != (4000,):
                raise Failure(f"the scores of 4000 examples have shape {tuple(guess.shape)}.")
            return accuracy((guess > 0).long(), y_held, full=full, half=half, what=f"accuracy on {task}")

        scores.append(second_chance(attempt, rng, margin=1))
    return Score.worst(*scores)


def trained(student, X, y, h, steps, seed):
    """(model, losses), or a Failure that says what came instead."""
    result = student.train_two_layer(X, y, h, steps, seed)
    if type(result) not in (tuple, list) or len(result) != 2:
        raise Failure("train_two_layer returns a pair: (model, losses).", "wrong_type")
    model, losses = result
    if type(losses) not in (tuple, list) or not all(isinstance(loss, float) for loss in losses):
        raise Failure("losses is a list of Python floats: .item() takes one out of its tensor.", "wrong_type")
    assert len(losses) == steps, f"{steps} steps should give {steps} losses, not {len(losses)}."
    return model, losses


def weights_of(model):
    return {name: value.detach().clone() for name, value in model.named_parameters()}


def recomputed(model, X, h):
    """The network's logits on X, computed here from its parameters: Linear(d, h), ReLU, Linear(h, 1)."""
    d = X.shape[1]
    by_shape = {tuple(value.shape): value.float() for value in weights_of(model).values()}
    if set(by_shape) != {(h, d), (h,), (1, h), (1,)}:
        raise Failure(f"The model is not TwoLayer({d}, {h}): its parameters have the shapes {sorted(by_shape)}.")
    logits = torch.relu(X @ by_shape[h, d].T + by_shape[(h,)]) @ by_shape[1, h][0] + by_shape[(1,)]
    if not model(X).detach() == close(logits, rtol=1e-3, atol=1e-3 * float(logits.abs().max())):
        raise Failure(
            "The logits do not follow from the model's parameters as Linear, ReLU, Linear: return a TwoLayer."
        )
    return logits


@check(
    "train_two_layer",
    points=3,
    hint="Adam with lr=0.03 and all examples in each step. Accuracy near .5: do the weights move (zero_grad, backward, "
    "step), are the labels floats of the same shape as the logits? Around .8: the learning rate is too small.",
)
def test_the_network_solves_turned_tasks(student, rng, record):
    scores = []
    for task in ("xor", "circle"):
        (X, y), (X_held, y_held) = disguised(rng, task)

        def attempt(seed):
            model, losses = trained(student, X.float(), y, 16, 500, seed)
            record.series(f"training loss on {task}", losses)
            logits = recomputed(model, X_held.float(), 16)
            return accuracy((logits > 0).long(), y_held, full=0.95, half=0.85, what=f"accuracy on {task}")

        scores.append(second_chance(attempt, rng, margin=1))
    return Score.worst(*scores)


@check(
    "train_two_layer",
    points=1,
    hint="torch.manual_seed(seed) before the network is made. Sizes come from the arguments: X.shape[1], h, steps. "
    "Each loss is measured before its step.",
)
def test_the_seed_and_the_arguments_decide(student, rng):
    for d, h, steps in ((2, 3, 2), (5, 7, 1), (1, 4, 6)):
        X, y = some_points(rng, 30, d)
        seed = rng.seed() // 2
        first, losses = trained(student, X.float(), y, h, steps, seed)
        recomputed(first, rng.normal(9, d), h)
        remote(torch.nn.Linear)(7, 7)  # draws from torch's global generator, as anything between two runs may
        again, _ = trained(student, X.float(), y, h, steps, seed)
        assert weights_of(first) == close(weights_of(again)), (
            "The same seed gave two different networks: call torch.manual_seed(seed) before the network is made."
        )
        for other in (seed + 1, seed + 10, seed + 1000, seed + 2**20, 0 if seed else 2):
            assert not weights_of(first) == close(weights_of(trained(student, X.float(), y, h, steps, other)[0])), (
                "Two seeds gave the same network: the seed is not used, or another one is fixed inside."
            )
        elsewhere, _ = trained(student, X.float().flip(0)[:20] + 1, y[:20], h, steps, seed)
        assert not weights_of(first) == close(weights_of(elsewhere)), (
            "Other data gave the same network: train on X and y."
        )
        assert 0 < losses[0] < 5, (
            "The first loss is not one of a fresh network, about log 2: is it the mean over the examples, of logits?"
        )
    X, y = some_points(rng, 30, 2)
    seed = rng.seed()
    first, _ = trained(student, X.float(), y, 8, 15, seed)
    for place in (0, 15, 29):
        turned = y.clone()
        turned[place] = 1 - turned[place]
        moved, _ = trained(student, X.float(), turned, 8, 15, seed)
        assert not weights_of(first) == close(weights_of(moved)), (
            "Another label of one example gave the same network: each step uses all examples, the last one too."
        )
    X, y = some_points(rng, 600, 2)
    order, seed = rng.permutation(600), rng.seed()
    _, losses = trained(student, X.float(), y, 8, 3, seed)
    _, others = trained(student, X.float()[order], y[order], 8, 3, seed)
    assert losses == close(others, rtol=1e-3), (
        "The same examples in another order gave other losses: each step uses all examples, and no part of them."
    )
    X = rng.normal(8, 2).repeat(8, 1)
    y = torch.tensor([1, 0, 0, 0]).repeat_interleave(16)  # a quarter of each point's eight labels is 1
    _, losses = trained(student, X, y, 8, 300, seed)
    entropy = 2 * math.log(2) - 0.75 * math.log(3)
    assert entropy - 1e-3 < losses[-1] < entropy + 0.06, (
        "Where a quarter of the labels is 1, whatever x is, binary_cross_entropy_with_logits falls to 0.562 and no "
        f"further. The last of these losses is {losses[-1]:.3f}: another loss, or weights of the examples?"
    )
    y = rng.integers(0, 2, (80,))
    X = rng.normal(80, 2, dtype=torch.float64).abs() + 0.3
    X[:, 1] *= 2.0 * y - 1  # a line parts the two classes, with room to spare
    model, many = trained(student, X.float(), y, 8, 300, rng.seed())
    logits = recomputed(model, X.float(), 8)
    final = float(torch.nn.functional.binary_cross_entropy_with_logits(logits, y.float()))
    assert many[-1] < 0.8 * many[0], "After 300 steps the loss has hardly fallen: do the weights move?"
    near = 0.5 * final - 0.02 < many[-1] < 2 * final + 0.1
    assert near, "The last loss is not (about) that of the network that came back: is it the loss of the text?"
