"""The kinds that the ids of this service carry."""

PARTNER = 0x101
MANAGER = 0x102
TEAM = 0x103
CONTACT_PERSON = 0x104
CONTACT_POINT = 0x105
LEGAL_ENTITY = 0x106
