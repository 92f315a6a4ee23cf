"""Re-exports the rooms' models so that Django finds them; nothing else lives here."""
