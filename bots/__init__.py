"""Bots: the same core in the chats that people already use."""
