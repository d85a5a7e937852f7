"""What has changed in region data, and what customers have been told of it."""
