"""Reading documents: pure Python, usable without Django. Runs in a throw-away child process (`documents.safety`)."""
