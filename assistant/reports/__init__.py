"""Documents that are made of a whole manual: the org chart as a picture, the audit of its
contradictions, the induction pack of a position.

Answers to single questions are made in `answering`.
"""
