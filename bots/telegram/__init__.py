"""The Telegram bot.

    update  → inbox      stored and encrypted, so that it is handled once, whatever happens
            → in order   one after another in a chat, all chats beside one another
            → dialogue   what a message, a button or a command asks for
            → screen     what the answering message shows, and how that looks (`bots/chat/`)
            → messenger  sent, edited, retried, as Telegram's HTML and a keyboard

The messenger and the dialogue know nothing of how an answer is worded.
"""
