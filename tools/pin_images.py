"""Pins the container images that are named by tag to the digests that those tags mean now.

`python tools/pin_images.py [FILE…]`, by default Dockerfile and compose.yaml, asks the images'
registries through `docker buildx imagetools` and writes the answers behind the tags. Run it
again to follow a tag that has moved; `git diff` then shows what did.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
_NAMED = re.compile(
    r"^(?P<before>FROM |[ ]+image: )(?P<tag>[\w./-]+:[\w.-]+)(?:@sha256:[0-9a-f]{64})?",
    re.MULTILINE,
)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


class DigestError(Exception):
    """A registry tells no digest for a tag."""


def digest_of(tag: str) -> str:
    """The digest of all platforms' manifest. Raises DigestError."""
    command = ["docker", "buildx", "imagetools", "inspect", tag]
    try:
        asked = subprocess.run(
            [*command, "--format", "{{.Manifest.Digest}}"],
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise DigestError("docker with buildx is needed") from error
    told = asked.stdout.strip()
    if asked.returncode != 0 or not _DIGEST.fullmatch(told):
        raise DigestError(f"{tag}: {asked.stderr.strip() or 'no digest'}")
    return told


def pinned(text: str) -> str:
    """The file's text with the digest of each tag. Raises DigestError."""
    return _NAMED.sub(
        lambda found: f"{found['before']}{found['tag']}@{digest_of(found['tag'])}", text
    )


def main() -> int:
    """Pin in the files that are named; none is changed unless all can be."""
    files = [Path(each) for each in sys.argv[1:]] or [ROOT / "Dockerfile", ROOT / "compose.yaml"]
    try:
        texts = {each: pinned(each.read_text("utf-8")) for each in files}
    except DigestError as error:
        print(error, file=sys.stderr)
        return 1
    for path, text in texts.items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
