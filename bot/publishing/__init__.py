"""From approved quotes to posts, once: their words, their slots, the ledger, the worker."""
