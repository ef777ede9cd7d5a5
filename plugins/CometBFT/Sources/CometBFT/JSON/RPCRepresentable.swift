/// A value with a form in the JSON of the engine's RPC.
///
/// Reading takes the bare value and the answer of a node around it (`{"jsonrpc":…,"result":…}`). Members that are not known
/// here are ignored, because nodes of other versions add some; every known member must be there. Printing keeps the
/// engine's layout: upper-case hexadecimal for hashes, base64 for keys and signatures, 64-bit numbers in quotes.
public protocol RPCRepresentable: Sendable {
    /// Checks a JSON value and takes it over.
    ///
    /// - Throws: A ``CometBFTError`` that names the member.
    init(rpc value: JSONValue) throws(CometBFTError)

    /// The JSON value.
    var rpc: JSONValue { get }
}

extension RPCRepresentable {
    /// Reads a JSON text: the value itself, or a node's answer with it.
    ///
    /// - Throws: `malformed`, `nodeFailed` with what the node says, or what is wrong with the value.
    public init(json bytes: [UInt8]) throws(CometBFTError) {
        try self.init(rpc: JSONValue(rpc: bytes).answer())
    }

    /// The JSON text.
    public var json: String {
        rpc.text()
    }
}

extension JSONValue {
    /// What a node answered, or the value itself where it is no answer of a node.
    func answer() throws(CometBFTError) -> JSONValue {
        guard case .object = self, try optionalMember("jsonrpc") != nil else { return self }
        if let error = try optionalMember("error") {
            throw CometBFTError(
                .nodeFailed,
                "the node answered with an error; change the question, or ask again later: \(error.text().prefix(400))"
            )
        }
        return try member("result")
    }
}
