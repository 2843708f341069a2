"""The built site for those who are not on line: one zip, one PDF."""
