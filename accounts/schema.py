"""OpenAPI description of the API key header."""
