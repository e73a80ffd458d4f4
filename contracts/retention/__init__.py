"""What of agreements and datalekken has had its time, and how it goes.

An agreement that runs, or that ended less than its term ago, is never touched.
"""
