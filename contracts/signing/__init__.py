"""Sign an agreement, prove it afterwards: the seal, the signatures, the check."""
