"""Writes the demo's submissions: OUT/01-tensors/* and OUT/04-softmax-classifier/*, the same bytes every time.

python tests/demo/make_submissions.py OUT [--course DIR]
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from classes import CLASSES
from compose import Kit
from recipes import Recipe

from autograder.course import load_course
from autograder.errors import AutograderError


def make_class(course: Path, slug: str, out: Path) -> tuple[Recipe, ...]:
    """Write the class's submissions of assignment `slug` into `out`/`slug`, replacing what lies there.

    Raises:
        AutograderError: the assignment is not built, or a specimen that a recipe names is gone.
    """
    (assignment,) = load_course(course, (slug,))
    kit = Kit(course, assignment)
    folder = out / slug
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for recipe in CLASSES[slug]:
        recipe.make(kit, folder / recipe.student)
    return CLASSES[slug]


def main(arguments: list[str]) -> int:
    """Make both classes and say what was made."""
    parser = argparse.ArgumentParser(description="Write the submissions of the demo.")
    parser.add_argument("out", type=Path, help="folder to write to")
    parser.add_argument("--course", type=Path, default=Path(__file__).resolve().parents[2], help="root of the course")
    options = parser.parse_args(arguments)
    try:
        for slug in CLASSES:
            made = make_class(options.course, slug, options.out)
            full = sum(recipe.full for recipe in made)
            refused = sum(bool(recipe.rejected) for recipe in made)
            print(f"{options.out / slug}: {len(made)} submissions, {full} all right, {refused} that cannot be read")
            for recipe in made:
                print(f"  {recipe.student:<20} {recipe.story}")
    except AutograderError as error:
        print(error.render(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
