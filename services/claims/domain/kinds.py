"""The kinds that ids of this service carry."""

CLAIM = 0x301
