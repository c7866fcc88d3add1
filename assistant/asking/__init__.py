"""From a question to its answer: the steps of a turn, the conversation, and which manual answers.

What a question means, what is found and what is said belong to the rooms that the steps call.
"""
