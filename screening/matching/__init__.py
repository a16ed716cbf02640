"""The matching engine: pure Python, numpy and rapidfuzz. No Django."""

ENGINE_VERSION = "2"
