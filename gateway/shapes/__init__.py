"""GraphQL types that belong to no domain: scalars, money, connections, errors of a payload."""
