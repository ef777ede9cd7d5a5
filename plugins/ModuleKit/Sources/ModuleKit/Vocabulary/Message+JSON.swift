extension SwiftProtobuf.Message {
    /// Reads the protobuf JSON form; fields that this build does not know are errors.
    ///
    /// - Throws: `undecodable`, naming the message type.
    public init(decodingJSON text: String) throws(ModuleError) {
        do {
            try self.init(jsonString: text)
        } catch {
            throw ModuleError(
                .undecodable,
                "this is not the JSON form of \(Self.protoMessageName) (\(error)): check names and types of its fields"
            )
        }
    }

    /// The protobuf JSON form, with the field names of the `.proto`.
    ///
    /// - Throws: `undecodable` when a text field is not valid.
    public func json() throws(ModuleError) -> String {
        do {
            var options = JSONEncodingOptions()
            options.preserveProtoFieldNames = true
            return try jsonString(options: options)
        } catch {
            throw ModuleError(.undecodable, "\(Self.protoMessageName) has no JSON form: \(error)")
        }
    }
}
