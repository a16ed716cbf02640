"""Do pages stay as fast when the tables have grown?"""
