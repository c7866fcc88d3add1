"""The changes between two versions of a manual as a web page.

comparison_html(compare(old, new), today)
"""

from assistant.reports.comparing.page import comparison_html

__all__ = ["comparison_html"]
