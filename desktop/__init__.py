"""What people see: the window. Layout and behaviour; it decides nothing about a case."""
