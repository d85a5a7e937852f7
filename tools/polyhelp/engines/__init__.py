"""Machine translation: engines, how markup travels, and the gateway."""
