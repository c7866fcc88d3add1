"""Nothing is written outside the checkout, and no library keeps records of who uses it."""

import os
import subprocess
import sys
from pathlib import Path

_EMBED = """
import sys
from pathlib import Path
from corpus.embeddings import OnnxEmbeddings
OnnxEmbeddings(Path(sys.argv[1])).query_vector("¿Quién ve lo de las juntas vecinales?")
"""


def test_embedding_writes_nothing_into_the_home_folder(model_folder: Path, tmp_path: Path) -> None:
    # no CI variable: on CI, ONNX Runtime's telemetry is off anyway
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", _EMBED, str(model_folder)], env=environment, check=True)
    assert not list(tmp_path.rglob("*"))
