"""Code that nothing uses is found; what a page's template uses is in use."""

import shutil
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "tools" / "dead_code.py"
SETTINGS = "[tool.dead_code]\nexclude = []\nignore_names = ['main']\nignore_decorators = []\n"


def test_what_nothing_but_a_template_uses_lives(tmp_path: Path) -> None:
    for folder in ("assistant", "bots", "corpus", "evals", "ingest", "tools"):
        (tmp_path / folder).mkdir()
    room = tmp_path / "assistant"
    (room / "page.html").write_text("{% if each.is_shown %}{{ name }}{% endif %}", "utf-8")
    (room / "house.py").write_text("def is_shown(): ...\n\n\ndef nobody(): ...\n", "utf-8")
    (tmp_path / "pyproject.toml").write_text(SETTINGS, "utf-8")
    copied = shutil.copy(SCRIPT, tmp_path / "tools")
    found = subprocess.run([sys.executable, copied], capture_output=True, text=True, check=False)
    assert found.returncode == 1, found.stderr
    assert found.stdout.splitlines() == [f"{room / 'house.py'}:4: function nobody"]
