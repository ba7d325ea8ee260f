"""Rooms that write while connections drop and the server is killed, and what is left of it."""
