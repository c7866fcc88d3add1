"""An evaluation as people read it: in the terminal, as Markdown, and as a web page."""
