"""How a GraphQL request is executed: level by level, each level's calls in flight together."""
