"""What a trained model achieves: metrics and their intervals, second seeds, budgets, submitted weights."""
