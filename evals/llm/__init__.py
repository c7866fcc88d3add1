"""How a language model's answers compare with the assistant's own, and what checking them does."""
