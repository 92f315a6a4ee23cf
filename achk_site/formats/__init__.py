"""How Hong Kong writes numbers and the like, where Django leaves it open."""
