"""Models side by side with a plain random forest, on published and generated data."""
