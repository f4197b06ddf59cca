"""Where quotes, cards, accounts and the ledger come together: planning, handing over, sending."""
