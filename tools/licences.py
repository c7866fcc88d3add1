"""Lists the licences of what is installed, and fails on one that is not allowed.

`python tools/licences.py [--todo]`, with the Python of the environment to look at. It reads
what each package says of itself: the SPDX expression, else the classifiers, else the free text.
"""

import argparse
import re
import sys
from importlib.metadata import Distribution, distributions

ALLOWED = re.compile(
    r"0BSD|Apache(?:[- ](?:Software )?Licen[sc]e)?(?:,? ?(?:Version )?-?2\.0(?: License)?)?"
    r"|(?:New |Modified )?(?:[23]-Clause )?BSD(?:-[23]-Clause| 2-Clause| 3-Clause)?(?: Licen[sc]e)?"
    r"|BSL-1\.0|CC0-1\.0|CNRI-Python|ISC(?: Licen[sc]e)?(?: \(ISCL\))?|LLVM-exception"
    r"|MIT(?:-0|-CMU| Licen[sc]e)?|MPL-2\.0|Mozilla Public Licen[sc]e 2\.0 \(MPL 2\.0\)"
    r"|PSF-2\.0|Python Software Foundation Licen[sc]e|Unlicense|Zlib",
    re.I,
)
"""Permissive ones, and the Mozilla Public License, whose files are used unchanged."""
ALLOWED_FOR = {
    "psycopg": "LGPL-3.0-only",
    "psycopg-binary": "LGPL-3.0-only",
    "python-telegram-bot": "LGPL-3.0-only",
}
"""The Lesser GPL, for libraries that are imported as they are, and that anybody can replace."""
KNOWN = {
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "resvg-py": "MIT",
}
"""Of packages whose metadata don't say, or not in so many words; by their licence files."""
_CLASSIFIER = "License :: "
_PARTS = re.compile(r"\bAND\b|\bOR\b|\bWITH\b|[(),/;]", re.I)


def licence_of(package: Distribution) -> str:
    """What a package says of its licence; "" if nothing."""
    told = package.metadata
    if expression := told.get("License-Expression"):
        return str(expression)
    classifiers = [
        each.rpartition(" :: ")[2]
        for each in told.get_all("Classifier") or []
        if each.startswith(_CLASSIFIER) and not each.endswith("OSI Approved")
    ]
    if classifiers:
        return " OR ".join(classifiers)
    return (told.get("License") or "").strip().partition("\n")[0][:60]


def is_allowed(name: str, licence: str) -> bool:
    """Whether a package may be used under what it says."""
    if ALLOWED_FOR.get(name) == licence:
        return True
    if ALLOWED.fullmatch(licence):
        return True
    # of alternatives one will do; of what goes together each must
    return any(
        all(ALLOWED.fullmatch(part.strip()) for part in _PARTS.split(choice) if part.strip())
        for choice in re.split(r"\bOR\b", licence)
        if choice.strip(" ()")
    )


def main() -> int:
    """Print what is not allowed, or with `--todo` everything; 1 if there is any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--todo", action="store_true", help="list every package")
    everything = parser.parse_args().todo
    wrong = 0
    for package in sorted(distributions(), key=lambda each: each.metadata["Name"].lower()):
        name = re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower()
        licence = KNOWN.get(name) or licence_of(package)
        allowed = is_allowed(name, licence)
        wrong += not allowed
        if everything or not allowed:
            mark = "" if allowed else "  <- not allowed"
            print(f"{name} {package.version}: {licence or 'unknown'}{mark}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
