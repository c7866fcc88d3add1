"""What is derived from the bot's token, which is the secret: hashes of ids, and a cipher.

Whoever reads the database without the token finds no chat, and can't read what waits in the inbox.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken


class Identity:
    """Keyed names for what Telegram numbers."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._cipher = Fernet(base64.urlsafe_b64encode(self._digest("inbox").digest()))

    def chat(self, chat_id: int) -> str:
        """The name under which a chat is kept; 64 hexadecimal digits."""
        return self._digest(f"chat {chat_id}").hexdigest()

    def conversation(self, chat_id: int) -> str:
        """The id of a chat's conversation."""
        return f"telegram-{self._digest(f'conversation {chat_id}').hexdigest()}"

    def user(self, user_id: int) -> str:
        """The name under which a person's questions are counted."""
        return f"telegram-{self._digest(f'user {user_id}').hexdigest()}"

    def update(self, update_id: int) -> str:
        """The name of an update; other bots on the same database have others."""
        return self._digest(f"update {update_id}").hexdigest()

    def message(self, chat_id: int, message_id: int) -> str:
        """The name of a message."""
        return self._digest(f"message {chat_id} {message_id}").hexdigest()

    @property
    def webhook_secret(self) -> str:
        """What Telegram brings along, so that nobody else can deliver updates."""
        return self._digest("webhook").hexdigest()

    def sealed(self, text: str) -> str:
        """A text that only this bot can read."""
        return self._cipher.encrypt(text.encode()).decode()

    def opened(self, sealed: str) -> str | None:
        """The text; None if another token sealed it."""
        try:
            return self._cipher.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None

    def _digest(self, what: str) -> "hmac.HMAC":
        return hmac.new(self._token, what.encode(), hashlib.sha256)
