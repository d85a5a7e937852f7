"""The term base: read, matched in sources, enforced in targets."""
