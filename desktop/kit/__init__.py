"""What pages are made of: the desk, jobs, words, colours, fields, dialogs, charts. No page, and no list."""
