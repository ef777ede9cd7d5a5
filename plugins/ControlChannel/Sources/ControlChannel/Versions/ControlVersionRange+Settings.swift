public import ModuleKit

extension ControlVersionRange {
    /// Reads the setting `versions` of an instance: `{"minimum":"1.0.0","maximum":"1.0.0"}`; ``standard`` where it is left out.
    ///
    /// - Throws: `invalidControlVersionRange`; codespace `genesis` for a missing member or another kind of value.
    public init(setting field: JSONField) throws(ModuleError) {
        guard let field = field.optional else {
            self = .standard
            return
        }
        for (name, member) in try field.members() where name != "minimum" && name != "maximum" {
            throw member.invalid("versions are a minimum and a maximum; leave this out")
        }
        try self.init(minimum: try Self.version(field["minimum"]), maximum: try Self.version(field["maximum"]))
    }

    /// The setting, as it is read.
    public var setting: JSONValue {
        ["minimum": .string(minimum.description), "maximum": .string(maximum.description)]
    }

    private static func version(_ field: JSONField) throws(ModuleError) -> ControlVersion {
        let text = try field.string()
        guard let number = try? Version(text) else {
            throw field.invalid("a version is major.minor.patch, such as \(ControlVersion.newest)")
        }
        return ControlVersion(number)
    }
}
