"""Coverage-guided fuzzing of one reader: `fuzz.py TARGET SECONDS`. Runs in an environment of its own; see the Makefile.

What crashes is kept in tests/fuzz/found/TARGET, where the property tests try it again on every run.
"""

from __future__ import annotations

import importlib
import importlib.util
import random
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def main(target: str, seconds: int) -> None:
    """Fuzz `target` for so many seconds. The process ends with another status than 0 where something was found."""
    if importlib.util.find_spec("atheris") is None:
        sys.exit(f"atheris is not installed for Python {sys.version.split()[0]}: use `make fuzz`")
    atheris: Any = importlib.import_module("atheris")
    sys.path.insert(0, str(HERE))
    with atheris.instrument_imports(include=["autograder"], enable_loader_override=False):
        import seeds
        import targets
    kinds: dict[str, tuple[Any, list[bytes], Any]] = {
        "wire": (targets.wire, seeds.frames(), seeds.mutated_frames),
        "notebook": (targets.notebook, seeds.notebooks(), seeds.mutated_notebook),
        "archived": (targets.archived, seeds.archives(), seeds.mutated_archive),
        "cell": (targets.cell, [text.encode() for text in seeds.CELLS], _cells(seeds)),
    }
    check, begin, mutated = kinds[target]

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        rng = random.Random(seed)
        if rng.random() < 0.3:
            return bytes(atheris.Mutate(data, max_size))
        return bytes(mutated(data, rng, begin))[:max_size]

    corpus, found = HERE / "corpus" / target, HERE / "found" / target
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(begin):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [
        f"-max_total_time={seconds}",
        "-max_len=16384",
        "-timeout=10",
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
    ]
    atheris.Setup(
        [sys.argv[0], *options, f"-artifact_prefix={found}/", str(corpus)],
        check,
        custom_mutator=mutate,
        enable_python_coverage=True,
    )
    atheris.Fuzz()


def _cells(seeds: Any) -> Any:
    def mutated(data: bytes, rng: random.Random, others: list[bytes]) -> bytes:
        text = data.decode("utf-8", "replace") or rng.choice(others).decode()
        return bytes(seeds.mutated_cell(text, rng).encode("utf-8", "surrogatepass"))

    return mutated


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
