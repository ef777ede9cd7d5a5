internal import ModuleKit

extension JSONValue {
    /// The prefix of the first text, in document order, that is the bech32 form of an account or validator operator.
    var firstAccountPrefix: String? {
        switch self {
        case .string(let text):
            guard text.utf8.count < 100, let decoded = try? Bech32(text), (try? decoded.bytes())?.count == 20 else {
                return nil
            }
            for ending in ["valoper", "valcons"] where decoded.prefix.hasSuffix(ending) {
                return String(decoded.prefix.dropLast(ending.count))
            }
            return decoded.prefix
        case .array(let elements): return elements.lazy.compactMap(\.firstAccountPrefix).first
        case .object(let object): return object.members.lazy.compactMap(\.value.firstAccountPrefix).first
        case .null, .bool, .number: return nil
        }
    }
}

extension JSONField {
    /// Whether there is nothing, or null, or an empty object or list: a section that no module needs to read.
    var saysNothing: Bool {
        switch value {
        case nil, .null: true
        case .object(let object): object.members.isEmpty
        case .array(let elements): elements.isEmpty
        default: false
        }
    }
}
