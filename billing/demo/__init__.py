"""The demo: the main job from beginning to end, with invented people and amounts.

The gemeenten exist; every other name, number and amount is invented and says so. Only
the command `demo` uses this package. `story` has the steps in order, `hours` and the
two CSV files what they are told with, `processes` the worker and the portal.
"""
