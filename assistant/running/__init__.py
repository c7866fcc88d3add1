"""What keeps the service running: settings, storage, logs, limits, privacy.

Nothing here knows what a question means or how an answer is made.
"""
