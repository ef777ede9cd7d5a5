import Foundation
import ICS23
import Testing

/// A published proof with its statement.
struct ProofVector: Sendable, CustomTestStringConvertible {
    /// The folder and file.
    let name: String
    let spec: ProofSpec
    let proof: [UInt8]
    let root: [UInt8]
    let key: [UInt8]
    /// Empty for a proof of non-existence.
    let value: [UInt8]

    var testDescription: String { name }

    /// Checks the statement with some proof in place of the published one.
    func verify(_ proof: [UInt8]) throws {
        try verify(CommitmentProof(decoding: proof), spec: spec)
    }

    /// Checks the statement with some proof and specification.
    func verify(_ proof: CommitmentProof, spec: ProofSpec) throws {
        if value.isEmpty {
            try proof.verifyNonMembership(spec: spec, root: root, key: key)
        } else {
            try proof.verifyMembership(spec: spec, root: root, key: key, value: value)
        }
    }

    /// All of them. `VectorTests` makes sure that none is missing.
    static let all: [ProofVector] = {
        let kinds = ["exist", "nonexist"].flatMap { kind in ["left", "middle", "right"].map { "\(kind)_\($0)" } }
        return [("iavl", ProofSpec.iavl), ("smt", .smt), ("tendermint", .tendermint)].flatMap { folder, spec in
            kinds.compactMap { try? ProofVector(name: "\(folder)/\($0).json", spec: spec) }
        }
    }()

    private init(name: String, spec: ProofSpec) throws {
        let content: Content = try read(name)
        self.name = name
        self.spec = spec
        proof = try #require(bytes(hexadecimal: content.proof))
        root = try #require(bytes(hexadecimal: content.root))
        key = try #require(bytes(hexadecimal: content.key))
        value = try #require(bytes(hexadecimal: content.value))
    }

    private struct Content: Decodable {
        let key: String
        let proof: String
        let root: String
        let value: String
    }
}

/// Reads a file of vectors.
func read<Content: Decodable>(_ name: String) throws -> Content {
    let folder = try #require(Bundle.module.resourceURL?.appendingPathComponent("Vectors"))
    return try JSONDecoder().decode(Content.self, from: Data(contentsOf: folder.appendingPathComponent(name)))
}

/// The bytes of a hexadecimal text.
func bytes(hexadecimal text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { start in
        UInt8(String(decoding: digits[start...start + 1], as: UTF8.self), radix: 16)
    }
    return bytes.count == digits.count / 2 ? bytes : nil
}
