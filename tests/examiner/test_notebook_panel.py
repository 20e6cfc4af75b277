"""`check()` in a notebook: the same words as panel and as text, bounded and escaped, and help where nothing can run."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import torch

from autograder.checks import explain
from autograder.course import Finding, Outcome
from autograder.course.released import read_released
from autograder.examiner import panel
from autograder.examiner.notebook import Check, CheckReport, run_public_checks
from autograder.examiner.release_here import NoRelease, find_release, unpack

RELEASE = Path(__file__).resolve().parents[2] / "release" / "01-tensors"


@pytest.fixture(autouse=True)
def as_in_a_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the hook of the pytest that runs these tests, which would rewrite the asserts of the public checks."""
    finders = [finder for finder in sys.meta_path if type(finder).__name__ != "AssertionRewritingHook"]
    monkeypatch.setattr(sys, "meta_path", finders)


def plain_text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def words(report: CheckReport) -> tuple[str, str]:
    return " ".join(repr(report).split()), plain_text(report._repr_html_())


def wrong_linear(x: torch.Tensor, weights: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return x @ weights.T


def test_a_wrong_answer_says_what_was_expected_what_came_and_has_a_hint() -> None:
    report = run_public_checks(RELEASE, {"linear": wrong_linear}, (), ("linear",))
    for told in words(report):
        assert "not yet" in told
        assert "linear on two small examples" in told
        assert "[3, 6.5, 1]" in told
        assert "[3, 6, 2]" in told
        assert "Each score is one row of W" in told
        assert "0 of 1 public checks passed. The hidden checks try more." in told
    page = report._repr_html_()
    assert "Many dot products: a linear layer" in page
    assert "6 points" in page
    assert re.search(r"<details[^>]*><summary>Hint</summary>", page), "the hint is folded"
    assert "<dt" in page
    assert "expected at [0, :]:" in page


def test_a_right_answer_says_so_and_little_else() -> None:
    report = run_public_checks(RELEASE, {"linear": torch.nn.functional.linear}, (), ("linear",))
    for told in words(report):
        assert "passed" in told
        assert "1 of 1 public checks passed." in told
        assert "hint" not in told.lower()


def test_all_exercises_come_with_a_summary_and_what_is_left() -> None:
    report = run_public_checks(RELEASE, {"linear": torch.nn.functional.linear}, ())
    for told in words(report):
        assert "1 of 13 public checks passed." in told
        assert "Left: dot_ops, mse, to_batch" in told
        assert "(56 points)" in told
    page = report._repr_html_()
    assert page.count("<summary><span") == 12, "those that do not pass are folded, and can be opened"


def test_a_name_that_is_not_there_asks_to_run_its_cell() -> None:
    told = repr(run_public_checks(RELEASE, {}, (), ("linear",)))
    assert "`linear` is not defined yet: run the cell that defines it" in told


ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>\x1b[31mred\x1b[0m" + "y" * 50_000


def test_what_a_students_code_says_is_escaped_cleaned_and_bounded() -> None:
    finding = Finding(
        check=f"test_{ATTACK}", exercise=ATTACK, outcome=Outcome.FAILED, message=ATTACK, hint=ATTACK, detail=ATTACK * 3
    )
    compared = Finding(check="test_x", exercise="x", outcome=Outcome.FAILED, message=f"Expected {ATTACK}, got {ATTACK}")
    report = CheckReport((finding, compared))
    page = report._repr_html_()
    assert "<script" not in page
    assert "<img" not in page
    assert "\x1b" not in page + repr(report)
    assert len(page) < 40_000
    assert "more characters)" in page


@pytest.mark.parametrize(
    ("message", "want", "got", "rest"),
    [
        ("Expected 32, got 5", "32", "5", ""),
        ("Expected 32, got 5; a sum where a mean is asked for", "32", "5", "A sum where a mean is asked for"),
        (
            "1 of 3 elements differ; the largest error is 1\nAt [0, :] expected [1, 2], got [1, 3]",
            "[1, 2]",
            "[1, 3]",
            "1 of 3 elements differ; the largest error is 1",
        ),
        ("Value 0: expected a number, got None", "a number", "None", "Value 0:"),
        ("shape (2,) where (3,) was expected", "", "", "shape (2,) where (3,) was expected"),
    ],
)
def test_expected_and_got_are_taken_out_of_the_sentence(message: str, want: str, got: str, rest: str) -> None:
    one = panel.shown(Finding(check="test_x", exercise="x", outcome=Outcome.FAILED, message=message))
    assert (one.expected, one.got, one.message) == (want, got, rest)


def zipped(path: Path, names: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return path


def test_a_notebook_that_came_alone_says_what_to_do_and_setup_does_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    check = Check()
    alone = check("linear")
    assert "has no folder public" in repr(alone)
    assert 'check.setup("PATH")' in repr(alone)
    with zipfile.ZipFile(tmp_path / "01-tensors.zip", "w") as archive:
        for file in RELEASE.rglob("*"):
            archive.write(file, f"01-tensors/{file.relative_to(RELEASE)}")
    assert 'unpack the release: check.setup("01-tensors.zip")' in repr(check("linear"))
    mine = tmp_path / "01-tensors" / "01-tensors.ipynb"
    mine.parent.mkdir()
    mine.write_text("my work")
    assert "go to" not in repr(alone)
    told = check.setup("01-tensors.zip")
    assert repr(told) == "The public checks are those in 01-tensors/public." or "01-tensors" in repr(told)
    assert mine.read_text() == "my work", "what is there stays"
    assert "13 public checks passed" in repr(check())
    assert "There is no nowhere.zip here" in repr(check.setup("nowhere.zip"))


def test_in_colab_the_help_is_about_colab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "google.colab", sys)
    told = Check()()
    assert "Colab has this notebook and not the files that came with it" in repr(told)
    assert "file panel on the left" in repr(told)
    assert "<code" in told._repr_html_()


def test_the_notebooks_own_folder_is_found_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    notebook = str(RELEASE / "01-tensors.ipynb")
    assert find_release({"__vsc_ipynb_file__": notebook}) == RELEASE, "VS Code"
    monkeypatch.setenv("JPY_SESSION_NAME", notebook)
    assert find_release({}) == RELEASE, "Jupyter Server"
    monkeypatch.delenv("JPY_SESSION_NAME")
    with pytest.raises(NoRelease):
        find_release({"__vsc_ipynb_file__": 3})
    (tmp_path / "01" / "public").mkdir(parents=True)
    with pytest.raises(NoRelease) as nothing:
        find_release({})
    assert nothing.value.steps[0] == "go to the folder of the release: `%cd 01`"


@pytest.mark.parametrize("name", ["../evil.py", "/etc/evil", "a\\..\\b", "C:/evil", "x/../../evil"])
def test_a_zip_that_leads_out_is_not_unpacked(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "r.zip", {"r/public/test_x.py": "", name: "evil"})
    into = tmp_path / "into"
    into.mkdir()
    with pytest.raises(NoRelease, match="leads out of it"):
        unpack(path, into)
    assert list(into.iterdir()) == []


def test_a_zip_without_checks_or_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoRelease, match="holds no release"):
        unpack(zipped(tmp_path / "r.zip", {"x.txt": ""}), tmp_path)
    (tmp_path / "r.zip").write_bytes(b"PK")
    with pytest.raises(NoRelease, match="cannot be unpacked"):
        unpack(tmp_path / "r.zip", tmp_path)


def test_without_torch_the_import_says_what_to_do() -> None:
    program = "import sys; sys.modules['torch'] = None\nfrom autograder import check"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "%pip install -r requirements.txt" in done.stderr


def test_what_the_environment_tells_pytest_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "--collect-only -k nothing")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", raising=False)
    report = run_public_checks(RELEASE, {"linear": torch.nn.functional.linear}, (), ("linear",))
    assert "1 of 1 public checks passed." in repr(report)
    assert os.environ["PYTEST_PLUGINS"] == "no_such_plugin", "it is as it was"
    assert "PYTEST_DISABLE_PLUGIN_AUTOLOAD" not in os.environ


def test_what_the_notebook_has_set_of_torchs_is_not_the_checks() -> None:
    torch.set_default_dtype(torch.float64)
    torch.set_default_device("meta")
    torch.set_grad_enabled(False)
    try:
        report = run_public_checks(RELEASE, {"linear": torch.nn.functional.linear}, (), ("linear",))
        assert (torch.get_default_dtype(), torch.ones(1).device.type) == (torch.float64, "meta"), "it is as it was"
        assert not torch.is_grad_enabled()
    finally:
        torch.set_default_dtype(torch.float32)
        torch.set_default_device(None)
        torch.set_grad_enabled(True)
    assert "1 of 1 public checks passed." in repr(report)


def test_a_damaged_assignment_file_costs_titles_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "test_x.py").write_bytes((RELEASE / "public" / "test_tensors.py").read_bytes())
    for content in ("", "[]", '{"exercises": 3}', '{"exercises": [{"name": 1}], "slug": 1}', "[" * 100_000):
        (tmp_path / "assignment.json").write_text(content)
        assert read_released(tmp_path) is None
        report = run_public_checks(tmp_path, {"linear": torch.nn.functional.linear}, (), ("linear",))
        assert "1 of 1 public checks passed." in repr(report)


def test_what_nobody_has_begun_is_open_and_not_wrong() -> None:
    stub: dict[str, object] = {}
    exec("def linear(x, W, b):\n    raise NotImplementedError('linear')", stub)
    for names in ({}, stub):
        for told in words(run_public_checks(RELEASE, names, (), ("linear",))):
            assert "open" in told
            assert "not yet" not in told.replace("is not defined yet", "")


def test_a_function_in_place_of_its_name_asks_for_quotes() -> None:
    for told in words(Check()(wrong_linear)):  # type: ignore[arg-type]
        assert 'in quotes: check("wrong_linear")' in told
    assert 'check("EXERCISE")' in repr(Check()(lambda: 1))  # type: ignore[arg-type]


def test_a_name_that_was_given_to_another_value_is_told_as_that() -> None:
    for told in words(run_public_checks(RELEASE, {"mse": torch.tensor(3.0)}, (), ("mse",))):
        assert "was its name given to another value" in told


def test_a_self_check_leaves_nothing_for_the_comparisons_after_it() -> None:
    run_public_checks(RELEASE, {"linear": wrong_linear}, (), ("linear",))
    assert not explain.shown.get()
