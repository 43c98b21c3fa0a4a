"""What can be asked of orders, and of what follows from them."""

from __future__ import annotations

import graphene

from gateway.deals.mutations.customer_orders import (
    cancel_customer_order,
    change_customer_order,
    confirm_customer_order,
    order_from_proposal,
    register_customer_order,
)
from gateway.deals.mutations.files import attach_file, detach_file
from gateway.deals.mutations.obligations import (
    cancel_obligation,
    fulfil_obligation,
    register_obligation,
    reschedule_obligation,
)
from gateway.deals.mutations.payments import register_payment, reverse_payment
from gateway.deals.mutations.register_return import register_return
from gateway.deals.mutations.supplier_orders import (
    cancel_supplier_order,
    raise_supplier_orders,
    receive_supplier_order,
)


class OrderMutations(graphene.ObjectType):
    """Commands to orders, shipments, payments and obligations."""

    register_customer_order = register_customer_order
    confirm_customer_order = confirm_customer_order
    change_customer_order = change_customer_order
    cancel_customer_order = cancel_customer_order
    register_return = register_return
    register_payment = register_payment
    reverse_payment = reverse_payment
    register_obligation = register_obligation
    reschedule_obligation = reschedule_obligation
    fulfil_obligation = fulfil_obligation
    cancel_obligation = cancel_obligation
    order_from_proposal = order_from_proposal
    raise_supplier_orders = raise_supplier_orders
    receive_supplier_order = receive_supplier_order
    cancel_supplier_order = cancel_supplier_order
    attach_file = attach_file
    detach_file = detach_file
