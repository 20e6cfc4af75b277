"""Between students and graders: releases out, submissions in with a receipt, feedback back."""
