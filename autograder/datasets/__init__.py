"""Real data sets for notebooks, where there is a network. Nothing that is graded imports this."""

from autograder.datasets.images import Images, cifar10, fashion_mnist, kmnist, mnist

__all__ = ["Images", "cifar10", "fashion_mnist", "kmnist", "mnist"]
