"""The pages of the window: each knows the store and composes widgets."""
