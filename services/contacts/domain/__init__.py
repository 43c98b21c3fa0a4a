"""The rules about partners and the people who work with them."""
