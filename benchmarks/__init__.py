"""Figures about the bot and its peers, one command each; nothing here is installed."""
