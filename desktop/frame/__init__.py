"""The main window around the pages: rail, actions, messages, palette, help. What a page shows is not here."""
