# ruff: noqa: INP001 -- a script, not part of a package
"""
Write the pictures of ``docs/images/`` anew: the report of the example files, as a browser shows it.

Needs Chromium (apt-get install chromium). The pictures depend on the fonts of the machine, so that they are looked at and not
compared byte for byte.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURES = (
    # name, place on the page, colour scheme, width, height, how far down
    ("overview", "", "light", 1120, 900, 0),
    ("records", "#records", "light", 1120, 640, -1),
    ("record", "#record=V-1003", "light", 1120, 1120, 0),
    ("record-dark", "#record=V-1003", "dark", 1120, 700, 0),
    ("record-phone", "#record=V-1003", "light", 390, 844, 0),
)


def main() -> None:
    """Screen the examples twice, so that there is something to compare with, and take the pictures."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("no Chromium is installed: apt-get install chromium")
    images = ROOT / "docs" / "images"
    images.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "report.html"
        screen("2025-06-30", "-o", f"{folder}/earlier.jsonl")
        screen(
            "2026-06-30",
            "--watchlist",
            "embedded",
            "--report",
            str(page),
            "--previous",
            f"{folder}/earlier.jsonl",
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, place, scheme, width, height, top in PICTURES:
            window = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": height})  # type: ignore[arg-type] # one of two words
            window.goto(page.as_uri() + place)
            window.wait_for_selector("html[data-ready=yes]")
            if top >= 0:
                window.evaluate("top => window.scrollTo(0, top)", top)
            window.screenshot(path=str(images / f"{name}.png"))
            window.close()
        browser.close()


def screen(day: str, *options: str) -> None:
    """Screen the example files as of a day."""
    files = ["examples/vendor_master.csv", "examples/due_diligence.jsonl"]
    command = [sys.executable, "-m", "laborscreen", "screen", *files, "--as-of", day, *options]
    subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)  # noqa: S603 -- our own program


if __name__ == "__main__":
    main()
