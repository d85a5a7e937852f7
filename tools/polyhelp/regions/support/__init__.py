"""Support hours: teams, their hours on all clocks, and their days off."""
