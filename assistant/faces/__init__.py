"""How people and programs reach the assistant: command line, HTTP API with its pages, MCP.

Thin: what is said is decided in the rooms below; chat channels stand in `bots`.
"""
