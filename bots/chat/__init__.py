"""What a chat shows and does, whatever the channel: another channel sends it and nothing more.

    screen   what a message shows, as plain data that is kept for its buttons
    showing  a screen as it looks: lines of spans, and buttons
    turning  what a button of a screen leads to
    places   what a command names, in all manuals; `offers` what is offered while one types

Nothing here knows of a channel's library, of its tags or of its ids.
"""
