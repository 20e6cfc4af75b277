"""The two classes of the demo: who hands in what, and what must come of it. Names are invented."""

from __future__ import annotations

import hostile
from recipes import (
    Recipe,
    after,
    bomb,
    conflicted,
    cut_off,
    escaping_zip,
    first,
    folder,
    instead,
    last,
    linked_folder,
    linked_zip,
    notebook,
    raw,
    script,
    two_notebooks,
    two_swapped,
    without_cells,
    without_metadata,
    zipped,
)

NOT_A_NOTEBOOK = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Sign in to download</body></html>\n"
MAGICS = "%matplotlib inline\n%load_ext autoreload\n%autoreload 2\n!pip install torch scikit-learn\nfiles = !ls\n"
ASKS = 'name = input("Your name: ")\nprint("Hello", name)\n'
PLOTS = """
import matplotlib.pyplot as plt

for k in range(3):
    plt.figure()
    plt.plot(range(k + 2))
    plt.show()
"""
HELPER = "def rows_maximum(x, dim):\n    return x.amax(dim=dim, keepdim=True)\n"
WITH_HELPER = """
from helpers import rows_maximum


def softmax(x, dim):
    e = (x - rows_maximum(x, dim)).exp()
    return e / e.sum(dim=dim, keepdim=True)
"""
HALF = ("softmax", "log_softmax", "cross_entropy", "notes_loss", "accuracy_sum")
OTHER_HALF = ("accuracy_gradient", "binary", "mlp", "train_epoch", "initial_loss", "train")

SOFTMAX = (
    Recipe("okafor-amara", "all right", notebook()),
    Recipe("odegard-bjorn", "right, in the formulas of textbooks", notebook(specimens=("right_textbook_formulas",))),
    Recipe("castellanos-diego", "right, with loops and einsum", notebook(specimens=("right_loops_and_einsum",))),
    Recipe(
        "haddad-layla", "right, in a zip", zipped(specimens=("right_subclass_and_indexing",), below="Assignment 4/")
    ),
    Recipe("novakova-tereza", "right, all in a .py file", script()),
    Recipe("nakamura-yui", "right, a folder with a module", folder({"helpers.py": HELPER}, WITH_HELPER)),
    Recipe(
        "mbeki-thandi", "right, with magics and shell lines", notebook(edits=(first(MAGICS), first("%%bash\nls -la\n")))
    ),
    Recipe("kowalski-jan", "right, waits for input()", notebook(edits=(first(ASKS),))),
    Recipe("silva-beatriz", "right, shows many plots", notebook(edits=(last(PLOTS),))),
    Recipe("ferrari-luca", "right, cells moved about", notebook(edits=(two_swapped("softmax", "train_epoch"),))),
    Recipe("zhang-wei", "right, an editor lost all metadata", notebook(edits=(without_metadata,))),
    Recipe("rossi-elena", "softmax without the maximum", notebook(specimens=("softmax_no_maximum",)), ("softmax",)),
    Recipe(
        "ivanov-pavel", "softmax over the wrong dim", notebook(specimens=("softmax_always_last_dim",)), ("softmax",)
    ),
    Recipe("nguyen-linh", "log of softmax", notebook(specimens=("log_softmax_log_of_softmax",)), ("log_softmax",)),
    Recipe(
        "dubois-camille",
        "the loss of the class notes",
        notebook(specimens=("cross_entropy_nll_of_probabilities",)),
        ("cross_entropy",),
    ),
    Recipe("owusu-kwame", "sum for mean", notebook(specimens=("cross_entropy_sum_for_mean",)), ("cross_entropy",)),
    Recipe(
        "lindqvist-ebba", "accuracy as a fraction", notebook(specimens=("accuracy_sum_fraction",)), ("accuracy_sum",)
    ),
    Recipe("popescu-ion", "no ReLU", notebook(specimens=("mlp_no_relu",)), ("mlp", "train")),
    Recipe(
        "garcia-ines",
        "three exercises wrong",
        notebook(specimens=("mlp_softmax_at_end", "epoch_no_zero_grad", "binary_overflow")),
        ("mlp", "train_epoch", "binary"),
        rest=False,
    ),
    Recipe("smith-olivia", "half finished", notebook(only=HALF), OTHER_HALF),
    Recipe(
        "yilmaz-emre",
        "a syntax error in one cell",
        notebook(edits=(instead("cross_entropy", "return losses.sum()", "return losses.sum("),)),
        ("cross_entropy",),
    ),
    Recipe("hansen-mads", "handed in as released", notebook(only=()), (*HALF, *OTHER_HALF)),
    Recipe("abebe-selam", "an empty notebook", notebook(edits=(without_cells,)), (*HALF, *OTHER_HALF)),
    Recipe("cohen-noa", "upload cut off", cut_off(0.6), rejected="unreadable"),
    Recipe("walker-jack", "a sign-in page", raw(NOT_A_NOTEBOOK), rejected="unreadable"),
    Recipe("petrov-mila", "an empty file", raw(b""), rejected="unreadable"),
    Recipe("khan-zara", "merge conflict", conflicted, rejected="unreadable"),
    Recipe("larsen-nils", "two notebooks", two_notebooks, rejected="unreadable"),
    Recipe("crowe-silas", "a zip that escapes", escaping_zip, rejected="unsafe_archive"),
    Recipe("marsh-eleanor", "a zip with a link", linked_zip, rejected="unsafe_archive"),
    Recipe("boomer-max", "a zip bomb", bomb, rejected="unsafe_archive"),
    Recipe("linkov-artem", "a folder with a link", linked_folder, rejected="unsafe_archive"),
    Recipe("exeter-rufus", "os._exit below an answer", notebook(edits=(after("softmax", hostile.EXIT_AT_IMPORT),))),
    Recipe("quitter-vera", "os._exit in a call", notebook(hostile.EXIT_IN_A_CALL), ("softmax",)),
    Recipe("leaver-tom", "sys.exit in a call", notebook(hostile.SYS_EXIT), ("accuracy_sum",)),
    Recipe("skipper-joan", "raises SkipTest", notebook(hostile.SKIP_TEST), ("cross_entropy",)),
    Recipe(
        "patch-adam", "patches torch and pytest", notebook(hostile.PATCH_TORCH_AND_PYTEST), ("softmax",), rest=False
    ),
    Recipe("forge-anna", "prints results", notebook(hostile.FORGED_RESULTS), ("accuracy_sum",)),
    Recipe("scribe-otto", "writes result files", notebook(hostile.FORGED_FILES), ("accuracy_sum",)),
    Recipe("peek-ida", "reads the tests", notebook(hostile.READ_THE_TESTS), ("softmax",)),
    Recipe("yes-mina", "equal to everything", notebook(hostile.ALWAYS_EQUAL), ("accuracy_sum",)),
    Recipe("loop-ravi", "never ends", notebook(hostile.ENDLESS_LOOP), ("accuracy_gradient",)),
    Recipe("hoard-greta", "100 GB", notebook(hostile.TOO_MUCH_MEMORY), ("notes_loss",)),
    Recipe("fork-boris", "forks without end", notebook(hostile.FORK_BOMB), ("notes_loss",)),
    Recipe("flood-nora", "200 MB of output", notebook(hostile.OUTPUT_FLOOD), rest=False),
    Recipe("markup-theo", "HTML and ANSI in an error", notebook(hostile.MARKUP_IN_ERRORS), ("accuracy_sum",)),
    Recipe("caller-yan", "calls the network", notebook(hostile.NETWORK), ("accuracy_sum",)),
)

LINEAR_WRONG = "def linear(x, W, b):\n    return x @ W + b\n"
DOT_OTHERWISE = "def dot_ops(w, x):\n    return torch.mul(x, w).sum(dim=0)\n"
LINEAR_OTHERWISE = "def linear(x, W, b):\n    return torch.einsum('bi,oi->bo', x, W) + b.unsqueeze(0)\n"
DISTANCE_OTHERWISE = """
def pairwise_sqdist(A, B):
    rows, columns = A.square().sum(dim=1)[:, None], B.square().sum(dim=1)[None, :]
    return torch.relu(rows + columns - 2 * torch.einsum("nd,md->nm", A, B))
"""
DOT_MATMUL = "def dot_ops(w, x):\n    return w @ x\n"
MSE_BROADCASTS = "def mse(y_true, y_pred):\n    return ((y_true - y_pred) ** 2).mean()\n"
BATCH_RESHAPED = """
def to_batch(imgs_uint8):
    n, h, w, c = imgs_uint8.shape
    return imgs_uint8.reshape(n, c, h, w).float() / 255
"""
INVERT_IN_PLACE = "def invert(img):\n    img.mul_(-1).add_(1)\n    return img\n"
STATS_UNBIASED = "def channel_stats(batch):\n    return batch.mean((0, 2, 3)), batch.std((0, 2, 3))\n"
NOISE_GLOBAL = "def seeded_noise(shape, seed):\n    torch.manual_seed(seed)\n    return torch.randn(shape)\n"
GRAY_FLAT = "def grayscale(batch):\n    return batch.mean(dim=1)\n"
DISTANCE_SIGN = "def pairwise_sqdist(A, B):\n    return (A * A).sum(1)[:, None] + (B * B).sum(1)[None, :]\n"
EXIT_NOISE = "def seeded_noise(shape, seed):\n    import os\n\n    os._exit(0)\n"

TENSORS = (
    Recipe("okafor-amara", "all right", notebook()),
    Recipe("odegard-bjorn", "right, written otherwise", notebook(DOT_OTHERWISE, LINEAR_OTHERWISE, DISTANCE_OTHERWISE)),
    Recipe("haddad-layla", "right, in a zip", zipped()),
    Recipe("novakova-tereza", "right, all in a .py file", script()),
    Recipe("mbeki-thandi", "right, with magics", notebook(edits=(first(MAGICS),))),
    Recipe("nakamura-yui", "right, a folder as released", folder({"notes.txt": "done!\n"}, named_as_released=True)),
    Recipe("rossi-elena", "matmul where it is forbidden", notebook(DOT_MATMUL), ("dot_ops",)),
    Recipe("ivanov-pavel", "weights not transposed", notebook(LINEAR_WRONG), ("linear",)),
    Recipe("nguyen-linh", "silent broadcast", notebook(MSE_BROADCASTS), ("mse",)),
    Recipe("dubois-camille", "reshape for permute", notebook(BATCH_RESHAPED), ("to_batch",)),
    Recipe("owusu-kwame", "changes the caller's image", notebook(INVERT_IN_PLACE), ("invert",)),
    Recipe("lindqvist-ebba", "two axes wrong", notebook(GRAY_FLAT, STATS_UNBIASED), ("grayscale", "channel_stats")),
    Recipe("popescu-ion", "a global seed", notebook(NOISE_GLOBAL), ("seeded_noise",)),
    Recipe("garcia-ines", "no product term", notebook(DISTANCE_SIGN), ("pairwise_sqdist",), rest=False),
    Recipe("cohen-noa", "upload cut off", cut_off(0.3), rejected="unreadable"),
    Recipe("crowe-silas", "a zip that escapes", escaping_zip, rejected="unsafe_archive"),
    Recipe("quitter-vera", "os._exit in a call", notebook(EXIT_NOISE), ("seeded_noise",)),
)

CLASSES = {"01-tensors": TENSORS, "04-softmax-classifier": SOFTMAX}
