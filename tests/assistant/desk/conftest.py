"""Every test of the desk's books runs on SQLite and on a real PostgreSQL."""

from tests.assistant.running.storage.conftest import database, url

__all__ = ["database", "url"]
