"""What each screen looks like, one module a kind: `view_of` in `bots/telegram/showing.py` picks."""
