"""Makes Setwise's own environment from a hashed requirements file, once, then starts a command.

Called by the commands in this folder with: the requirements' name, the command, its arguments.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
INSIDE = VENV / "bin" / "python"
MODULES = {
    "run": ["-m", "setwise.project.cli", "run"],
    "setwise": ["-m", "setwise.project.cli"],
    "test": ["-m", "tests"],
    "bench": ["-m", "benchmarks"],
}


def fail(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(1)


def make(name: str) -> None:
    """Install `requirements/<name>.txt`, wheels only, unless that was done already."""
    file = ROOT / "requirements" / f"{name}.txt"
    # what the tests need holds all that running needs
    stamps = [VENV / f".installed-{each}" for each in {name, "test"}]
    digests = {each: digest(ROOT / "requirements" / f"{each}.txt") for each in ("run", "test")}
    for stamp in stamps:
        wanted = digests[stamp.name.removeprefix(".installed-")]
        if INSIDE.exists() and stamp.exists() and stamp.read_text() == wanted:
            return
    if not INSIDE.exists():
        if not all(importlib.util.find_spec(each) for each in ("venv", "ensurepip")):
            fail("Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv")
        print("Making Setwise's own environment, once …", flush=True)
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
            shutil.rmtree(VENV, ignore_errors=True)  # half of one would be taken for a whole one
            fail(
                "Python could not make an environment. On Debian or Ubuntu: apt install python3-venv"
            )
    command = [str(INSIDE), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--only-binary", ":all:", "--require-hashes", "-r", str(file)]
    if subprocess.run(command, check=False).returncode:
        fail("The packages could not be installed: is there a connection? Then try again.")
    (VENV / f".installed-{name}").write_text(digests[name])


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes() + sys.version.encode()).hexdigest()


def main() -> None:
    name, command, *arguments = sys.argv[1:]
    make(name)
    environment = dict(os.environ)
    environment.pop("PYTHONHOME", None)
    environment["PYTHONPATH"] = str(ROOT)
    os.execve(INSIDE, [str(INSIDE), *MODULES[command], *arguments], environment)


if __name__ == "__main__":
    main()
