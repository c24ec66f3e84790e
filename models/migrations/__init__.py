"""The office's schema, step by step. `models.migrate` runs them."""
