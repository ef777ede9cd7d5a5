extension ModuleError {
    /// The message, cut to what a record holds: 512 bytes of UTF-8.
    ///
    /// A message may quote what somebody sent; what it costs to record it has to be bounded all the same.
    public var recordedMessage: String {
        guard message.utf8.count > 512 else { return message }
        var cut = ""
        var count = 0
        for character in message {
            count += character.utf8.count
            guard count <= 509 else { break }
            cut.append(character)
        }
        return cut + "…"
    }
}
