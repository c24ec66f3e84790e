"""What people see: the window. Layout and behaviour; what may be done and what comes out is `casework`'s."""
