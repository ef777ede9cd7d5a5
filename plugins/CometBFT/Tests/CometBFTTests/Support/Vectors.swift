import CometBFT
import Foundation
import Testing

/// The published vectors and real answers beside the tests.
enum Vectors {
    static func bytes(_ path: String) throws -> [UInt8] {
        let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Vectors")
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent(path)))
    }

    static func value(_ path: String) throws -> JSONValue {
        try JSONValue(rpc: bytes(path))
    }

    /// The light blocks of real chains.
    static let lightBlockPaths = [
        "real/mocha-4-3000.json",
        "real/mocha-4-3001.json",
        "real/mocha-4-10000.json",
        "real/mocha-4-10001.json",
        "real/wormhole-28.json",
        "real/wormhole-29.json",
    ]

    static func lightBlock(_ path: String) throws -> LightBlock {
        try LightBlock(rpc: value(path))
    }
}

/// The capture of a real network of four validators.
struct Network {
    let genesis: Genesis
    let evidenceBlocks: [BlockResponse]
    let commits: [CommitResponse]
    let pages: [ValidatorsPage]

    init() throws {
        let value = try Vectors.value("network-1.json")
        genesis = try Genesis(rpc: value["genesis"])
        evidenceBlocks = try value["evidence_blocks"].elements.map { try BlockResponse(rpc: $0) }
        commits = try value["commits"].members.map { try CommitResponse(rpc: $0.value) }
        pages = try value["validators"].members.map { try ValidatorsPage(rpc: $0.value) }
    }

    /// Whatever evidence the blocks report.
    var evidence: [Evidence] { evidenceBlocks.flatMap(\.block.evidence) }
}

extension JSONValue {
    /// A member, or null where there is none.
    subscript(name: String) -> JSONValue {
        guard case .object(let object) = self else { return .null }
        return object[name] ?? .null
    }

    var members: [JSONObject.Member] {
        if case .object(let object) = self { object.members } else { [] }
    }

    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    var string: String {
        switch self {
        case .string(let string): string
        case .number(let number): number.text
        default: ""
        }
    }

    /// The same value with one member changed, added (at the end) or removed.
    func replacing(_ path: String..., with replacement: JSONValue?) -> JSONValue {
        replacing(path[...], with: replacement) ?? .null
    }

    private func replacing(_ path: ArraySlice<String>, with replacement: JSONValue?) -> JSONValue? {
        guard let name = path.first else { return replacement }
        let rest = path.dropFirst()
        if case .array(var elements) = self, let index = Int(name), elements.indices.contains(index) {
            elements[index] = elements[index].replacing(rest, with: replacement) ?? .null
            return .array(elements)
        }
        guard case .object(var object) = self, rest.isEmpty || object[name] != nil else { return self }
        object[name] = self[name].replacing(rest, with: replacement)
        return .object(object)
    }
}

/// Bytes from hexadecimal digits.
func hex(_ text: String) throws -> [UInt8] {
    try stride(from: 0, to: text.utf8.count, by: 2).map { offset in
        let start = text.index(text.startIndex, offsetBy: offset)
        return try #require(UInt8(text[start...].prefix(2), radix: 16))
    }
}
