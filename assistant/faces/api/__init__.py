"""The HTTP API: the same core for everyone with a browser or a program.

    app = create_app(load_settings())

Each router is one concern; what they share stands in `deps.py`. Errors become problems (RFC 9457)
in `problems.py`.
"""

from assistant.faces.api.app import create_app

__all__ = ["create_app"]
