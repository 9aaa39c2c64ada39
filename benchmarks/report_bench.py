"""
What a report costs: how long it takes to write and how large it is, and how quickly a browser opens and filters it.

    python benchmarks/report_bench.py                 # 20,000 and 200 records of the synthetic vendor master

Needs Chromium (apt-get install chromium). Wall-clock times are the fastest of several.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import make_vendor_master  # noqa: E402 -- it stands beside this file

FILTER = """(select) => new Promise(done => {
    const begun = performance.now();
    const told = document.getElementById('found');
    const seen = new MutationObserver(() => {
        seen.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
    });
    seen.observe(told, {childList: true, characterData: true, subtree: true});
    if (select) {
        const by = document.getElementById('by-outcome');
        by.value = 'routine';
        by.dispatchEvent(new Event('change'));
    } else {
        const box = document.getElementById('search');
        box.value = 'textile ltd';
        box.dispatchEvent(new Event('input'));
    }
})"""


def screened(file: Path, *options: object) -> float:
    """Wall-clock seconds of screening a file, start of the program included."""
    command = [sys.executable, "-m", "laborscreen", "screen", file, "--as-of", "2026-06-30", *options]
    begun = time.perf_counter()
    with subprocess.Popen([str(one) for one in command], stderr=subprocess.PIPE, text=True) as run:
        _, told = run.communicate()
    assert run.returncode in (0, 3), told
    return time.perf_counter() - begun


def main() -> None:
    """Write, measure, tell."""
    with tempfile.TemporaryDirectory() as folder:
        for rows in (200, 20_000):
            vendors, page = Path(folder) / f"{rows}.csv", Path(folder) / f"{rows}.html"
            make_vendor_master.main(vendors, rows)
            plain = min(screened(vendors) for _ in range(2))
            written = min(screened(vendors, "--report", page) for _ in range(2))
            size = page.stat().st_size
            print(
                f"{rows:>6,} rows: {size / 1e6:.2f} MB; screened in {plain:.1f} s, with the report in {written:.1f} s"
            )
        in_browser(page)


def in_browser(page: Path) -> None:
    """Open the large page, filter it and search it."""
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        raise SystemExit(
            "not opened in a browser: Playwright is not installed; make bench-report installs it,"
            " and so does pip install --group dev"
        ) from None
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("no Chromium: not opened")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        opened, filtered, found = [], [], []
        for _ in range(5):
            window = browser.new_page()
            window.goto(page.as_uri())
            window.wait_for_selector("html[data-ready=yes]")
            opened.append(
                window.evaluate("performance.timing.domComplete - performance.timing.navigationStart")
            )
            filtered.append(window.evaluate(FILTER, True))
            found.append(window.evaluate(FILTER, False))
            window.close()
        browser.close()
    print(f"opened in {min(opened)} ms, filtered in {min(filtered):.0f} ms, searched in {min(found):.0f} ms")


if __name__ == "__main__":
    main()
