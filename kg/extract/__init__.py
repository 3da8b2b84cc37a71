"""Tokens to Facts."""
