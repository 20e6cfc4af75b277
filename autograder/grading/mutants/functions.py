"""The wrong function: another reduction or activation, one left out, or one that the loss contains already."""

from __future__ import annotations

import ast

from autograder.grading.mutants.axes import on_module
from autograder.grading.mutants.code import Change, Code, Edit, Found, called, names, replaced

_REDUCTIONS = {
    "sum": "mean",
    "mean": "sum",
    "nansum": "nanmean",
    "nanmean": "nansum",
    "max": "min",
    "min": "max",
    "amax": "amin",
    "amin": "amax",
    "argmax": "argmin",
    "argmin": "argmax",
    "maximum": "minimum",
    "minimum": "maximum",
    "std": "var",
    "var": "std",
    "any": "all",
    "all": "any",
    "cumsum": "cumprod",
    "cumprod": "cumsum",
    "prod": "sum",
    "median": "mean",
    "clamp_min": "clamp_max",
    "clamp_max": "clamp_min",
}
_FUNCTIONS = {
    "exp": "exp2",
    "log": "log2",
    "log2": "log",
    "log10": "log",
    "log1p": "log",
    "expm1": "exp",
    "sqrt": "square",
    "square": "abs",
    "abs": "square",
    "rsqrt": "sqrt",
    "relu": "sigmoid",
    "sigmoid": "tanh",
    "tanh": "sigmoid",
    "gelu": "relu",
    "softmax": "log_softmax",
    "log_softmax": "softmax",
    "logsumexp": "sum",
    "ReLU": "Sigmoid",
    "Sigmoid": "Tanh",
    "Tanh": "Sigmoid",
    "GELU": "ReLU",
    "sin": "cos",
    "cos": "sin",
    "floor": "ceil",
    "ceil": "floor",
    "zeros": "ones",
    "ones": "zeros",
    "zeros_like": "ones_like",
    "ones_like": "zeros_like",
    "randn": "rand",
    "rand": "randn",
    "randn_like": "rand_like",
    "rand_like": "randn_like",
    "randperm": "arange",
    "tril": "triu",
    "triu": "tril",
    "train": "eval",
    "eval": "train",
    "bmm": "mul",
    "ne": "eq",
    "eq": "ne",
    "lt": "le",
    "gt": "ge",
}
_TYPES = {
    "float": "double",
    "double": "float",
    "float32": "float64",
    "float64": "float32",
    "int64": "int32",
    "int32": "int64",
    "uint8": "int8",
    "float16": "float32",
    "bfloat16": "float32",
}
_METHODS_WITHOUT = names(
    "clone detach contiguous unsqueeze squeeze float double half long int bool to type transpose permute t "
    "mean sum flip sqrt exp log square abs relu sigmoid tanh softmax log_softmax clamp clamp_min clamp_max "
    "masked_fill neg item requires_grad_ manual_seed flatten reshape view tril triu round sort cpu tolist lower strip"
)
_FUNCTIONS_WITHOUT = names(
    "sqrt exp log log1p log2 square abs relu sigmoid tanh gelu softmax log_softmax clamp dropout layer_norm "
    "normalize float int tril triu sorted flatten"
)
_LAYERS = names(
    "ReLU LeakyReLU GELU SiLU ELU Tanh Sigmoid Softmax LogSoftmax Dropout Dropout2d BatchNorm1d BatchNorm2d "
    "LayerNorm GroupNorm MaxPool2d Flatten"
)
_OWN_OF_PYTHON = frozenset({"max", "min", "any", "all"})
_TRANSPOSED = frozenset({"T", "mT", "H", "mH"})


def reduction(code: Code, node: ast.AST) -> Found:
    """A sum becomes a mean, a maximum a minimum, and back. Python's own sum() has no mean."""
    if isinstance(node, ast.Call) and (isinstance(node.func, ast.Attribute) or called(node) in _OWN_OF_PYTHON):
        yield from _renamed(code, node, _REDUCTIONS)


def function(code: Code, node: ast.AST) -> Found:
    """log becomes log2, relu becomes sigmoid, randperm becomes arange, train() becomes eval()."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        value = node.func.value
        if not (isinstance(value, ast.Name) and value.id == "math" and _FUNCTIONS.get(called(node)) == "square"):
            yield from _renamed(code, node, _FUNCTIONS)


def number_type(code: Code, node: ast.AST) -> Found:
    """float32 becomes float64, and back."""
    if isinstance(node, ast.Attribute) and node.attr in _TYPES:
        end = code.span(node)[1]
        other = _TYPES[node.attr]
        yield Change(f"{other} for {node.attr}", (Edit(end - len(node.attr), end, other),))


def spread(code: Code, node: ast.AST) -> Found:
    """The standard deviation of a sample for that of a population, and back."""
    if isinstance(node, ast.keyword) and node.arg == "correction" and isinstance(node.value, ast.Constant):
        yield Change("the other correction", replaced(code, node.value, "0" if node.value.value else "1"))
    if isinstance(node, ast.Call) and called(node) in ("std", "var"):
        if any(keyword.arg in ("correction", "unbiased", "ddof") for keyword in node.keywords):
            return
        spans = code.arguments(node)
        at = spans[-1][1] if spans else code.span(node)[1] - 1
        yield Change("the other correction", (Edit(at, at, f"{', ' if spans else ''}correction=0"),))


def left_out(code: Code, node: ast.AST) -> Found:
    """`x.clone()`, `x.T` and `torch.exp(x)` become `x`."""
    if isinstance(node, ast.Attribute) and node.attr in _TRANSPOSED:
        yield Change(f"without {node.attr}", (_cut(code, node, node),))
    if not isinstance(node, ast.Call):
        return
    name = called(node)
    if isinstance(node.func, ast.Attribute) and not on_module(node):
        if name in _METHODS_WITHOUT:
            yield Change(f"without {name}", (_cut(code, node.func, node),))
    elif name in _FUNCTIONS_WITHOUT and node.args and not isinstance(node.args[0], (ast.Starred, ast.GeneratorExp)):
        yield Change(f"without {name}", replaced(code, node, code.operand(node.args[0])))


def layer(code: Code, node: ast.AST) -> Found:
    """An activation or a normalisation is left out of `nn.Sequential(...)`."""
    if not isinstance(node, ast.Call) or called(node) != "Sequential":
        return
    for argument in node.args:
        if isinstance(argument, ast.Call) and called(argument) in _LAYERS and len(node.args) > 1:
            yield Change(f"without {called(argument)}", code.without_argument(node, argument))


def twice_softmax(code: Code, node: ast.AST) -> Found:
    """Probabilities are given to a cross-entropy that takes logits."""
    if isinstance(node, ast.Call) and called(node) == "cross_entropy" and node.args:
        scores = node.args[0]
        if not isinstance(scores, ast.Starred):
            yield Change("softmax twice", replaced(code, scores, f"{code.operand(scores)}.softmax(dim=-1)"))


def _renamed(code: Code, call: ast.Call, others: dict[str, str]) -> Found:
    name = called(call)
    if name in others:
        end = code.span(call.func)[1]
        yield Change(f"{others[name]} for {name}", (Edit(end - len(name), end, others[name]),))


def _cut(code: Code, attribute: ast.Attribute, whole: ast.AST) -> Edit:
    """What stands behind the value that an attribute is taken of: from its dot on."""
    behind = code.tokens(code.span(attribute.value)[1], code.span(attribute)[1])
    dot = next(start for start, _, text in behind if text == ".")
    return Edit(dot, code.span(whole)[1], "")
