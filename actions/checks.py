"""System checks of the rooms, gathered so that Django finds them."""
