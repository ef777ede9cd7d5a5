import CometBFT
import Foundation
import LightClient
import Testing

/// The published cases and blocks beside the tests.
enum Vectors {
    static func value(_ name: String) throws -> JSONValue {
        let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Vectors")
        return try JSONValue(rpc: [UInt8](Data(contentsOf: folder.appendingPathComponent(name))))
    }
}

extension JSONValue {
    /// A member, or null where there is none.
    subscript(name: String) -> JSONValue {
        guard case .object(let object) = self else { return .null }
        return object[name] ?? .null
    }

    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    var string: String {
        if case .string(let string) = self { string } else { "" }
    }
}
