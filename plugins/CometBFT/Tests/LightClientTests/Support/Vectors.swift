import CometBFT
import Foundation
import LightClient
import Testing

/// The published cases and blocks beside the tests.
enum Vectors {
    static func value(_ name: String) throws -> RPCValue {
        let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Vectors")
        return try RPCValue(parsing: [UInt8](Data(contentsOf: folder.appendingPathComponent(name))))
    }
}

extension RPCValue {
    /// A member, or null where there is none.
    subscript(name: String) -> RPCValue {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == name }?.value ?? .null
    }

    var elements: [RPCValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    var string: String {
        if case .string(let string) = self { string } else { "" }
    }
}
