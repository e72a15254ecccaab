"""The rules of SPEC.md as cases: one hand-written person history for every status code."""
