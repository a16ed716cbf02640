"""Reading documents: pure Python, usable without Django; `sandbox` runs it in a throw-away child process."""
