"""The rules of spec.md as cases: one hand-written person history for every status code."""
