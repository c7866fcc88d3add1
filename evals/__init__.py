"""Gold sets, made-up manuals, metrics and the evaluation report."""
