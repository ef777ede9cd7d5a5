import Foundation
import IBC
import StrictJSON
import Testing

/// The published vectors beside the tests.
enum Vectors {
    static func value(_ name: String) throws -> JSONValue {
        let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Vectors")
        return try JSONValue(bytes: [UInt8](Data(contentsOf: folder.appendingPathComponent(name))))
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

    var isTrue: Bool { self == .bool(true) }
}

/// Bytes in lower-case hexadecimal digits.
func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// The code of the error that a body throws, or nil if it throws none.
func code(_ body: () throws -> Void) -> IBCError.Code? {
    do {
        try body()
        return nil
    } catch let error as IBCError {
        return error.code
    } catch {
        return IBCError.Code(rawValue: "another error: \(error)")
    }
}
