"""What a page gets once it is HTML, and what the site gets once all pages are."""
