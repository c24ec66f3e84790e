"""Lists of any length: the numbers of all rows in order, and pages of those few that are on screen."""
