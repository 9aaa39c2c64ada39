"""What a careful analyst would say of a record, and whether the shipped rulebook says so too."""
