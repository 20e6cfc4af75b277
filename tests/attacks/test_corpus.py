"""The corpus is whole: each threat of the list is shown, or said not to be; and the arena is fair."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from attack import CORPUS, BadAttack, load_attack, load_corpus
from ring import ARENA
from threats import THREATS, WIRE

from autograder.course.assignment import load_assignment
from autograder.grading.attempt import open_grader
from autograder.grading.verify import plan_verification, verify


def not_yet() -> dict[int, str]:
    lines = (CORPUS / "NOT_YET.md").read_text(encoding="utf-8").splitlines()
    found = (re.fullmatch(r"\| (\d+) \| (.+) \| (.+) \|", line) for line in lines)
    return {int(match[1]): match[3] for match in found if match}


def test_every_threat_is_shown_or_said_not_to_be() -> None:
    shown = {attack.threat for attack in load_corpus() if isinstance(attack.threat, int)}
    assert shown | not_yet().keys() == THREATS.keys()
    assert shown & not_yet().keys() == set()
    assert all(not_yet().values())


def test_every_threat_to_the_wire_is_shown() -> None:
    shown = {attack.name for attack in load_corpus() if attack.threat == "wire"}
    assert shown >= WIRE.keys()


def test_names_are_unique_and_the_quick_part_covers_every_group() -> None:
    attacks = load_corpus()
    assert [name for name, count in Counter(attack.name for attack in attacks).items() if count > 1] == []
    groups = {attack.group for attack in attacks}
    assert {attack.group for attack in attacks if attack.quick} == groups
    assert {"honest", "own", "threats", "wire"} <= groups


def test_honest_controls_are_promised_full_marks() -> None:
    for attack in load_corpus():
        if attack.group == "honest":
            assert attack.promises == {}, attack.id


def test_the_arena_keeps_its_own_promises() -> None:
    arena = load_assignment(ARENA)
    plan = plan_verification(arena, seeds=3, mutants=0)
    with open_grader(arena, jobs=2) as grader:
        broken = {proof.name: proof.problems for proof in verify(plan, grader, jobs=2) if not proof.kept}
    assert broken == {}


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n",
        "# /// attack\n# title = 'a'\n# colour = 'red'\n# ///\n",
        "# /// attack\n# threat = 1\n# ///\n",
        "# /// attack\n# title = 'a'\n# [promise]\n# test_a = 'perhaps'\n# ///\n",
        "# /// attack\n# title = 'a'\n# place = 'beside'\n# ///\n",
        "# /// attack\n# title = \n# ///\n",
    ],
)
def test_a_file_that_is_no_attack_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "attack.py"
    path.write_text(text)
    with pytest.raises(BadAttack, match=r"attack\.py"):
        load_attack(path)
