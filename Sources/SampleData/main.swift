print("sample data")
