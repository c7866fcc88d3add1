"""Tags of images are pinned to the digests that they mean now."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "tools" / "pin_images.py"
COMPOSE = """services:
  api:
    build: .
  db:
    image: postgres:17-alpine
  chroma:
    image: chromadb/chroma:1.5.9
"""
OLD, NEW = f"sha256:{'0' * 64}", f"sha256:{'a' * 64}"
DOCKER = f"""#!/bin/sh
case "$*" in
  "buildx imagetools inspect gone:1 "*) echo "no such image" >&2; exit 1;;
  "buildx imagetools inspect "*" --format {{{{.Manifest.Digest}}}}") echo {NEW};;
  *) exit 2;;
esac
"""


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder whose `docker` knows a digest for each tag but one."""
    folder = tmp_path / "programs"
    folder.mkdir()
    (folder / "docker").write_text(DOCKER, "utf-8")
    (folder / "docker").chmod(0o755)
    return folder


def pin(programs: Path, *files: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, SCRIPT, *files],
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_tag_gets_its_digest_and_a_moved_one_another(programs: Path, tmp_path: Path) -> None:
    compose, dockerfile = tmp_path / "compose.yaml", tmp_path / "Dockerfile"
    compose.write_text(COMPOSE, "utf-8")
    dockerfile.write_text(f"FROM python:3.12-slim@{OLD} AS build\nRUN true\n", "utf-8")
    assert pin(programs, compose, dockerfile).returncode == 0
    assert dockerfile.read_text("utf-8") == f"FROM python:3.12-slim@{NEW} AS build\nRUN true\n"
    assert f"image: postgres:17-alpine@{NEW}\n" in compose.read_text("utf-8")
    assert f"image: chromadb/chroma:1.5.9@{NEW}\n" in compose.read_text("utf-8")


def test_where_one_is_unknown_no_file_is_changed(programs: Path, tmp_path: Path) -> None:
    known, unknown = tmp_path / "compose.yaml", tmp_path / "Dockerfile"
    known.write_text(COMPOSE, "utf-8")
    unknown.write_text("FROM gone:1\n", "utf-8")
    done = pin(programs, known, unknown)
    assert done.returncode == 1
    assert done.stderr == "gone:1: no such image\n"
    assert known.read_text("utf-8") == COMPOSE


def test_without_docker_it_says_what_is_missing(tmp_path: Path) -> None:
    compose = tmp_path / "compose.yaml"
    compose.write_text(COMPOSE, "utf-8")
    done = pin(tmp_path / "nothing", compose)
    assert (done.returncode, done.stderr) == (1, "docker with buildx is needed\n")
