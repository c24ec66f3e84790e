"""Lists of any length: the numbers of all rows, and those few rows that are on screen. No page is here."""
