"""The filter for both architectures, run on a small machine for classic BPF."""

from __future__ import annotations

import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.worker.seccomp import _OWN_PID, NEEDED_FOR_CUDA, PRETENDED, REFUSED, UNKNOWN, Op, program
from autograder.worker.syscalls import NEWEST_KNOWN, numbers

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
ALLOW, KILL = 0x7FFF0000, 0x80000000
OTHERS = st.integers(0, 0xFFFFFFFF).filter(lambda pid: pid not in (0, _OWN_PID))
HIGH_HALF = st.integers(0, 0xFFFFFFFF)


def run(ops: list[Op], arch: int, number: int, arguments: tuple[int, ...] = ()) -> int:
    """What the kernel would make of one call."""
    words = {0: number, 4: arch}
    for index, value in enumerate((*arguments, *(0,) * (6 - len(arguments)))):
        words[16 + 8 * index], words[20 + 8 * index] = value & 0xFFFFFFFF, value >> 32
    accumulator, at = 0, 0
    while True:
        code, yes, no, k = ops[at]
        at += 1
        if code == 0x20:
            accumulator = words[k]
        elif code == 0x54:
            accumulator &= k
        elif code == 0x06:
            return k
        else:
            holds = {0x15: accumulator == k, 0x35: accumulator >= k, 0x45: bool(accumulator & k)}[code]
            at += yes if holds else no


def answer(machine: str, name: str | int, *arguments: int, gpu: bool = False) -> int | None:
    """The errno of a call, None where it is allowed."""
    number = name if isinstance(name, int) else numbers(machine)[name]
    result = run(program(machine, gpu=gpu), ARCHITECTURES[machine], number, arguments)
    if result == ALLOW:
        return None
    assert result & 0xFFFF0000 == 0x00050000
    return result & 0xFFFF


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_every_call_on_the_lists_gets_its_answer(machine: str) -> None:
    for names, expected in ((REFUSED, errno.EPERM), (UNKNOWN, errno.ENOSYS), (PRETENDED, 0)):
        for name in names.split():
            if name in numbers(machine):
                assert answer(machine, name) == expected, name


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_times_that_are_given_are_pretended_and_the_present_one_is_refused(machine: str) -> None:
    assert answer(machine, "utimensat", 0, 4096, 8192, 0) == 0
    assert answer(machine, "utimensat", 0, 4096, 0, 0) == errno.EPERM


def test_every_call_on_the_lists_is_in_the_table() -> None:
    known = {*numbers("x86_64"), *numbers("aarch64")}
    listed = [*REFUSED.split(), *UNKNOWN.split(), *PRETENDED.split()]
    assert set(listed) <= known
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_no_two_calls_share_a_number(machine: str) -> None:
    table = numbers(machine)
    assert len(set(table.values())) == len(table)
    assert max(table.values()) <= NEWEST_KNOWN


@pytest.mark.parametrize("machine", ARCHITECTURES)
@given(number=st.integers(NEWEST_KNOWN + 1, 0xFFFFFFFF))
def test_calls_younger_than_the_table_and_of_other_modes_do_not_exist(machine: str, number: int) -> None:
    assert answer(machine, number) == errno.ENOSYS


@pytest.mark.parametrize("machine", ARCHITECTURES)
@given(arch=st.integers(0, 0xFFFFFFFF), number=st.integers(0, 600))
def test_calls_of_another_architecture_end_the_worker(machine: str, arch: int, number: int) -> None:
    if arch != ARCHITECTURES[machine]:
        assert run(program(machine), arch, number) == KILL


@pytest.mark.parametrize("machine", ARCHITECTURES)
@given(pid=OTHERS, high=HIGH_HALF)
def test_signals_and_settings_reach_only_the_worker_itself(machine: str, pid: int, high: int) -> None:
    for name in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "prlimit64"):
        assert answer(machine, name, pid | high << 32) == errno.EPERM
        assert answer(machine, name, _OWN_PID) is None
    assert answer(machine, "kill", 0) == errno.EPERM
    assert answer(machine, "prlimit64", 0) is None


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_clone_makes_threads_and_nothing_else(machine: str) -> None:
    glibc_thread = 0x003D0F00
    assert answer(machine, "clone", glibc_thread) is None
    assert answer(machine, "clone", 17) == errno.EPERM
    for bit in (12, 13, 14, 15, 17, 25, 26, 27, 28, 29, 30):
        assert answer(machine, "clone", glibc_thread | 1 << bit) == errno.EPERM, bit
    for bit in (8, 9, 10, 11, 16):
        assert answer(machine, "clone", glibc_thread & ~(1 << bit)) == errno.EPERM, bit


SETFLAGS, FSSETXATTR, SET_LEASE, NOTIFY, NVIDIA = 0x40086602, 0x401C5820, 1024, 1026, 0xC0284645


@pytest.mark.parametrize("machine", ARCHITECTURES)
@pytest.mark.parametrize("gpu", [False, True])
def test_what_acts_on_files_of_the_host_through_a_reading_descriptor_is_refused(machine: str, gpu: bool) -> None:
    for command in (SETFLAGS, FSSETXATTR, 0x5412, 0x8901):
        assert answer(machine, "ioctl", 3, command, gpu=gpu) == errno.EPERM
    for command in (SET_LEASE, NOTIFY, 8, 10, 15, 1031):
        assert answer(machine, "fcntl", 3, command, gpu=gpu) == errno.EPERM
    assert (answer(machine, "ioctl", 3, NVIDIA, gpu=gpu) is None) == gpu


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_memory_that_no_counter_shows_is_refused(machine: str) -> None:
    private, shared, validated, anonymous = 2, 1, 3, 0x20
    assert answer(machine, "mmap", 0, 4096, 3, private | anonymous) is None
    assert answer(machine, "mmap", 0, 4096, 3, shared) is None
    for kind in (shared, validated):
        assert answer(machine, "mmap", 0, 4096, 3, kind | anonymous | 0x4000) == errno.EPERM
    assert answer(machine, "vmsplice", 3) == errno.EPERM


@pytest.mark.parametrize("machine", ARCHITECTURES)
@given(high=HIGH_HALF)
def test_a_dirty_high_half_does_not_slip_past(machine: str, high: int) -> None:
    dirt = high << 32
    assert answer(machine, "ioctl", 0, 0x5412 | dirt) == errno.EPERM
    assert answer(machine, "fcntl", 0, 8 | dirt) == errno.EPERM
    assert answer(machine, "prctl", 4 | dirt, 1) == errno.EPERM
    assert answer(machine, "socketpair", 2 | dirt, 1) == errno.EPERM


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_harmless_variants_are_allowed(machine: str) -> None:
    assert answer(machine, "ioctl", 0, 0x5401) is None
    assert answer(machine, "fcntl", 0, 3) is None
    assert answer(machine, "prctl", 15) is None
    assert answer(machine, "socketpair", 1, 1 | 0o2000000) is None
    assert answer(machine, "socketpair", 1, 2) == errno.EPERM


@pytest.mark.parametrize("machine", ARCHITECTURES)
@pytest.mark.parametrize("gpu", [False, True])
def test_a_worker_cannot_leave_the_cores_of_its_slot(machine: str, gpu: bool) -> None:
    for pid in (0, _OWN_PID, 1):
        assert answer(machine, "sched_setaffinity", pid, gpu=gpu) == errno.EPERM


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_behind_the_gpu_filter_only_what_cuda_needs_is_open_besides(machine: str) -> None:
    for names, expected in ((REFUSED, errno.EPERM), (UNKNOWN, errno.ENOSYS), (PRETENDED, 0)):
        for name in names.split():
            if name in numbers(machine) and name not in NEEDED_FOR_CUDA.split():
                assert answer(machine, name, gpu=True) == expected, name
    for name in ("memfd_create", "bind", "listen"):
        assert answer(machine, name) == errno.EPERM
        assert answer(machine, name, gpu=True) is None


@pytest.mark.parametrize("machine", ARCHITECTURES)
@given(family=st.integers(0, 0xFFFFFFFF), kind=st.integers(0, 0xFFFFFFFF))
def test_the_gpu_filter_lets_one_kind_of_socket_be_made(machine: str, family: int, kind: int) -> None:
    flags = 0o2000000 | 0o4000
    assert answer(machine, "socket", 1, 5, gpu=True) is None
    assert answer(machine, "socket", 1, 5 | flags, gpu=True) is None
    for other_family, other_kind in ((family, 5), (1, kind), (family, kind), (2, 1), (2, 2), (16, 3), (1, 2), (1, 1)):
        allowed = other_family == 1 and other_kind & 0xF == 5
        assert answer(machine, "socket", other_family, other_kind, gpu=True) == (None if allowed else errno.EPERM)


@pytest.mark.parametrize("machine", ARCHITECTURES)
@given(high=HIGH_HALF, pid=OTHERS)
def test_the_gpu_filter_holds_every_other_condition(machine: str, high: int, pid: int) -> None:
    dirt = high << 32
    assert answer(machine, "clone", 17 | dirt, gpu=True) == errno.EPERM
    assert answer(machine, "kill", pid | dirt, gpu=True) == errno.EPERM
    assert answer(machine, "ioctl", 0, 0x5412 | dirt, gpu=True) == errno.EPERM
    assert answer(machine, "prctl", 4 | dirt, gpu=True) == errno.EPERM
    assert answer(machine, "socketpair", 1, 2 | dirt, gpu=True) == errno.EPERM
    assert answer(machine, "socket", 2, 5 | dirt, gpu=True) == errno.EPERM


def test_other_architectures_are_refused_by_name() -> None:
    with pytest.raises(NotImplementedError, match="riscv64"):
        program("riscv64")
