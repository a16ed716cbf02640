"""`make bench-screening`: recall, false alarms, speed and size of screening, beside LogicV2 and WRatio on the same names."""
