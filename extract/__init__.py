"""Middle floor: from the text of an article to reports and events. Knows no screen."""
