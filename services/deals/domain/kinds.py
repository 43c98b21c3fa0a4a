"""The kinds that ids of this service carry."""

PROCESS = 0x201
DEAL = 0x202
SALE_TERMS = 0x203
SHIPMENT = 0x204
TRANSITION = 0x205
