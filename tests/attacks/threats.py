"""What submissions are known to try, by number. The numbers are those of the list that the project began with; gaps are
duplicates that were dropped. Each is shown by attacks of the corpus, or listed in corpus/NOT_YET.md with the reason."""

from __future__ import annotations

THREATS = {
    # Forging the verdict
    1: "os._exit(0) at import",
    2: "os._exit(0) inside a call",
    4: "pytest.skip()",
    5: "raising unittest.SkipTest",
    7: "a conftest.py whose hooks pass everything",
    8: "a pytest.ini with --collect-only",
    10: "patching pytest's Function.runtest",
    11: "an atexit that prints `2 passed`",
    12: "result JSON as the last line of output",
    13: "writing, and rewriting, results.json",
    16: "the parent's descriptors through /proc",
    18: "sys.exit(0) in a call",
    19: "silencing tracebacks",
    # Reading secrets
    20: "the test's source through frames",
    21: "expected values from code constants",
    23: "the seed from the environment of the parent",
    25: "linecache and sys.modules",
    26: "walking the file system for tests, labels, solutions",
    27: "exfiltration by socket, DNS, reverse shell",
    28: "inputs encoded in error messages, over attempts",
    30: "another submission's leftovers",
    # Fooling the comparison
    31: "objects that are equal to everything",
    32: "a tensor subclass with arithmetic of its own",
    34: "an ndarray subclass that passes np.allclose",
    35: "patching allclose, assert_close, softmax",
    36: "NaN as a wildcard",
    38: "an empty array against a scalar",
    39: "zeros under a large tolerance",
    41: "mutating the input so that the reference sees it",
    # Overfitting and bypass
    43: "the public case by heart",
    44: "the generator from a public seed",
    45: "detecting the grader",
    46: "a forbidden function",
    # GPU
    49: "work left on a stream of its own",
    50: "a thread that finishes later",
    52: "a cache on id(tensor)",
    54: "patching the timer",
    57: "what a neighbour left in the GPU's memory",
    58: "half precision in a float32 task",
    # Files and environment
    60: "a .pt whose unpickling runs code",
    61: "ways around weights_only in old torch",
    64: "weights that the code cannot reproduce",
    65: "torch.py or numpy.py beside the notebook",
    68: "an archive that leads out of its folder",
    69: "a link to a file of the host",
    71: "a fork bomb",
    72: "a memory bomb",
    73: "floods of disk and output",
    75: "escape codes and HTML in output",
}
WIRE = {
    "forged": "bytes that are no frame",
    "truncated": "a frame that ends too early",
    "oversized": "a frame that announces too much",
    "nested": "values nested without end",
    "out_of_order": "answers to other questions",
    "unissued_reference": "references that were never issued",
    "lying_shape": "a tensor whose shape is not its byte count",
    "overflowing_shape": "a shape whose product overflows",
    "lying_strides": "strides that reach beyond",
    "billion_elements": "10^9 elements",
    "no_reply": "a reply that never comes",
    "late_reply": "a reply after the deadline",
    "two_replies": "two replies to one call",
}
"""The same for the connection between worker and examiner, by the name of the attack that shows it."""
