"""Scans and photos on a dispute's file: dropped, pasted, chosen, shown, saved out, voided."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from pytestqt.qtbot import QtBot
from rich_case import PDF_PAGE, keep_a_rich_case, picture
from ui_tools import keep_a_case, page, settle, write

from mediation_desk.desk import attaching
from mediation_desk.desk.attaching import MEGABYTE, Scan
from mediation_desk.desk.clock import today
from mediation_desk.domain.codes import AttachmentKind
from mediation_desk.store.register import Register
from mediation_desk.ui import messages, taking
from mediation_desk.ui.pages.case_card import CaseCard
from mediation_desk.ui.pages.scan_window import ScanWindow
from mediation_desk.ui.window import DeskWindow

Open = Callable[..., DeskWindow]


@pytest.fixture
def shown(open_window: Open, village: Register) -> tuple[DeskWindow, CaseCard]:
    """A window with the file of one dispute."""
    keep_a_case(village)
    window = open_window(village)
    return window, page(window, "disputes").browse.card


def _files(folder: Path, **contents: bytes) -> QMimeData:
    mime = QMimeData()
    urls = []
    for name, content in contents.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content)
        urls.append(QUrl.fromLocalFile(str(path)))
    mime.setUrls(urls)
    return mime


def _drop(card: CaseCard, mime: QMimeData) -> None:
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    modifier = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(card.rect().center(), action, mime, button, modifier)
    card.dragEnterEvent(entered)
    assert entered.isAccepted()
    card.dropEvent(QDropEvent(QPointF(card.rect().center()), action, mime, button, modifier))


def test_files_are_dropped_on_the_file(
    qtbot: QtBot, shown, village: Register, tmp_path: Path
) -> None:
    window, card = shown
    _drop(card, _files(tmp_path, 水沟_jpg=picture(kind="JPEG"), 协议_pdf=PDF_PAGE))
    settle(qtbot, window)
    kept = village.case(card.dispute_id).attachments
    assert {(scan.name, scan.media_type) for scan in kept} == {
        ("水沟", "image/jpeg"),
        ("协议", "application/pdf"),
    }
    assert card.tabs.tabText(5) == "附件 2"
    view = card.show_attachments()
    assert "2 个附件" in view.total.text()


def test_a_photo_shows_itself_in_its_tile(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    keep_a_rich_case(village)
    window = open_window(village)
    view = page(window, "disputes").browse.card.show_attachments()
    settle(qtbot, window)
    colours = [
        QColor(tile.picture.pixmap().toImage().pixel(20, 20)).name()
        for tile in view.tiles
        if tile.scan.media_type == attaching.PNG
    ]
    assert sorted(colours) == ["#607080", "#a08060"]


def test_photos_shown_anew_while_they_are_read_each_show_themselves(
    qtbot: QtBot, open_window: Open, village: Register
) -> None:
    case = keep_a_case(village)
    colours = {"东墙": "#a08060", "界石": "#607080", "水沟": "#336699", "田坎": "#993366"}
    scans = [Scan(name, picture(colour=colour), today()) for name, colour in colours.items()]
    attaching.attach(village, case, scans, AttachmentKind.EVIDENCE, village.person, today())
    window = open_window(village)
    view = page(window, "disputes").browse.card.show_attachments()
    # As when scans are added while the first picture is still on its way.
    view.show_case(view.case)
    settle(qtbot, window)
    assert {
        tile.scan.name: QColor(tile.picture.pixmap().toImage().pixel(20, 20)).name()
        for tile in view.tiles
    } == colours


def test_a_copied_picture_is_pasted(qtbot: QtBot, shown, village: Register) -> None:
    window, card = shown
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    QGuiApplication.clipboard().setImage(image)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    card.setFocus()
    qtbot.keyClick(card.tabs, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    (kept,) = village.case(card.dispute_id).attachments
    assert kept.media_type == attaching.PNG
    back = QImage.fromData(attaching.content_of(village, kept))
    assert back.size() == QSize(60, 40)
    assert QColor(back.pixel(5, 5)).name() == "#336699"


def test_copied_files_are_pasted_and_text_is_not(
    qtbot: QtBot, shown, village: Register, tmp_path: Path
) -> None:
    window, card = shown
    QGuiApplication.clipboard().setText("不是图片")
    card.paste()
    view = card.show_attachments()
    assert "剪贴板里没有" in view.told.text()
    QGuiApplication.clipboard().setMimeData(_files(tmp_path, 照片_png=picture()))
    card.paste()
    settle(qtbot, window)
    assert len(village.case(card.dispute_id).attachments) == 1


def test_files_are_chosen_with_their_kind(
    qtbot: QtBot, shown, village: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, card = shown
    path = tmp_path / "身份证.png"
    path.write_bytes(picture())
    monkeypatch.setattr(messages, "choose_files", lambda *_: [path])
    view = card.show_attachments()
    view.kind.show_value(AttachmentKind.IDENTITY)
    view.choose_button.click()
    settle(qtbot, window)
    (kept,) = village.case(card.dispute_id).attachments
    assert (kept.name, kept.kind) == ("身份证", AttachmentKind.IDENTITY)


def test_what_is_there_already_or_is_no_scan_is_said(
    qtbot: QtBot, shown, village: Register, tmp_path: Path
) -> None:
    window, card = shown
    _drop(card, _files(tmp_path, 水沟_png=picture()))
    settle(qtbot, window)
    _drop(card, _files(tmp_path, 又一_png=picture(), 表格_docx=b"PK\x03\x04", 协议_pdf=PDF_PAGE))
    settle(qtbot, window)
    view = card.show_attachments()
    done, refused = view.told.text(), view.refused.text().splitlines()
    assert done.startswith("已添加 1 个附件")
    assert "“水沟”这件纠纷里已经有了" in done
    assert view._told_frame.property("look") == "good"
    assert refused[0] == "没有添加 1 个："
    assert refused[1].startswith("· “表格.docx”不是照片或 PDF")
    assert view._refused_frame.property("look") == "warn"
    assert view._told_frame.y() < view._refused_frame.y()
    assert len(village.case(card.dispute_id).attachments) == 2


def _noise(width: int, height: int) -> QImage:
    """A picture that no encoder can make small."""
    points = Random(1).randbytes(width * height * 4)
    return QImage(points, width, height, QImage.Format.Format_RGB32).copy()


def test_a_large_photo_is_made_smaller_and_that_is_said(
    qtbot: QtBot, shown, village: Register, tmp_path: Path
) -> None:
    window, card = shown
    village.keep_settings(replace(village.settings, attachment_megabytes=1))
    path = tmp_path / "大照片.png"
    assert _noise(2600, 400).save(str(path))
    assert path.stat().st_size > MEGABYTE
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    _drop(card, mime)
    settle(qtbot, window)
    told = card.show_attachments().told.text()
    (kept,) = village.case(card.dispute_id).attachments
    assert "已缩小到" in told
    assert kept.size <= MEGABYTE
    assert kept.media_type == attaching.JPEG
    back = QImage.fromData(attaching.content_of(village, kept))
    assert max(back.width(), back.height()) == taking.MOST_POINTS


def test_a_large_pdf_is_refused_with_what_to_do(
    qtbot: QtBot, shown, village: Register, tmp_path: Path
) -> None:
    window, card = shown
    _drop(card, _files(tmp_path, 卷宗_pdf=PDF_PAGE + bytes(9 * MEGABYTE)))
    settle(qtbot, window)
    view = card.show_attachments()
    told = view.refused.text()
    assert not view.told.isVisible()
    assert view._refused_frame.property("look") == "bad"
    assert "9.0 MB" in told
    assert "请分成几个文件" in told
    assert not village.case(card.dispute_id).attachments


def test_a_photo_lying_on_its_side_is_turned_upright(qtbot: QtBot) -> None:
    lying = QImage(40, 20, QImage.Format.Format_RGB32)
    lying.fill(QColor("white"))
    content = taking._encoded(lying, "JPEG", 90)
    # The mark that cameras write: turn by 90 degrees.
    exif = (
        b"\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01"
        b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
    )
    marked = content[:2] + exif + content[2:]
    assert taking.decoded(marked).size() == QSize(20, 40)
    assert taking.decoded(marked, QSize(10, 20)).size() == QSize(10, 20)


@pytest.mark.qt_log_ignore("JPEG")
@pytest.mark.parametrize("most", [1, 8])
def test_a_damaged_photo_is_refused_whether_large_or_small(
    qtbot: QtBot, shown, village: Register, tmp_path: Path, most: int
) -> None:
    window, card = shown
    village.keep_settings(replace(village.settings, attachment_megabytes=most))
    broken = picture(kind="JPEG")[:60] + bytes(2 * MEGABYTE)
    _drop(card, _files(tmp_path, 坏照片_jpg=broken, 坏图片_png=picture()[:60], 水沟_png=picture()))
    settle(qtbot, window)
    told = card.show_attachments().refused.text()
    assert "“坏照片”打不开，可能已经损坏。请重新拍一张" in told
    assert "“坏图片”打不开" in told
    (kept,) = village.case(card.dispute_id).attachments
    assert kept.name == "水沟"


def test_a_scan_is_looked_at_large_and_saved_out(
    qtbot: QtBot,
    open_window: Open,
    village: Register,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = keep_a_rich_case(village)
    window = open_window(village)
    view = page(window, "disputes").browse.card.show_attachments()
    settle(qtbot, window)
    qtbot.keyClick(view.tiles[0], Qt.Key.Key_Return)
    (large,) = view.findChildren(ScanWindow)
    qtbot.waitUntil(lambda: not large.picture.pixmap().isNull())
    assert large.scan == case.attachments[0]
    told: list[str] = []
    monkeypatch.setattr(messages, "choose_target", lambda *_: tmp_path / "出去.png")
    monkeypatch.setattr(messages, "tell", lambda _parent, words, more="": told.append(words + more))
    large.save_button.click()
    settle(qtbot, window)
    outside = (tmp_path / "出去.png").read_bytes()
    assert outside == attaching.content_of(village, case.attachments[0])
    assert "不再加密" in told[0]
    qtbot.keyClick(large, Qt.Key.Key_Right)
    qtbot.keyClick(large, Qt.Key.Key_Right)
    assert large.scan.media_type == attaching.PDF
    qtbot.wait(20)
    settle(qtbot, window)
    assert "PDF 文件在这里不能翻看" in large.picture.text()
    # What it tells to press is what stands out.
    looks = large.save_button.property("look"), large.shut.property("look")
    assert looks == ("primary", "")
    large.close()


def test_a_scan_is_renamed_and_voided(qtbot: QtBot, open_window: Open, village: Register) -> None:
    case = keep_a_rich_case(village)
    window = open_window(village)
    disputes = page(window, "disputes")
    scan = case.attachments[0]
    disputes.step(f"attachment:{scan.id}")
    boxes = disputes.form.attachment.boxes
    boxes["name"].editor.typed.clear()
    write(boxes["name"].editor.inner, "东墙现状")
    disputes.form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    renamed = village.get("attachment", scan.id)
    assert (renamed.name, renamed.sha256) == ("东墙现状", scan.sha256)
    disputes.step(f"attachment:{scan.id}")
    disputes.form.striking.turn.click()
    write(disputes.form.striking.why.editor.inner, "拍错了")
    disputes.form.save()
    qtbot.waitUntil(lambda: disputes.form is None)
    settle(qtbot, window)
    assert scan.id not in {entry.id for entry in village.case(case.dispute.id).attachments}


def test_no_plain_file_is_left_behind(
    qtbot: QtBot, shown, village: Register, tmp_path: Path
) -> None:
    window, card = shown
    content = picture(colour="#123456")
    _drop(card, _files(tmp_path, 水沟_png=content))
    settle(qtbot, window)
    (tmp_path / "水沟.png").unlink()
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert left
    assert not [path for path in left if content[-40:] in path.read_bytes()]
