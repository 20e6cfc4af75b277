from __future__ import annotations

from pathlib import Path

import pytest
from classes import CLASSES
from make_submissions import make_class

from autograder.build import prepare
from autograder.course import Assignment, Rejected, Submission, digest, load_course
from autograder.grading.intake import find_submissions, read_submission

COURSE = Path(__file__).resolve().parents[2]
SLUGS = sorted(CLASSES)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with freshly built releases: those in the repository may be on their way."""
    root = tmp_path_factory.mktemp("course")
    (root / "assignments").symlink_to(COURSE / "assignments")
    for slug in SLUGS:
        for name, content in prepare(_assignment(slug)).files.items():
            path = root / "release" / slug / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return root


def _assignment(slug: str) -> Assignment:
    return load_course(COURSE, (slug,))[0]


@pytest.mark.parametrize(("slug", "least"), [("01-tensors", 12), ("04-softmax-classifier", 24)])
def test_every_recipe_becomes_one_submission(course: Path, tmp_path: Path, slug: str, least: int) -> None:
    recipes = make_class(course, slug, tmp_path)
    sources = find_submissions(tmp_path / slug, slug)
    assert [source.name for source in sources] == sorted(recipe.student for recipe in recipes)
    assert len(sources) >= least


@pytest.mark.parametrize("slug", SLUGS)
def test_intake_refuses_what_a_recipe_says_and_reads_the_rest(course: Path, tmp_path: Path, slug: str) -> None:
    recipes = {recipe.student: recipe for recipe in make_class(course, slug, tmp_path)}
    for source in find_submissions(tmp_path / slug, slug):
        read = read_submission(source, _assignment(slug))
        recipe = recipes[source.name]
        if recipe.rejected:
            assert isinstance(read, Rejected), recipe.student
            assert read.reason == recipe.rejected, read.message
        else:
            assert isinstance(read, Submission), (recipe.student, read)
            broken = [cell.problem for cell in read.cells if cell.problem]
            assert bool(broken) == ("syntax error" in recipe.story), (recipe.student, broken)


@pytest.mark.parametrize("slug", SLUGS)
def test_recipes_name_exercises_of_the_assignment(slug: str) -> None:
    names = {exercise.name for exercise in _assignment(slug).manifest.exercises}
    for recipe in CLASSES[slug]:
        assert set(recipe.loses) <= names, recipe.student
    assert sum(recipe.full for recipe in CLASSES[slug]) >= 5


def test_the_same_bytes_are_made_every_time(course: Path, tmp_path: Path) -> None:
    make_class(course, "01-tensors", tmp_path / "first")
    make_class(course, "01-tensors", tmp_path / "second")
    assert digest(tmp_path / "first") == digest(tmp_path / "second")
