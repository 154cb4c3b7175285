"""Sites of the Stack Exchange network, as their data dumps hold them."""
