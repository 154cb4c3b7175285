"""Says in one sentence when a port cannot be used; runs before anything else, on any Python 3.11."""

import socket
import sys


def complaint(text: str) -> str | None:
    """What is wrong with a port, if anything."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        return f"PORT must be a number from 1 to 65535, not {text!r}."
    try:
        socket.create_server(("", int(text))).close()
    except PermissionError:
        return f"Port {text} is reserved for the system. Choose one above 1023: PORT=8123 make run"
    except OSError:
        other = int(text) + 1 if int(text) < 65535 else 8123
        return f"Port {text} is taken by another program. Choose another: PORT={other} make run"
    return None


if __name__ == "__main__":
    sys.exit(complaint(sys.argv[1]))
