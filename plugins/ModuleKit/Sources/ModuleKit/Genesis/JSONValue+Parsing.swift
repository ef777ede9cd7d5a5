extension JSONValue {
    /// Reads a JSON text in UTF-8, as strictly as `JSONValue.init(bytes:depthLimit:byteCountLimit:)` of StrictJSON.
    ///
    /// - Throws: `invalidJSON`, with line and column; both count from 1, columns in bytes.
    public init(
        parsing bytes: [UInt8],
        depthLimit: Int = standardDepthLimit,
        byteCountLimit: Int = standardByteCountLimit
    ) throws(ModuleError) {
        do {
            try self.init(bytes: bytes, depthLimit: depthLimit, byteCountLimit: byteCountLimit)
        } catch {
            throw ModuleError(.invalidJSON, error.message)
        }
    }

    /// Reads a JSON text; otherwise like `init(parsing:depthLimit:byteCountLimit:)` for bytes.
    public init(
        parsing text: String,
        depthLimit: Int = standardDepthLimit,
        byteCountLimit: Int = standardByteCountLimit
    ) throws(ModuleError) {
        try self.init(parsing: [UInt8](text.utf8), depthLimit: depthLimit, byteCountLimit: byteCountLimit)
    }
}
