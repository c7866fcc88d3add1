"""Looks things up for programs and models: passages, sections, sheets, reporting lines."""
