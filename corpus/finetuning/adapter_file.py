"""Where the adapter is kept, and what tells it from another; apart, since every process asks."""

from hashlib import sha256
from pathlib import Path

ADAPTER_FILE = Path(__file__).with_name("adapter.npz")


def digest() -> str:
    """Eight characters that change with the adapter, as a part of the model's identity."""
    return sha256(ADAPTER_FILE.read_bytes()).hexdigest()[:8]
