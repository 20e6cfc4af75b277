"""`forbid` sees the ready-made function under every name it can be given, and leaves the student's own code alone."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks import Failure, forbid, source_of

IMPORTS = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\nimport numpy as np\n"


def judge(*cells: str, name: str = "ce", apis: tuple[str, ...] = ("cross_entropy",)) -> str:
    """ "" where nothing is found, else the message."""
    student = SimpleNamespace(__autograder_source__=(IMPORTS, *cells))
    try:
        forbid(student, name, *apis)
    except Failure as failure:
        return f"{failure.reason}: {failure.message}"
    return ""


CAUGHT = {
    "alias": "def ce(z, y):\n    return F.cross_entropy(z, y)",
    "full path": "def ce(z, y):\n    return torch.nn.functional.cross_entropy(z, y)",
    "from import": "from torch.nn.functional import cross_entropy as quiet\ndef ce(z, y): return quiet(z, y)",
    "import inside": "def ce(z, y):\n    from torch.nn.functional import cross_entropy as q\n    return q(z, y)",
    "star import": "from torch.nn.functional import *\ndef ce(z, y): return cross_entropy(z, y)",
    "layer": "def ce(z, y): return nn.CrossEntropyLoss()(z, y)",
    "getattr": "def ce(z, y): return getattr(F, 'cross_entropy')(z, y)",
    "getattr of a sum": "def ce(z, y): return getattr(F, 'cross' + '_' + 'entropy')(z, y)",
    "getattr of a name": "n = 'cross_entropy'\ndef ce(z, y): return getattr(F, n)(z, y)",
    "getattr of anything": "def ce(z, y, n): return getattr(F, n[::-1])(z, y)",
    "dict": "def ce(z, y): return F.__dict__['cross_entropy'](z, y)",
    "top-level alias": "my = F.cross_entropy\ndef ce(z, y): return my(z, y)",
    "is the thing": "ce = F.cross_entropy",
    "imported as": "from torch.nn.functional import cross_entropy as ce",
    "lambda": "ce = lambda z, y: F.cross_entropy(z, y)",
    "through a helper": "def ce(z, y): return h(z, y)\ndef h(z, y): return F.cross_entropy(z, y)",
    "in a list": "tools = []\ntools.append(F.cross_entropy)\ndef ce(z, y): return tools[0](z, y)",
    "on an attribute": "class T: pass\nT.f = F.cross_entropy\ndef ce(z, y): return T.f(z, y)",
    "by setattr": "class T: pass\nsetattr(T, 'f', F.cross_entropy)\ndef ce(z, y): return T.f(z, y)",
    "local alias": "def ce(z, y):\n    G = F\n    f = G.cross_entropy\n    return f(z, y)",
    "in a class": "class ce:\n    def __call__(self, z, y): return F.cross_entropy(z, y)",
    "default argument": "def ce(z, y, f=F.cross_entropy): return f(z, y)",
    "decorator": "def give(f): return F.cross_entropy\n@give\ndef ce(z, y): pass",
    "in a branch": "def ce(z, y): return 0\nif True:\n    def ce(z, y): return F.cross_entropy(z, y)",
    "in a try": "try:\n    ce = F.cross_entropy\nexcept Exception:\n    pass",
    "eval": "def ce(z, y): return eval('F.cross' + x)(z, y)",
    "exec": "def ce(z, y): exec('a = 1')",
    "importlib": "import importlib\ndef ce(z, y): return importlib.import_module('torch.nn')",
    "__import__": "def ce(z, y): return __import__('torch')",
    "globals": "def ce(z, y): return globals()['F']",
    "attrgetter": "import operator\ndef ce(z, y): return operator.attrgetter('cross_entropy')(F)(z, y)",
    "aten": "def ce(z, y): return torch.ops.aten.cross_entropy_loss(z, y)",
    "taken out by match": "def ce(z, y):\n    match F:\n        case object(cross_entropy=g): return g(z)",
    "in a set": "tools = set()\ntools.add(F.cross_entropy)\ndef ce(z, y): return [*tools][0](z, y)",
    "put in by the way": "tools = []\n_ = tools.append(F.cross_entropy)\ndef ce(z, y): return tools[0](z, y)",
    "by operator.setitem": (
        "import operator\nt = {}\noperator.setitem(t, 0, F.cross_entropy)\ndef ce(z, y): return t[0](z, y)"
    ),
    "by a method of theirs": (
        "class T:\n    def put(self, g): self.g = g\nt = T()\nt.put(F.cross_entropy)\ndef ce(z, y): return t.g(z, y)"
    ),
    "a hook": (
        "m = nn.Identity()\nm.register_forward_hook(lambda m, i, o: F.cross_entropy(o, o))\ndef ce(z, y): return m(z)"
    ),
    "pkgutil": "import pkgutil\ndef ce(z, y): return pkgutil.resolve_name('torch:' + n)(z, y)",
    "a frame": "import sys\ndef ce(z, y): return sys._getframe().f_builtins['getattr'](F, n)(z, y)",
    "compiled text": "def ce(z, y): return torch.jit.CompilationUnit('def g(x): return x').g(z)",
    "timeit": "import timeit\ndef ce(z, y): return timeit.timeit(text)",
}

FINE = {
    "composed": "def ce(z, y): return -(z.log_softmax(-1).gather(1, y[:, None])).mean()",
    "only in a demo": "def ce(z, y): return z.sum()\nprint(F.cross_entropy)\nF.cross_entropy(1, 2)",
    "in an earlier try": "def ce(z, y): return F.cross_entropy(z, y)\ndef ce(z, y): return z.sum()",
    "own helper of that name": "def cross_entropy(z, y): return z.sum()\ndef ce(z, y): return cross_entropy(z, y)",
    "a parameter of that name": "def ce(z, cross_entropy): return cross_entropy(z)",
    "a local of that name": "def ce(z, y):\n    cross_entropy = z.sum()\n    return cross_entropy",
    "own method": "class ce:\n    def cross_entropy(self): return 1\n    def f(self): return self.cross_entropy()",
    "in a docstring": 'def ce(z, y):\n    """Same as F.cross_entropy."""\n    return z.sum()',
    "model.eval": "def ce(model, y):\n    model.eval()\n    return model(y)",
    "a broken cell elsewhere": "def ce(z, y): return z.sum()",
    "compared in a demo": (
        "m = nn.Linear(2, 2)\ndef ce(z, y): return torch.exp(z).sum()\n"
        "torch.testing.assert_close(m.weight, F.cross_entropy(m.weight, m.weight))"
    ),
}


@pytest.mark.parametrize("how", CAUGHT)
def test_the_ready_made_function_is_found(how: str) -> None:
    assert judge(CAUGHT[how]).startswith("forbidden_api: ")


@pytest.mark.parametrize("how", FINE)
def test_honest_code_is_left_alone(how: str) -> None:
    assert judge(FINE[how], "def broken(:\n  pass") == ""


@pytest.mark.parametrize(
    ("body", "caught"),
    [
        ("return w @ x", True),
        ("return torch.matmul(w, x)", True),
        ("return torch.Tensor.matmul(w, x)", True),
        ("return w.matmul(x)", True),
        ("return w.__matmul__(x)", True),
        ("w @= x; return w", True),
        ("return np.matmul(w, x)", True),
        ("return (w * x).sum()", False),
        ("return torch.einsum('i,i', w, x)", False),
    ],
)
def test_at_covers_every_spelling_of_the_matrix_product(body: str, caught: bool) -> None:
    assert bool(judge(f"def f(w, x):\n    {body}", name="f", apis=("@",))) is caught


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ("def f(x):\n    for a in x: pass", True),
        ("def f(x):\n    while x: pass", True),
        ("def f(x): return [a for a in x]", True),
        ("def f(x): return sum(a for a in x)", True),
        ("def f(x): return list(map(abs, x))", True),
        ("def f(x): return x[0] + f(x[1:])", True),
        ("f = np.vectorize(abs)", True),
        ("def f(x): return (x * x).sum()", False),
        ("def f(x): return g(x)\ndef g(x): return x", False),
    ],
)
def test_loop_covers_loops_comprehensions_map_and_recursion(code: str, caught: bool) -> None:
    assert bool(judge(code, name="f", apis=("loop",))) is caught


def test_a_dotted_name_covers_the_package_and_not_a_method() -> None:
    own = "def f(s):\n    g = torch.Generator()\n    g.manual_seed(s)\n    return torch.randn(2, generator=g)"
    assert judge(own, name="f", apis=("torch.manual_seed",)) == ""
    assert judge("def f(s): torch.manual_seed(s)", name="f", apis=("torch.manual_seed",))
    assert judge("def f(s): torch.random.manual_seed(s)", name="f", apis=("torch.manual_seed",))
    assert judge("def f(s): np.random.seed(s)", name="f", apis=("torch.manual_seed",)) == ""
    assert judge("def f(z): return F.softmax(z)", name="f", apis=("F.softmax",))
    assert judge("def f(x): return sum(x)", name="f", apis=("builtins.sum",))
    assert judge("def f(x): return x.sum()", name="f", apis=("builtins.sum",)) == ""


@pytest.mark.parametrize("made", ["dict.fromkeys(x, 0)", "int.from_bytes(x, 'big')", "str.maketrans(x, x)"])
def test_methods_of_plain_types_hide_nothing(made: str) -> None:
    assert judge(f"def f(x): return {made}", name="f", apis=("softmax",)) == ""


@pytest.mark.parametrize(
    "made", ["object.__subclasses__()", "type.__getattribute__(F, x)", "dict.__getattribute__(F, x)"]
)
def test_what_every_type_has_may_still_reach_anything(made: str) -> None:
    assert judge(f"def f(x): return {made}", name="f", apis=("softmax",))


def test_the_message_names_the_line_and_the_way_there() -> None:
    message = judge("def ce(z, y): return h(z, y)\ndef h(z, y):\n    return F.cross_entropy(z, y)")
    assert "`ce` uses `torch.nn.functional.cross_entropy`" in message
    assert "code cell 2, line 3: `return F.cross_entropy(z, y)`" in message
    assert "through `h`" in message


def test_the_message_says_why_in_the_authors_words() -> None:
    assert judge("def ce(z, y): return F.cross_entropy(z, y)").endswith("build it from simpler operations.")
    cached = "import functools\n\n@functools.lru_cache\ndef ce(z): return z"
    with pytest.raises(Failure, match=r"lru_cache.*Draw anew on every call\.$"):
        forbid(SimpleNamespace(__autograder_source__=(cached,)), "ce", "lru_cache", why="Draw anew on every call.")


def test_a_name_that_no_cell_defines_is_missing() -> None:
    with pytest.raises(Failure) as caught:
        forbid(SimpleNamespace(__autograder_source__=("x = 1",)), "ce", "cross_entropy")
    assert caught.value.reason == "missing_name"


def test_a_student_without_source_is_the_platforms_mistake() -> None:
    with pytest.raises(LookupError):
        source_of(SimpleNamespace())


@given(st.text(max_size=80))
def test_any_text_in_a_cell_is_read_without_an_exception(text: str) -> None:
    judge(text, "def ce(z, y): return z.sum()")


def student_with(helper: str, *cells: str) -> SimpleNamespace:
    return SimpleNamespace(__autograder_source__=cells, __autograder_modules__={"helper": helper})


@pytest.mark.parametrize(
    "cell",
    [
        "from helper import softmax",
        "from helper import inner as softmax",
        "from helper import *",
        "import helper\ndef softmax(x): return helper.inner(x)",
        "import helper as h\nsoftmax = h.softmax",
    ],
)
def test_a_module_of_the_students_own_is_read_too(cell: str) -> None:
    helper = (
        "import torch.nn.functional as F\ndef inner(x):\n    return F.softmax(x, 0)\ndef softmax(x): return inner(x)"
    )
    with pytest.raises(Failure, match=r"helper\.py, line 3"):
        forbid(student_with(helper, cell), "softmax", "softmax")


def test_a_module_that_builds_it_from_simpler_operations_is_fine() -> None:
    helper = "def softmax(x):\n    e = x.exp()\n    return e / e.sum()"
    forbid(student_with(helper, "from helper import softmax"), "softmax", "softmax")


def test_modules_that_import_each_other_are_read_once() -> None:
    helper = "import helper\ndef softmax(x):\n    return x"
    forbid(student_with(helper, "from helper import softmax"), "softmax", "softmax")


BEHIND = {
    "a walrus": "print(f := F.cross_entropy)\ndef ce(z, y): return f(z, y)",
    "a walrus in a comprehension": "[f := F.cross_entropy for _ in [0]]\ndef ce(z, y): return f(z, y)",
    "a loop's variable": "for f in [F.cross_entropy]: pass\ndef ce(z, y): return f(z, y)",
    "a with": "with contextlib.nullcontext(F.cross_entropy) as f: pass\ndef ce(z, y): return f(z, y)",
    "an except": (
        "try: raise ValueError(F.cross_entropy)\nexcept ValueError as e: f = e.args[0]\ndef ce(z, y): return f(z, y)"
    ),
    "a match": "match F.cross_entropy:\n    case f: pass\ndef ce(z, y): return f(z, y)",
    "a global": "def setup():\n    global f\n    f = F.cross_entropy\nsetup()\ndef ce(z, y): return f(z, y)",
    "a global, later": (
        "def late():\n    global ce\n    ce = F.cross_entropy\nstart(late)\ndef ce(z, y): return z.sum()"
    ),
    "the dictionary, kept": "D = F.__dict__\ndef ce(z, y): return D['cross_' + x](z, y)",
    "the dictionary's get": "def ce(z, y): return F.__dict__.get('cross' + x)(z, y)",
    "getattr by another name": "g = getattr\ndef ce(z, y): return g(F, 'cross' + x)(z, y)",
    "__getattribute__": "def ce(z, y): return F.__getattribute__('cross' + x)(z, y)",
    "pickle": "import pickle\nf = pickle.loads(b'x')\ndef ce(z, y): return f(z, y)",
    "inspect": "import inspect\ndef ce(z, y): return dict(inspect.getmembers(F))['cross' + x](z, y)",
    "globals, updated": "def ce(z, y): return z.sum()\nglobals().update(ce=F.cross_entropy)",
    "globals, assigned to": "def ce(z, y): return z.sum()\nglobals()['ce'] = F.cross_entropy",
    "exec at the top": "def ce(z, y): return z.sum()\nexec('ce = F.cross' + x)",
    "__main__": "def ce(z, y): return z.sum()\nimport __main__\n__main__.ce = F.cross_entropy",
    "sys.modules": "def ce(z, y): return z.sum()\nimport sys as s\ns.modules['__main__'].ce = F.cross_entropy",
    "a frame": "def ce(z, y): return z.sum()\nimport sys\nsys._getframe(0).f_globals['ce'] = F.cross_entropy",
    "a method of torch's": "torch.Tensor.mine = F.cross_entropy\ndef ce(z, y): return z.mine(y)",
    "a method of torch's, by setattr": "setattr(torch.Tensor, 'm', F.cross_entropy)\ndef ce(z, y): return z.m(y)",
    "an operator of torch's": "torch.Tensor.__add__ = lambda a, b: F.cross_entropy(a, b)\ndef ce(z, y): return z + y",
    "a frame's names, kept": "import sys\nG = sys._getframe().f_globals\ndef ce(z, y): return z.sum()",
    "builtins": "import builtins\nbuiltins.f = F.cross_entropy\ndef ce(z, y): return f(z, y)",
    "a star, and itself": "from torch.nn.functional import *\nce = cross_entropy",
    "a module written here": "open('m.py', 'w').write('def ce(z, y): return F.cross_entropy(z, y)')\nfrom m import ce",
    "a module written somehow": "open('m' + '.py', 'w').write(x)\nimport m\ndef ce(z, y): return z.sum()",
    "a layer for images": "def ce(z, y): return torch.native_cross_entropy(z, y)",
}
OPEN = {
    "a module written as it stands": (
        "with open('h.py', 'w') as _: _.write('def ce(z, y): return z.sum()')\nfrom h import ce"
    ),
    "files of data": "open('log.txt', 'w').write('x')\nimport notinstalled\ndef ce(z, y): return z.sum()",
    "files that are read": "import notinstalled\ndata = open(name).read()\ndef ce(z, y): return z.sum()",
    "a list called modules": "class ce:\n    def f(self): return self.modules[0]",
    "gc": "import gc\ndef ce(z, y):\n    gc.collect()\n    return z.sum()",
    "pickled data": "import pickle\ndata = pickle.load(open('data.pkl', 'rb'))\ndef ce(z, y): return data",
    "globals, looked at": (
        "if 'seed' not in globals(): seed = 1\nprint(globals()['seed'])\ndef ce(z, y): return z.sum()"
    ),
    "vars of something": "print(vars(args))\ndef ce(z, y): return z.sum()",
    "settings of torch's": "torch.backends.cudnn.deterministic = True\ndef ce(z, y): return z.sum()",
    "a function of torch's, replaced": "F.cross_entropy = lambda *_: 0\ndef ce(z, y): return z.sum()",
    "settings of plots": "plt.rcParams['figure.dpi'] = 100\ndef ce(z, y): return z.sum()",
    "another module": "import sys\nx = sys.modules['numpy']\ndef ce(z, y): return z.sum()",
    "a frame, looked at": "import sys\nx = sys._getframe().f_locals.get('x')\ndef ce(z, y): return z.sum()",
    "main": "def ce(z, y): return z.sum()\nif __name__ == '__main__': print(ce(1, 2))",
    "a counter": "count = 0\ndef ce(z, y):\n    global count\n    count += 1\n    return z.sum()",
    "self's dictionary": "class ce:\n    def __init__(self, **k): self.__dict__.update(k)",
    "its own softmax beside a star": (
        "from torch import *\ndef cross_entropy(z, y): return z\ndef ce(z, y): return cross_entropy(z, y)"
    ),
}


@pytest.mark.parametrize("how", BEHIND)
def test_a_name_that_is_bound_behind_the_notebooks_back_is_followed(how: str) -> None:
    assert judge(BEHIND[how]).startswith("forbidden_api"), how


@pytest.mark.parametrize("how", OPEN)
def test_what_only_looks_like_it_is_left_alone(how: str) -> None:
    assert judge(OPEN[how]) == ""


def test_a_module_that_the_compiler_cannot_read_is_none() -> None:
    student = SimpleNamespace(
        __autograder_source__=("from helper import ce",), __autograder_modules__={"helper": "x = a" + ".b" * 300_000}
    )
    with pytest.raises(Failure) as found:
        forbid(student, "ce", "cross_entropy")
    assert found.value.reason == "missing_name"


LOOPS = {
    "two that call each other": "def g(x): return f(x)\ndef f(x): return g(x[1:])",
    "a function inside": "def f(x):\n    def g(y): return g(y[1:])\n    return g(x)",
    "a method": "class A:\n    def g(self, x): return self.g(x[1:])\ndef f(x): return A().g(x)",
    "a method of another object": "class A:\n    def g(self, x): return A().g(x[1:])\ndef f(x): return A().g(x)",
    "starmap": "import itertools\ndef f(x): return list(itertools.starmap(abs, x))",
    "fromiter": "def f(x): return np.fromiter(x, float)",
    "apply_": "def f(x): return x.apply_(abs)",
}

NO_LOOPS = {
    "a class that knows itself": "class V:\n    def __eq__(self, o: 'V'): return type(o) is V\ndef f(x): return V()",
    "a method named as a builtin": "class A:\n    def max(self, x): return max(x, 1)\ndef f(x): return A().max(x)",
    "the base's method": "class f(nn.Module):\n    def forward(self, x): return super().forward(x)",
    "the part's method": "class A(nn.Module):\n    def forward(self, x): return self.part.forward(x)\nf = A()",
    "apply of a module": "def f(m): return m.apply(torch.exp)",
}


@pytest.mark.parametrize("how", LOOPS)
def test_recursion_and_what_calls_back_are_loops(how: str) -> None:
    assert judge(LOOPS[how], name="f", apis=("loop",)).startswith("forbidden_api: ")


@pytest.mark.parametrize("how", NO_LOOPS)
def test_what_only_mentions_itself_is_no_loop(how: str) -> None:
    assert judge(NO_LOOPS[how], name="f", apis=("loop",)) == ""


@pytest.mark.parametrize("how", ["dot", "inner", "tensordot", "addmm", "chain_matmul"])
def test_every_function_for_products_is_a_product(how: str) -> None:
    assert judge(f"def f(a, b): return torch.{how}(a, b)", name="f", apis=("@",)).startswith("forbidden_api: ")
