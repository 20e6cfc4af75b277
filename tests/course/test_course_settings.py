from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.course import Settings, load_settings
from autograder.errors import AutograderError


def test_a_course_without_the_file_has_nothing_set(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_title_exchange_and_due_dates_are_read(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text(
        'title = "Deep learning"\nexchange = "/srv/exchange"\n[due]\n01-tensors = 2026-12-01T23:59:00+01:00\n'
    )
    settings = load_settings(tmp_path)
    assert (settings.title, settings.exchange) == ("Deep learning", "/srv/exchange")
    assert settings.due["01-tensors"].astimezone(UTC) == datetime(2026, 12, 1, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[due]\n01-tensors = 2026-12-01T23:59:00\n", "time zone"),
        ("[due]\n'../x' = 2026-12-01T23:59:00Z\n", "names no assignment"),
        ("exchnage = '/srv'\n", "exchnage"),
        ("title = \n", "cannot be read"),
    ],
)
def test_what_is_wrong_with_it_is_said(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "course.toml").write_text(text)
    with pytest.raises(AutograderError, match=said) as caught:
        load_settings(tmp_path)
    assert caught.value.code == "bad-course"
    assert [Path(place.path).name for place in caught.value.where] == ["course.toml"]
