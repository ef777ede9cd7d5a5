import StrictJSON

/// Quotes a text that came from outside for use in an error message: bounded, and in printable ASCII.
func quoted(_ text: String) -> String { String(quoting: text) }
