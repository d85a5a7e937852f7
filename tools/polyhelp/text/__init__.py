"""Pure functions on text: inline markup, words, similarity."""
