"""Where a request comes from and where it wants to go next: neither is taken at its word."""

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from flask import request

_IPV6_NETWORK_BITS = 64  # what one subscriber has; counting single addresses would count nothing


def address() -> str:
    """The caller's network address. Headers count only through the proxies that are configured."""
    return request.remote_addr or ""


def network() -> str:
    """What limits count by: the address, or the network of an IPv6 address."""
    try:
        found = ip_address(address())
    except ValueError:
        return address()
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return f"{IPv6Address(int(found) >> _IPV6_NETWORK_BITS << _IPV6_NETWORK_BITS)}/64"
    return str(found)


def own_path(wanted: str | None, default: str = "/") -> str:
    """The path to go on to, when it is one of our own; else the default."""
    path = wanted or ""
    if not path.startswith("/") or path.startswith("//"):
        return default
    # Browsers read a backslash as a slash and drop tabs and line breaks.
    if "\\" in path or not path.isprintable():
        return default
    parts = urlsplit(path)
    return default if parts.scheme or parts.netloc else path
