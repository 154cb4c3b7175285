"""Realtime: doorbells over Socket.IO. Ids and counters only; browsers fetch what they may see."""
