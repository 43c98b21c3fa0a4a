"""Deals with clients: sales processes, deals from the first contact to shipment, sale terms, shipments."""

INSTALL = "services.deals.commands.install_processes:install_processes"
"""What `crm migrate` and the start of the system run, as the system itself, once the tables are there."""
