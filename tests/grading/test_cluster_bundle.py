"""An assignment crosses to another machine unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_assignment import write_assignment

from autograder.course import load_assignment
from autograder.errors import AutograderError
from autograder.grading.engines.bundle import pack, unpack


@pytest.fixture
def there(tmp_path: Path) -> Path:
    folder = tmp_path / "there"
    folder.mkdir()
    return folder


def test_an_assignment_arrives_with_all_its_files_and_the_same_version(tmp_path: Path, there: Path) -> None:
    here = load_assignment(write_assignment(tmp_path / "01-small"))
    odd = here.root / "hidden" / "data" / "läbels.bin"
    odd.parent.mkdir()
    odd.write_bytes(bytes(range(256)))
    arrived = unpack(pack(here), there, here.slug, here.version())
    assert arrived.manifest == here.manifest
    sent = {path.relative_to(here.root): path.read_bytes() for path in here.root.rglob("*") if path.is_file()}
    assert {p.relative_to(arrived.root): p.read_bytes() for p in arrived.root.rglob("*") if p.is_file()} == sent
    assert Path("specimens") in {path.parent for path in sent}, "diagnoses need them"


def test_only_the_owner_can_look_into_it(tmp_path: Path, there: Path) -> None:
    here = load_assignment(write_assignment(tmp_path / "01-small"))
    assert unpack(pack(here), there, here.slug, here.version()).root.stat().st_mode & 0o777 == 0o700


def test_caches_and_dot_files_stay_at_home_and_links_are_followed(tmp_path: Path, there: Path) -> None:
    here = load_assignment(write_assignment(tmp_path / "01-small"))
    before = pack(here)
    (here.root / "hidden" / "__pycache__").mkdir()
    (here.root / "hidden" / "__pycache__" / "x.pyc").write_bytes(b"x")
    (here.root / ".DS_Store").write_bytes(b"x")
    assert pack(here) == before
    (tmp_path / "elsewhere.txt").write_text("shared")
    (here.root / "hidden" / "linked.txt").symlink_to(tmp_path / "elsewhere.txt")
    arrived = unpack(pack(here), there, here.slug, here.version())
    assert (arrived.root / "hidden" / "linked.txt").read_text() == "shared"
    assert not (arrived.root / "hidden" / "linked.txt").is_symlink()


def test_an_assignment_that_changed_on_its_way_is_refused(tmp_path: Path, there: Path) -> None:
    here = load_assignment(write_assignment(tmp_path / "01-small"))
    version = here.version()
    (here.root / "hidden" / "new.txt").write_text("more")
    with pytest.raises(AutograderError, match="came over as version"):
        unpack(pack(here), there, here.slug, version)
