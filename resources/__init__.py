"""What the program reads and never writes: packs, fonts, templates, catalogues, calendars, icons."""
