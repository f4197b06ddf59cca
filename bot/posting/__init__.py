"""Where library, cards, accounts and networks meet: approved quotes planned, due posts sent."""
