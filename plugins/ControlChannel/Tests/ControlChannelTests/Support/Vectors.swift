import ControlChannel
import Foundation
import ModuleKit
import Testing

/// The recorded packets beside the tests.
enum Vectors {
    static func provider() throws -> [[UInt8]] { try texts("provider") }
    static func consumer() throws -> [[UInt8]] { try texts("consumer") }

    private static func texts(_ direction: String) throws -> [[UInt8]] {
        let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Vectors")
        let document = try JSONValue(
            parsing: [UInt8](Data(contentsOf: folder.appendingPathComponent("packets.json")))
        )
        return try document[direction].array().map { [UInt8](try $0.string().utf8) }
    }
}

/// Bytes as text, for messages.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// The code of the error that a body throws, or nil if it throws none.
func code(_ body: () throws -> Void) -> ModuleError.Code? {
    do {
        try body()
        return nil
    } catch let error as ModuleError {
        return error.code
    } catch {
        return ModuleError.Code("another error: \(error)", 0)
    }
}
