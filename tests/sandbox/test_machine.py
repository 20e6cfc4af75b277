"""What a machine lacks is said in words that a person can act on."""

from __future__ import annotations

import dataclasses
import os

from autograder.sandbox.machine import Machine, look, requirements_for_grading

GOOD = Machine("Linux", "x86_64", "6.8.0", 4, seccomp=True, cores=4, memory_bytes=8 << 30, torch=True, gpu=False)


def missing(**changed: object) -> list[str]:
    return [m.name for m in requirements_for_grading(dataclasses.replace(GOOD, **changed))]  # type: ignore[arg-type]


def test_a_good_machine_lacks_nothing() -> None:
    assert missing() == []


def test_each_lack_is_named() -> None:
    assert missing(landlock_abi=0) == ["Landlock"]
    assert missing(landlock_abi=2) == ["Landlock"]
    assert missing(seccomp=False) == ["seccomp"]
    assert missing(torch=False) == ["torch"]
    assert missing(architecture="riscv64") == ["architecture"]
    assert missing(landlock_abi=0, seccomp=False, torch=False) == ["Landlock", "seccomp", "torch"]


def test_elsewhere_than_on_linux_students_can_still_check() -> None:
    (lack,) = requirements_for_grading(dataclasses.replace(GOOD, system="Darwin", landlock_abi=0, seccomp=False))
    assert "grading needs Linux" in lack.cause
    assert "autograder check" in lack.fix


def test_old_and_absent_landlock_are_told_apart() -> None:
    (absent,) = requirements_for_grading(dataclasses.replace(GOOD, landlock_abi=0))
    (old,) = requirements_for_grading(dataclasses.replace(GOOD, landlock_abi=1))
    assert "switched off" in absent.cause
    assert "too old" in old.cause


def test_this_machine_can_be_looked_at() -> None:
    machine = look()
    assert machine.system == os.uname().sysname
    assert machine.cores >= 1
    assert machine.memory_bytes > 0
    assert machine.torch
