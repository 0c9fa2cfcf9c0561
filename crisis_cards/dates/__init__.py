"""What a date looks like in notes: patterns only. Nothing is computed, so no card states a date the notes do not."""

from crisis_cards.dates.abroad import date_in
from crisis_cards.dates.english import DATE, NEXT, SAME

__all__ = ["DATE", "NEXT", "SAME", "date_in"]
