"""Gemeenten that are dissolved into another, and what each of them still had."""
