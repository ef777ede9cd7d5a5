import Foundation
import ICS23
import Testing

@Suite("The published vectors")
struct VectorTests {
    @Test("are all there")
    func areComplete() {
        #expect(ProofVector.all.count == 15)
    }

    @Test("verify", arguments: ProofVector.all)
    func verify(vector: ProofVector) throws {
        try vector.verify(vector.proof)
    }

    @Test("encode to the bytes they were read from", arguments: ProofVector.all)
    func encode(vector: ProofVector) throws {
        #expect(try CommitmentProof(decoding: vector.proof).encoded() == vector.proof)
    }

    @Test("lead to their roots", arguments: ProofVector.all)
    func leadToRoots(vector: ProofVector) throws {
        #expect(try CommitmentProof(decoding: vector.proof).root() == vector.root)
    }

    @Test("of leaf operations give the published hashes, or none")
    func leafOperations() throws {
        struct Case: Decodable {
            let operation: LeafFields
            let key: Data?
            let value: Data?
            let isError: Bool
            let expected: Data?

            enum CodingKeys: String, CodingKey {
                case operation = "Op"
                case key = "Key"
                case value = "Value"
                case isError = "IsErr"
                case expected = "Expected"
            }
        }
        let cases: [String: Case] = try read("TestLeafOpData.json")
        #expect(cases.count == 11)
        for (name, test) in cases {
            let hash = try? test.operation.value.apply(
                key: Array(test.key ?? Data()),
                value: Array(test.value ?? Data())
            )
            #expect((hash == nil) == test.isError, "\(name)")
            #expect(hash == test.expected.map { Array($0) }, "\(name)")
        }
    }

    @Test("of inner operations give the published hashes, or none")
    func innerOperations() throws {
        struct Case: Decodable {
            let operation: InnerFields
            let child: Data?
            let isError: Bool
            let expected: Data?

            enum CodingKeys: String, CodingKey {
                case operation = "Op"
                case child = "Child"
                case isError = "IsErr"
                case expected = "Expected"
            }
        }
        let cases: [String: Case] = try read("TestInnerOpData.json")
        #expect(cases.count == 4)
        for (name, test) in cases {
            let hash = try? test.operation.value.apply(child: Array(test.child ?? Data()))
            #expect((hash == nil) == test.isError, "\(name)")
            #expect(hash == test.expected.map { Array($0) }, "\(name)")
        }
    }

    @Test("of whole paths give the published roots, or none")
    func existenceProofs() throws {
        struct Fields: Decodable {
            let key: Data
            let value: Data
            let leaf: LeafFields?
            let path: [InnerFields]?
        }
        struct Case: Decodable {
            let proof: Fields
            let isError: Bool
            let expected: Data?

            enum CodingKeys: String, CodingKey {
                case proof = "Proof"
                case isError = "IsErr"
                case expected = "Expected"
            }
        }
        let cases: [String: Case] = try read("TestExistenceProofData.json")
        #expect(cases.count == 6)
        for (name, test) in cases {
            // A proof without a leaf is none here: it cannot be made.
            let root = test.proof.leaf.flatMap { leaf in
                try? ExistenceProof(
                    key: Array(test.proof.key),
                    value: Array(test.proof.value),
                    leaf: leaf.value,
                    path: (test.proof.path ?? []).map { try $0.value }
                ).root()
            }
            #expect((root == nil) == test.isError, "\(name)")
            #expect(root == test.expected.map { Array($0) }, "\(name)")
        }
    }
}

/// A leaf operation as the vectors write it: what is not there has its default.
private struct LeafFields: Decodable {
    let hash: Int?
    let prehashKey: Int?
    let prehashValue: Int?
    let length: Int?
    let prefix: Data?

    enum CodingKeys: String, CodingKey {
        case hash, length, prefix
        case prehashKey = "prehash_key"
        case prehashValue = "prehash_value"
    }

    var value: LeafOp {
        get throws {
            LeafOp(
                hash: try #require(HashOp(rawValue: hash ?? 0)),
                prehashKey: try #require(HashOp(rawValue: prehashKey ?? 0)),
                prehashValue: try #require(HashOp(rawValue: prehashValue ?? 0)),
                length: try #require(LengthOp(rawValue: length ?? 0)),
                prefix: Array(prefix ?? Data())
            )
        }
    }
}

/// An inner operation as the vectors write it.
private struct InnerFields: Decodable {
    let hash: Int?
    let prefix: Data?
    let suffix: Data?

    var value: InnerOp {
        get throws {
            InnerOp(
                hash: try #require(HashOp(rawValue: hash ?? 0)),
                prefix: Array(prefix ?? Data()),
                suffix: Array(suffix ?? Data())
            )
        }
    }
}
