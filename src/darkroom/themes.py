"""The two themes in which every picture is made."""

THEMES = ("light", "dark")
