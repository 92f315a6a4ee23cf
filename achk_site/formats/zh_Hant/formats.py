"""1,000 as in a Hong Kong newspaper; Django groups nothing in Chinese."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
