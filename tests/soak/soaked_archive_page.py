"""A year's archive in a real browser: it finds cases by two characters and asks for nothing.

Not among the daily tests, because it wants Chromium; `dev.py soak` runs it. What it shows is held
without a browser too, in tests/exchange/test_exchange_archive.py.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from headless_browser import Browser

from mediation_desk.__main__ import main
from mediation_desk.desk.demo import demo_township
from mediation_desk.desk.demonstration import PASSWORD, build
from mediation_desk.domain.casefile import title
from mediation_desk.domain.dispute_types import TypeTable
from mediation_desk.domain.numbering import case_number
from mediation_desk.domain.retention import kept_until, retention_words
from mediation_desk.domain.settings import Settings
from mediation_desk.exchange.archive.folder import PAGE, RECORDS, write_archive
from mediation_desk.exchange.archive.holding import Archive, ArchivedFile, ArchiveHead

TODAY = date(2026, 10, 23)
SHOWN = "Array.from(document.querySelectorAll('#files > details')).filter(d => !d.hidden)"


def _paper(target: Path) -> tuple[str, ...]:
    target.write_bytes(b"%PDF-1.7\n%%EOF\n")
    return ()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page over every closed case of the demo township."""
    township = demo_township(TODAY)
    units = {unit.id: unit for unit in (township.committee, *township.villages)}
    settings = Settings()
    files = [
        ArchivedFile(
            case,
            case_number(case.dispute, units[case.dispute.unit_id]),
            title(case, TypeTable()),
            TypeTable().label(case.dispute.type),
            retention_words(case.dispute, settings),
            kept_until(case.dispute, settings),
            _paper,
            {},
        )
        for case in township.cases
        if case.dispute.closed_on is not None
    ]
    head = ArchiveHead(township.committee, 2026, TODAY, "罗晓", "镇档案室")
    place = tmp_path_factory.mktemp("U盘")
    return write_archive(Archive(head, township.mediators, files), place).folder / PAGE


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    with Browser(tmp_path / "profile") as opened:
        yield opened


def test_a_case_is_found_by_two_characters_and_nothing_is_asked_for(
    page: Path, browser: Browser, told: Callable[[str], None]
) -> None:
    browser.open(page)
    every = browser.value(f"{SHOWN}.length")
    assert every > 100
    # The cursor stands in the search already.
    browser.type("水沟")
    found = browser.value(f"{SHOWN}.map(d => d.textContent)")
    assert 0 < len(found) < every
    assert all("水沟" in text for text in found)
    assert browser.value("document.getElementById('count').textContent") == (
        f"共 {every} 件，找到 {len(found)} 件"
    )
    # A label stands on every case and is not looked for.
    browser.type(" 联系方式")
    assert browser.value(f"{SHOWN}.length") == 0
    link = browser.value("document.querySelector('#files a').href")
    assert link.startswith(page.parent.as_uri())
    assert browser.asked == [page.as_uri()]
    told(f"archive page: {every} cases, {page.stat().st_size / 1e6:.1f} MB, one request")


@pytest.mark.usefixtures("qapp")
def test_the_archive_that_a_village_makes_opens_from_its_stick(
    tmp_path: Path, browser: Browser
) -> None:
    demo = build(tmp_path / "demo", TODAY)
    (tmp_path / "password").write_text(PASSWORD, encoding="utf-8")
    stick = tmp_path / "U盘"
    stick.mkdir()
    line = ["archive", str(demo / "梨子园村"), "--password-file", str(tmp_path / "password")]
    line += ["--year", "2025", "--out", str(stick), "--unmasked-for", "镇档案室"]
    assert main(line) == 0
    page = stick / "梨子园村2025年调解档案" / PAGE
    records = json.loads(page.with_name(RECORDS).read_text(encoding="utf-8"))
    entry = records["cases"][0]
    party = next(one["values"] for one in entry["records"] if one["kind"] == "party")
    browser.open(page)
    browser.type(party["name"][:2])
    found = browser.value(f"{SHOWN}.map(d => d.querySelector('b').textContent)")
    assert entry["number"] in found
    assert len(found) < len(records["cases"])
    assert (page.parent / entry["pdf"]).read_bytes().startswith(b"%PDF")
    assert browser.asked == [page.as_uri()]
