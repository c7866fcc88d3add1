"""The picture of the org chart: as text, JSON, SVG, PNG and PDF.

chart_svg(knowledge)                     # the whole manual
chart_png(knowledge, around=position)    # the branch around one position
"""

from assistant.reports.charting.charts import (
    chart_json,
    chart_pdf,
    chart_png,
    chart_svg,
    chart_text,
)
from assistant.reports.charting.contract import ChartRecord

__all__ = ["ChartRecord", "chart_json", "chart_pdf", "chart_png", "chart_svg", "chart_text"]
