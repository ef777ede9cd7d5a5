extension ModuleError {
    /// The message, cut to what a record holds: 512 bytes of UTF-8.
    ///
    /// A message may quote what somebody sent; what it costs to record it has to be bounded all the same. It is cut between
    /// Unicode scalars: where characters end depends on the Unicode version of the machine.
    public var recordedMessage: String {
        guard message.utf8.count > 512 else { return message }
        var cut = String.UnicodeScalarView()
        var count = 0
        for scalar in message.unicodeScalars {
            count += UTF8.width(scalar)
            guard count <= 509 else { break }
            cut.append(scalar)
        }
        return String(cut) + "…"
    }
}
