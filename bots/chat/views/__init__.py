"""What each screen looks like, one module a kind: `view_of` in `bots/chat/showing.py` picks."""
