"""What people see: the window. It comes later; until then there is nothing here."""
