"""Files put in place whole, and what a power cut left beside them cleared away by the next one."""

import errno
import os
import time
from pathlib import Path

import pytest

from mediation_desk.domain.problems import DeskError
from mediation_desk.exchange.placing import aside_in, could_not_write, named_last, place_whole

_LEFT = f".{'0' * 32}.part"


def _aged(path: Path, seconds: int) -> Path:
    then = time.time() - seconds
    os.utime(path, (then, then))
    return path


def test_the_next_file_clears_away_what_a_power_cut_left(tmp_path: Path) -> None:
    left = tmp_path / _LEFT
    left.write_bytes("秦德珍".encode())
    folder = tmp_path / f".{'a' * 32}.part"
    folder.mkdir()
    (folder / "卷宗.pdf").write_bytes(b"%PDF")
    for path in (left, folder):
        _aged(path, 2 * 3600)
    place_whole(tmp_path / "清单.xlsx", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["清单.xlsx"]


def test_what_another_window_may_still_be_writing_stays(tmp_path: Path) -> None:
    writing, own = tmp_path / _LEFT, tmp_path / ".letter.part"
    for path in (writing, own):
        path.write_bytes(b"half")
    # Whoever uses such an ending too has names of his own.
    _aged(own, 2 * 3600)
    place_whole(tmp_path / "清单.xlsx", b"whole")
    assert writing.exists()
    assert own.exists()


def test_a_name_aside_is_new_each_time_and_found_again(tmp_path: Path) -> None:
    first, second = aside_in(tmp_path), aside_in(tmp_path)
    assert first != second
    first.write_bytes(b"half")
    _aged(first, 2 * 3600)
    aside_in(tmp_path)
    assert not first.exists()


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="请先建立这个文件夹"):
        place_whole(tmp_path / "没有" / "清单.xlsx", b"whole")


@pytest.mark.parametrize("number", [errno.EIO, errno.ENAMETOOLONG, errno.ENODEV, errno.EBUSY])
def test_what_the_system_says_is_told_in_our_words(tmp_path: Path, number: int) -> None:
    error = OSError(number, os.strerror(number))
    told = could_not_write(error, tmp_path / "清单.xlsx")
    assert told.count("。") == 2
    assert "清单.xlsx" in told
    assert os.strerror(number) not in told


def test_a_file_has_no_name_before_its_note_is_made(tmp_path: Path) -> None:
    target, besides = tmp_path / "报表.xlsx", tmp_path / "清单.xlsx"
    with named_last(target):
        place_whole(target, b"new")
        place_whole(besides, b"besides")
        assert besides.exists()
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert {path.name for path in tmp_path.iterdir()} == {target.name, besides.name}


def test_a_file_whose_note_is_refused_leaves_what_lay_there_before(tmp_path: Path) -> None:
    target = tmp_path / "报表.xlsx"

    def written(content: bytes) -> None:
        with named_last(target):
            place_whole(target, content)
            raise DeskError("没有记下。")

    with pytest.raises(DeskError, match="没有记下"):
        written(b"new")
    assert list(tmp_path.iterdir()) == []
    place_whole(target, b"of before")
    with pytest.raises(DeskError, match="没有记下"):
        written(b"new")
    assert target.read_bytes() == b"of before"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_file_that_cannot_get_its_name_is_told(tmp_path: Path) -> None:
    target = tmp_path / "报表.xlsx"

    def written() -> None:
        with named_last(target):
            place_whole(target, b"new")
            target.mkdir()

    with pytest.raises(DeskError, match="报表"):
        written()
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
