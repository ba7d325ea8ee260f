"""Passes every test, each kind under its own heading; the last line sums them up."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
TYPES = ("mypy", "setwise", "tests", "benchmarks")  # one core for most of a minute
PLAIN = "not browser and not server"
TWO = ("-n", "2", "--dist", "loadfile")  # a module's company is made once
# few and long: whoever is done takes over what is left, the longest having been begun first
FEW = ("-n", "2", "--dist", "worksteal")
LINT = (
    ("Style", ["ruff", "check", "."]),
    ("Format", ["ruff", "format", "--check", "."]),
    ("Layers", ["lint-imports", "--no-cache"]),
)


def main(arguments: list[str]) -> int:
    """Run them all, also after a failure; the exit status is 1 if anything failed."""
    fast = "--fast" in arguments
    os.chdir(ROOT)
    failed = 0
    passed = 0
    types = subprocess.Popen(
        [BIN / TYPES[0], *TYPES[1:]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    for title, command in LINT:
        heading(title)
        status = subprocess.run([BIN / command[0], *command[1:]], check=False).returncode
        passed, failed = passed + (status == 0), failed + (status != 0)
    runs: list[tuple[str, list[str], dict[str, str]]] = [
        (
            "Tests on SQLite",
            [*TWO, "-m", f"{PLAIN} and not long" if fast else PLAIN],
            {},
        )
    ]
    if not fast:
        runs += [
            (
                "Tests on PostgreSQL",
                [*TWO, "-m", f"{PLAIN} and not pure and not once"],
                {"SETWISE_TEST_DATABASE": "postgres"},
            ),
            ("Tests of the server", [*FEW, "-m", "server and not browser", *marked("server")], {}),
            ("Tests in the browser", [*FEW, "-m", "browser", *marked("browser")], {}),
        ]
    for title, options, environment in runs:
        heading(title)
        good, bad = pytest(options, environment)
        passed, failed = passed + good, failed + bad
    heading("Types")
    print(types.communicate()[0], end="")
    passed, failed = passed + (types.returncode == 0), failed + (types.returncode != 0)
    print(f"\n{passed} passed, {failed} failed")
    return int(failed > 0)


def marked(mark: str) -> list[str]:
    """The modules that name this mark: the others need not be read, twice, to find none in them."""
    modules = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(each.relative_to(ROOT)) for each in modules if f"mark.{mark}" in each.read_text()]


def heading(title: str) -> None:
    print(f"\n== {title}", flush=True)


def pytest(options: list[str], environment: dict[str, str]) -> tuple[int, int]:
    """Run pytest, its output shown as it comes; how many passed, and how many did not."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *options],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    last = ""
    assert process.stdout
    for line in process.stdout:
        print(line, end="", flush=True)
        last = line if re.search(r"\d+ (passed|failed|error)", line) else last
    status = process.wait()
    counts = {
        name: int(number) for number, name in re.findall(r"(\d+) (passed|failed|error)", last)
    }
    bad = counts.get("failed", 0) + counts.get("error", 0)
    return counts.get("passed", 0), bad or int(status != 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
