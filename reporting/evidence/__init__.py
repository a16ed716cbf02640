"""Evidence packs: what a regulator, an auditor or a court asks for, with proof that nothing was changed since."""
