"""The routekaart: milestones of all instruments over the years."""
