extension JSONValue {
    /// How deep arrays and objects may be nested. The engine's answers need about ten levels.
    private static let rpcDepthLimit = 32
    /// The largest text: a block of 100 MiB in base64, and what stands around it.
    private static let rpcByteCountLimit = 160 << 20

    /// Reads one JSON text of the engine's RPC: at most 160 MiB, and 32 levels deep.
    ///
    /// - Throws: `malformed` with line and column, or `tooLarge`.
    public init(rpc bytes: [UInt8]) throws(CometBFTError) {
        do {
            try self.init(bytes: bytes, depthLimit: Self.rpcDepthLimit, byteCountLimit: Self.rpcByteCountLimit)
        } catch {
            let code: CometBFTError.Code = error.code == .tooLarge ? .tooLarge : .malformed
            throw CometBFTError(code, "the JSON text is wrong: \(error.message)", cause: error)
        }
    }
}
