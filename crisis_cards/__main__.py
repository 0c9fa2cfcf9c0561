"""`python -m crisis_cards`."""

from crisis_cards.cli import main

main()
