"""The same acts from the command line."""
