extension JSONValue {
    /// The depth to which objects and arrays may be nested by default.
    public static let standardDepthLimit = 128

    /// The length of a text in bytes by default: 1 GiB. The largest exported genesis files have some hundred megabytes.
    public static let standardByteCountLimit = 1 << 30

    /// Reads a JSON text (RFC 8259) in UTF-8.
    ///
    /// Refused are invalid UTF-8, a byte order mark, repeated names in an object, nesting beyond the limit, escaped
    /// halves of surrogate pairs, and anything after the value. Takes time in proportion to the length.
    ///
    /// - Parameters:
    ///   - depthLimit: at most 512 count, so that no input can exhaust the stack.
    ///   - byteCountLimit: a longer text is refused unread.
    /// - Throws: ``JSONError``, with line and column.
    public init(
        bytes: [UInt8],
        depthLimit: Int = standardDepthLimit,
        byteCountLimit: Int = standardByteCountLimit
    ) throws(JSONError) {
        var parser = try JSONParser(bytes, depthLimit: min(depthLimit, 512), byteCountLimit: byteCountLimit)
        self = try parser.document()
    }

    /// Reads a JSON text; otherwise like `init(bytes:depthLimit:byteCountLimit:)`.
    public init(
        text: String,
        depthLimit: Int = standardDepthLimit,
        byteCountLimit: Int = standardByteCountLimit
    ) throws(JSONError) {
        try self.init(bytes: [UInt8](text.utf8), depthLimit: depthLimit, byteCountLimit: byteCountLimit)
    }
}
