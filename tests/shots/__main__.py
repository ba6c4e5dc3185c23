"""A picture of every page, at 1366×768 pixels, under build/shots; run by `python dev.py shots`.

Three scalings, two type sizes, light and dark, each in a folder of its own; `shots 150-huge-dark`
takes one of them. Each needs a process of its own, because Qt reads the scaling once.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "shots"
_MARK = "MEDIATION_DESK_SHOTS"

sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

SCALES, SIZES, SCHEMES = ("1", "1.25", "1.5"), ("standard", "huge"), ("light", "dark")


def _take_all(scale: str, size: str, scheme: str) -> int:
    # Qt may be loaded only when the scaling is set.
    from allowance_pages import allowance_pages  # noqa: PLC0415
    from camera import Camera, Variant  # noqa: PLC0415
    from empty_pages import empty_pages  # noqa: PLC0415
    from first_pages import first_pages  # noqa: PLC0415
    from moving_pages import another_computer_pages, moving_pages  # noqa: PLC0415
    from office_pages import office_pages  # noqa: PLC0415
    from person_pages import person_pages  # noqa: PLC0415
    from recovery_pages import recovery_pages  # noqa: PLC0415
    from returns_pages import returns_in_the_village  # noqa: PLC0415
    from round_trip_pages import round_trip_pages  # noqa: PLC0415
    from village_pages import village_pages  # noqa: PLC0415
    from village_round_pages import first_start_by_file, village_round_pages  # noqa: PLC0415

    from mediation_desk.desk.clock import today  # noqa: PLC0415
    from mediation_desk.desk.demonstration import PASSWORD, build  # noqa: PLC0415

    variant = Variant(scale, size, scheme)
    out = OUT / variant.name
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        os.environ["MEDIATION_DESK_HOME"] = str(home)
        demo = build(home / "demo", today())
        stirred = home / "stirred"
        shutil.copytree(demo, stirred)
        camera = Camera(variant, out)
        allowance_pages(camera, home, demo, PASSWORD)
        village = demo / "梨子园村"
        first_pages(camera, home, village, PASSWORD)
        first_start_by_file(camera, home, demo, PASSWORD)
        empty_pages(camera, home)
        recovery_pages(camera, home)
        moving_pages(camera, home, demo, PASSWORD)
        person_pages(camera, home)
        another_computer_pages(camera, home, demo, PASSWORD)
        office_pages(camera, demo, PASSWORD)
        round_trip_pages(camera, stirred, PASSWORD)
        returns_in_the_village(camera, village, demo, PASSWORD)
        village_pages(camera, home, village, PASSWORD)
        village_round_pages(camera, home, demo, PASSWORD)
    sys.stdout.write(f"{len(camera.names)} pictures in {out}\n")
    for fault, name in camera.faults.items():
        sys.stdout.write(f"fault in {name}: {fault}\n")
    if missing := camera.seen.missing():
        sys.stdout.write("without a picture: " + ", ".join(missing) + "\n")
    if camera.twice:
        sys.stdout.write("overwritten by another of their name: " + ", ".join(camera.twice) + "\n")
    return 1 if missing or camera.twice else 0


def main() -> int:
    if wanted := os.environ.get(_MARK):
        return _take_all(*wanted.split())
    variants = {
        f"{round(float(scale) * 100)}-{size}-{scheme}": (scale, size, scheme)
        for scale, size, scheme in product(SCALES, SIZES, SCHEMES)
    }
    if unknown := [name for name in sys.argv[1:] if name not in variants]:
        sys.stderr.write(
            f"no such variant: {', '.join(unknown)}; there are {', '.join(variants)}\n"
        )
        return 2
    for name in sys.argv[1:] or variants:
        scale, size, scheme = variants[name]
        env = {**os.environ, _MARK: f"{scale} {size} {scheme}", "QT_SCALE_FACTOR": scale}
        if code := subprocess.run([sys.executable, __file__], env=env, check=False).returncode:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
