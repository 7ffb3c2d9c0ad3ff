"""What is around all screens: the host that they know, the leader menu, what is told of saving, and the end."""
