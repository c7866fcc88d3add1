"""What the pages show, as data that the templates only have to lay out.

Each module is one concern of the pages; none of them knows of requests or of HTML.
"""
