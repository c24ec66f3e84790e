"""What the office does: one module a stage of a case's life, each act by one person."""
