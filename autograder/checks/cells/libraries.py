"""Libraries that a test cell uses: those that are the same anywhere, and those that it means beside the student."""

from __future__ import annotations

STATELESS = frozenset(
    {
        *(
            "abc",
            "cmath",
            "collections",
            "copy",
            "dataclasses",
            "datetime",
            "decimal",
            "enum",
            "fractions",
            "functools",
        ),
        *(
            "hashlib",
            "itertools",
            "json",
            "math",
            "numbers",
            "operator",
            "re",
            "statistics",
            "string",
            "types",
            "typing",
        ),
        *("networkx", "numpy", "pandas", "pytest", "scipy", "sklearn", "sympy", "torch", "unittest"),
    }
)
"""What they compute is the same in every process. What seeds their shared generators, `@cell` does in both."""
BESIDE = frozenset(("glob", "inspect", "matplotlib", "os", "pathlib", "pylab", "seaborn", "shutil", "tempfile"))
"""Libraries that a test cell means in the student's process: they keep what was drawn there, look at objects, or find
files."""
