"""The parts of the generator of made-up manuals; its public face is `evals.generated_manuals`."""
