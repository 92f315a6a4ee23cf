"""What is translated and what is not: no page or text goes live in another language's words."""
