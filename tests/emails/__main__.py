"""Write docs/emails.md and emails.html anew; with a folder, each e-mail's two parts there as well."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

FOLDER = "EMAILS_FOLDER"

folder = sys.argv[1] if len(sys.argv) > 1 else os.devnull
if folder != os.devnull:
    Path(folder).mkdir(parents=True, exist_ok=True)
os.environ[FOLDER] = folder
sys.exit(pytest.main(["-q", str(Path(__file__).parent)]))
