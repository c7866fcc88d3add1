"""A small, strict Telegram Bot API server for tests, and the people who talk to the bot on it.

with TelegramServer() as telegram:
    ana = telegram.user("Ana")
    ...  # start the bot with telegram.base_url and telegram.token
    ana.says("¿quién ve lo de las juntas vecinales?")
    answer = ana.receives()
    ana.taps(answer, "§ 3.2")
    passage = ana.waits_for_edit(answer)
    print(ana.transcript())
    telegram.check()
"""
