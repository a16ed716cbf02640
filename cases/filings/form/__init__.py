"""What a report of suspicion says, whatever its receiver: typed data, its text, its clocks, a draft of its narrative. Pure."""
