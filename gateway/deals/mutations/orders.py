"""What can be asked of orders, and of what follows from them."""

from __future__ import annotations

import graphene

from gateway.deals.mutations.customer_orders import (
    cancel_customer_order,
    change_customer_order,
    confirm_customer_order,
    register_customer_order,
)


class OrderMutations(graphene.ObjectType):
    """Commands to orders, shipments, payments and obligations."""

    register_customer_order = register_customer_order
    confirm_customer_order = confirm_customer_order
    change_customer_order = change_customer_order
    cancel_customer_order = cancel_customer_order
