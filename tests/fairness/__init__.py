"""No false accusation: people and firms that must not be flagged."""
