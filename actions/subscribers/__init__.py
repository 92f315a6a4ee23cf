"""The list: people who asked for our updates, what they agreed to, the updates, and the way out."""
