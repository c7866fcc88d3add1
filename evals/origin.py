"""When, where and of what an evaluation is."""

import os
import platform
import subprocess
from datetime import datetime
from pathlib import Path

from evals.metrics.bootstrap import SEED
from evals.report_model import Origin

_CHECKOUT = Path(__file__).parents[1]


def this_origin() -> Origin:
    """The origin of what is measured now, here."""
    return Origin(
        made_at=datetime.now().astimezone(), commit=_commit(), machine=_machine(), seed=SEED
    )


def _machine() -> str:
    return (
        f"{os.cpu_count()} núcleos ({platform.machine()}), Python {platform.python_version()}, "
        f"carga {os.getloadavg()[0]:.1f}"
    )


def _commit() -> str:
    commit = _git("rev-parse", "--short", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no")
    return f"{commit}+" if commit and changed else commit


def _git(*arguments: str) -> str:
    """What git says, or "" where there is no git or no repository."""
    try:
        done = subprocess.run(
            ["git", "-C", str(_CHECKOUT), *arguments], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()
