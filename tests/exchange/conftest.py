"""Fixtures of the exchange tests."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Resave = Callable[[Path], Path]


@pytest.fixture
def resave(tmp_path: Path) -> Resave:
    """Open a workbook in LibreOffice, let it calculate, and save it again."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")

    def saved(path: Path) -> Path:
        folder = tmp_path / "resaved"
        profile = (tmp_path / "profile").as_uri()
        command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx"]
        subprocess.run(
            [*command, "--outdir", str(folder), str(path)],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return folder / path.name

    return saved
