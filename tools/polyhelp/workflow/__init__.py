"""One verb per module, on an opened project."""
