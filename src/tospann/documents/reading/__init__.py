"""What a file really is, what is wrong with it, and its words. Run in a confined child.

Nothing here knows Django: ``contents`` starts it, keeps the answer and says it in sentences.
"""

MOST_DRAWN = 20
"""So many pages of a document become pictures."""
