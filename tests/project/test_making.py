"""The commands in `bin` before there is an environment: which Python, and what if it is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import ROOT

pytestmark = pytest.mark.pure
NONE = "Setwise needs Python 3.11, 3.12, 3.13 or 3.14, and found none of them."
WITHOUT = """
import runpy, sys
sys.modules[{module!r}] = None  # as where the system has left it out
sys.argv = ["_environment.py", "run", "run"]
runpy.run_path({path!r}, run_name="__main__")
"""


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A path of commands with a shell's own, and no Python."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("sh", "dirname"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def python(folder: Path, name: str, version: str) -> None:
    """A Python that says it is of this version, and otherwise only its name."""
    path = folder / name
    code = f"import sys; sys.version_info = {version}; exec(sys.argv[1])"
    path.write_text(
        f'#!/bin/sh\n[ "$1" = -c ] && exec {sys.executable} -c \'{code}\' "$2"\necho {name}\n'
    )
    path.chmod(0o755)


def start(tools: Path, name: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(ROOT / "bin" / name)],
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )


@pytest.mark.parametrize("name", ["run", "setwise", "test", "bench"])
def test_without_a_python_each_command_says_so_in_a_line(tools: Path, name: str) -> None:
    answer = start(tools, name)
    assert (answer.returncode, answer.stdout, answer.stderr) == (1, "", f"{NONE}\n")


@pytest.mark.parametrize("version", ["(2, 7, 18)", "(3, 10, 14)", "(3, 15, 0)", "(4, 0, 0)"])
def test_a_python_too_old_or_too_new_is_none(tools: Path, version: str) -> None:
    python(tools, "python3", version)
    answer = start(tools, "run")
    assert (answer.returncode, answer.stderr) == (1, f"{NONE}\n")


@pytest.mark.parametrize("minor", [11, 12, 13, 14])
def test_the_right_one_is_found_beside_one_too_old(tools: Path, minor: int) -> None:
    python(tools, "python3", "(3, 9, 2)")
    python(tools, f"python3.{minor}", f"(3, {minor}, 0)")
    assert start(tools, "run").stdout == f"python3.{minor}\n"


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_venv_module_is_told_with_the_remedy(tmp_path: Path, module: str) -> None:
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    code = WITHOUT.format(module=module, path=str(tmp_path / "bin" / "_environment.py"))
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == (
        "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv\n"
    )
    assert not (tmp_path / ".venv").exists()
