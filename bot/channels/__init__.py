"""The channels: each turns its own messages into flows.messages and back. No flow knows which one it is."""
