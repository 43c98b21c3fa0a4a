"""The GraphQL gateway: authenticates, composes the services' answers, and holds no rule of the business."""
