"""What Markdown becomes: figures, numbers, formulas, citations, the gallery."""
