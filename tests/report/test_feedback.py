from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from sample_class import ASSIGNMENT, FINDINGS, MEASURED, failed, lost, passed, perfect, rejected, small_class, verdict

from autograder.course import Device, Reason, Verdict
from autograder.errors import AutograderError
from autograder.report import write_feedback
from autograder.report.gauge import gauge

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
VOID = {"meta", "link", "img", "br", "input", "hr"}


class Page(HTMLParser):
    """A page's elements and its visible text; fails where a tag is left open or closed twice."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def _page(tmp_path: Path, one: Verdict) -> Page:
    return Page(write_feedback(ASSIGNMENT, [one], tmp_path)[0].read_text(encoding="utf-8"))


def _index(tmp_path: Path, verdicts: list[Verdict]) -> Page:
    return Page(write_feedback(ASSIGNMENT, verdicts, tmp_path)[-1].read_text(encoding="utf-8"))


def test_a_page_says_what_was_reached_what_failed_and_what_to_do(tmp_path: Path) -> None:
    text = _page(tmp_path, verdict()).text
    for words in (
        "A softmax classifier",
        "Ada Lovelace",
        "12.5 of 20 points",
        "5 passed 1 partly right 2 failed 1 could not be judged (2 points still open)",
        "Softmax works on batches of any size",
        "Give sum() the argument keepdim=True",
        "What it looks like You divide exp(z) by its sum as it stands, without shifting z first. Hint Subtract",
        "return z.exp() / z.exp().sum(dim=-1)",
        "training loss , from 2.42 to 0.109 in 400 steps",
        "Cell 2: the line magic %matplotlib inline was left out.",
        "9c41d2e07b5a",
        "process",
        "3f2a" * 16,
    ):
        assert words in text
    assert "2871640021" not in text, "whoever has the seed can draw the hidden inputs again"


def test_a_page_says_where_a_check_ran_where_that_is_worth_a_word(tmp_path: Path) -> None:
    devices = (Device.CUDA, Device.CPU_INSTEAD, Device.CPU)
    findings = tuple(msgspec.structs.replace(f, device=d) for f, d in zip(FINDINGS, devices, strict=False))
    text = write_feedback(ASSIGNMENT, [verdict(findings=findings)], tmp_path)[0].read_text(encoding="utf-8")
    assert text.count("<small>on a GPU</small>") == 1
    assert text.count("<small>on the CPU, for want of a GPU</small>") == 1
    assert text.count("<small>") == 2


def test_what_is_left_to_do_comes_before_what_passed(tmp_path: Path) -> None:
    text = _page(tmp_path, verdict()).text
    assert text.index("Softmax survives huge logits") < text.index("Rows sum to one")


def test_headings_are_in_order_and_every_link_has_its_target(tmp_path: Path) -> None:
    page = _page(tmp_path, verdict())
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert {(a["href"] or "").removeprefix("#") for a in page.all("a")} <= set(ids)
    assert page.all("html") == [{"lang": "en"}]


def test_a_page_allows_no_script_and_loads_nothing(tmp_path: Path) -> None:
    page = _page(tmp_path, verdict())
    policy = next(m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert page.all("script") == []
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href", "xlink:href"):
            assert (attributes.get(name) or "#").startswith(("#", "data:"))


def test_a_page_shows_what_was_measured_with_its_interval_and_thresholds(tmp_path: Path) -> None:
    page = _page(tmp_path, verdict())
    for words in (
        "accuracy 0.91 95 % interval 0.88 to 0.94 first training full credit from 0.94 half at 0.88 measured on 450",
        "held-out loss 0.31 95 % interval 0.26 to 0.36 first training full credit up to 0.25 half at 0.6",
        "accuracy 0.93 95 % interval 0.9 to 0.96 second training full credit from 0.94",
        "training loss 0.001 first training full credit from 0.1 to 0.2 half at 0.05 and 0.4",
    ):
        assert words in page.text
    drawn = [attributes for attributes in page.all("svg") if attributes.get("class") == "gauge"]
    assert len(drawn) == 4
    assert all(attributes["aria-hidden"] == "true" for attributes in drawn), "the words say the same"


def test_what_was_measured_is_shown_to_those_who_passed_too(tmp_path: Path) -> None:
    finding = passed("train", "test_it", 1, measured=MEASURED[:1])
    assert "accuracy 0.91 95 % interval 0.88 to 0.94 full credit" in _page(tmp_path, verdict(findings=(finding,))).text


def test_a_number_far_off_lies_at_an_end_of_its_gauge() -> None:
    for value in (-1e300, 1e300):
        far = msgspec.structs.replace(MEASURED[0], value=value, low=value, high=value)
        (at,) = re.findall(r'cx="([\d.]+)%"', gauge(far).svg)
        assert float(at) in (2, 98)


@pytest.mark.parametrize("field", ["message", "diagnosis", "hint", "detail", "check", "exercise"])
@pytest.mark.parametrize(
    "hostile", [SCRIPT, "\x1b[2J\x1b]0;x\x07 done", "\u202eevil", "\ud800\0", "x" * 300_000, "\n" * 9999 + "x"]
)
def test_hostile_text_in_a_finding_is_only_ever_text(tmp_path: Path, field: str, hostile: str) -> None:
    finding = msgspec.structs.replace(FINDINGS[2], **{field: hostile})
    one = verdict(findings=(finding,))
    pages = write_feedback(ASSIGNMENT, [one], tmp_path)
    for path in pages:
        html = path.read_text(encoding="utf-8")
        page = Page(html)
        assert page.all("script") == page.all("img") == []
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\x9b\u202e]", html)
        assert len(html) < 60_000


@pytest.mark.parametrize(
    "name", [SCRIPT, "../../../etc/passwd", "..", "", "CON", "x" * 9000, "\u202egrp.exe", "a/b\\c", "\ud800", "index"]
)
def test_a_hostile_name_stays_inside_the_folder_and_the_page(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "deep" / "feedback"
    one = verdict(name, notes=(SCRIPT, "\x1b[31mred"))
    pages = write_feedback(ASSIGNMENT, [one], folder)
    assert sorted(pages) == sorted(folder.iterdir())
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == list(folder.rglob("*.html"))
    for path in pages:
        page = Page(path.read_text(encoding="utf-8"))
        assert page.all("script") == page.all("img") == []
    assert "red" in Page(pages[0].read_text(encoding="utf-8")).text


def test_names_that_differ_only_in_case_get_two_pages(tmp_path: Path) -> None:
    pages = write_feedback(ASSIGNMENT, [verdict("Ada"), verdict("ada")], tmp_path)
    assert len({p.name.casefold() for p in pages}) == 3


def test_the_student_never_sees_what_a_broken_check_says_and_the_instructor_does(tmp_path: Path) -> None:
    student, index = write_feedback(ASSIGNMENT, [verdict()], tmp_path)
    assert "expected_gradient" not in student.read_text(encoding="utf-8")
    assert "not your fault" in student.read_text(encoding="utf-8")
    assert "expected_gradient" in index.read_text(encoding="utf-8")


def test_a_rejected_submission_gets_its_one_reason_once(tmp_path: Path) -> None:
    text = _page(tmp_path, rejected()).text
    assert text.count("The archive holds the entry ../../.bashrc") == 1
    assert "0 of 20 points" in text


def test_the_same_complaint_about_neighbouring_checks_is_made_once(tmp_path: Path) -> None:
    missing = [
        failed("softmax", f"test_{n}", 1, Reason.MISSING_NAME, message="Your notebook defines no softmax.")
        for n in range(3)
    ]
    text = _page(tmp_path, verdict(findings=(*missing, passed("train", "test_train", 1)))).text
    assert text.count("defines no softmax") == 1
    assert text.count("0/1") == 3


def test_a_full_score_has_nothing_red(tmp_path: Path) -> None:
    page = _page(tmp_path, perfect("Grace"))
    classes = {word for _, attributes in page.elements for word in (attributes.get("class") or "").split()}
    assert "passed" in classes
    assert not classes & {"failed", "partly", "open", "hint", "error"}


def test_the_same_verdicts_give_the_same_bytes(tmp_path: Path) -> None:
    first = {p.name: p.read_bytes() for p in write_feedback(ASSIGNMENT, small_class(), tmp_path / "a")}
    second = {p.name: p.read_bytes() for p in write_feedback(ASSIGNMENT, small_class(), tmp_path / "b")}
    assert first == second


def test_writing_again_replaces_the_pages_and_leaves_nothing_else(tmp_path: Path) -> None:
    write_feedback(ASSIGNMENT, [verdict()], tmp_path)
    pages = write_feedback(ASSIGNMENT, [perfect("Ada Lovelace")], tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(pages)
    assert "20 of 20" in Page(pages[0].read_text(encoding="utf-8")).text


def test_the_index_lists_every_student_with_a_link_and_what_could_not_be_judged(tmp_path: Path) -> None:
    verdicts = [*small_class(), lost("Zed")]
    page = _index(tmp_path, verdicts)
    links = [a["href"] for a in page.all("a")]
    assert len(links) == len(verdicts)
    assert all((tmp_path / str(link)).is_file() for link in links)
    assert "Broken checks 4 Lost checks 2" in page.text
    assert "1 broken, 1 lost" in page.text
    assert "Softmax survives huge logits softmax 5 of 11" in page.text
    assert all(th.get("scope") in ("row", "col") for th in page.all("th"))


def test_the_index_of_an_empty_class_says_so(tmp_path: Path) -> None:
    assert "Nobody has been graded yet." in _index(tmp_path, []).text


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(AutograderError) as caught:
        write_feedback(ASSIGNMENT, [verdict()], tmp_path / "file" / "feedback")
    assert caught.value.code == "feedback-not-writable"


def test_verdicts_are_taken_one_by_one_each_page_before_the_next(tmp_path: Path) -> None:
    def coming() -> Iterator[Verdict]:
        for number in range(3):
            assert len(list(tmp_path.glob("*.html"))) == number
            yield perfect(f"student-{number}")

    assert len(write_feedback(ASSIGNMENT, coming(), tmp_path)) == 4
