"""Reports of suspicion (SAR, STR): the form, who has reviewed and approved it, its XML, its clocks, what was answered."""
