"""Every change to discussions, one function per verb."""
