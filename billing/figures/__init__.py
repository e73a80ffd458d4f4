"""What the world may see of a half-year: gathered, made safe, and kept as published."""
