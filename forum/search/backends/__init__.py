"""The engines that answer questions, all with the same contract."""
