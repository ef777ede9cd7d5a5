public import ModuleKit

extension ControlVersion {
    /// The longest version text that is read, in bytes.
    public static let maximumJSONByteCount = 1024

    /// Reads the version text of a channel. Unknown members are ignored, so that later versions may add some.
    ///
    /// - Throws: `malformedControlVersion`; `wrongControlProtocol`.
    public init(json text: String) throws(ModuleError) {
        let document: JSONValue
        let protocolName: String
        let version: String
        do {
            document = try JSONValue(parsing: text, depthLimit: 8, byteCountLimit: Self.maximumJSONByteCount)
            protocolName = try document["protocol"].string()
            version = try document["version"].string()
        } catch {
            throw ModuleError(.malformedControlVersion, "the version of the channel can't be read: \(error.message)")
        }
        guard protocolName.utf8.elementsEqual(Self.protocolName.utf8) else {
            throw ModuleError(
                .wrongControlProtocol,
                "the channel is to speak another protocol than \(Self.protocolName); propose that one"
            )
        }
        guard let number = try? Version(version) else {
            throw ModuleError(
                .malformedControlVersion,
                "the version of the channel is not three numbers; write major.minor.patch, such as \(Self.newest)"
            )
        }
        self.init(number)
    }

    /// The version text of a channel, as the reference writes it.
    public var json: String {
        (["protocol": .string(Self.protocolName), "version": .string(description)] as JSONValue).text()
    }
}
