print("foretaste")
