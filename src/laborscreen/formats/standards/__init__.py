"""
Public data standards: what their files hold, as records.
"""
