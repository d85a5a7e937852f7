"""The place where a repository lives and people review: branches, pull requests, comments, events."""
