"""How well and how fast past threads are found: real archives, judged questions, baselines."""
