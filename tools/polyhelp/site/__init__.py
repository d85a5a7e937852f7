"""The published site: stage, build, finish."""
