"""Tables of talks, programmes of conferences, transcripts found by name."""
