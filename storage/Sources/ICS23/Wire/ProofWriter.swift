/// Writes the canonical encoding of proofs straight from their parts, without the generated messages between.
///
/// Each packet has two proofs, which a relayer writes, and a chain writes again to see that what it read is canonical:
/// through messages that takes as long as checking the proofs. The layout is that of `ics23.proto` and
/// `commitment.proto`: fields in order, those with their default left out.
struct ProofWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ proof: MerkleProof) {
        for tree in proof.proofs { message(1) { $0.write(tree) } }
    }

    private mutating func write(_ proof: CommitmentProof) {
        switch proof {
        case .existence(let proof): message(1) { $0.write(proof) }
        case .nonExistence(let proof): message(2) { $0.write(proof) }
        case .batch(let entries): message(3) { for entry in entries { $0.message(1) { $0.write(entry) } } }
        }
    }

    private mutating func write(_ entry: CommitmentProof.Entry) {
        switch entry {
        case .existence(let proof): message(1) { $0.write(proof) }
        case .nonExistence(let proof): message(2) { $0.write(proof) }
        }
    }

    private mutating func write(_ proof: ExistenceProof) {
        field(1, proof.key)
        field(2, proof.value)
        message(3) { $0.write(proof.leaf) }
        for step in proof.path { message(4) { $0.write(step) } }
    }

    private mutating func write(_ proof: NonExistenceProof) {
        field(1, proof.key)
        if let left = proof.left { message(2) { $0.write(left) } }
        if let right = proof.right { message(3) { $0.write(right) } }
    }

    private mutating func write(_ leaf: LeafOp) {
        field(1, leaf.hash.rawValue)
        field(2, leaf.prehashKey.rawValue)
        field(3, leaf.prehashValue.rawValue)
        field(4, leaf.length.rawValue)
        field(5, leaf.prefix)
    }

    private mutating func write(_ step: InnerOp) {
        field(1, step.hash.rawValue)
        field(2, step.prefix)
        field(3, step.suffix)
    }

    private mutating func field(_ number: UInt8, _ value: Int) {
        guard value != 0 else { return }
        bytes.append(number << 3)
        bytes += Self.variableLength(value)
    }

    private mutating func field(_ number: UInt8, _ value: [UInt8]) {
        guard !value.isEmpty else { return }
        message(number) { $0.bytes += value }
    }

    private mutating func message(_ number: UInt8, _ body: (inout ProofWriter) -> Void) {
        bytes.append(number << 3 | 2)
        // Most lengths take one byte; a longer one moves what came after it.
        let place = bytes.count
        bytes.append(0)
        body(&self)
        let length = bytes.count - place - 1
        if length < 0x80 {
            bytes[place] = UInt8(length)
        } else {
            bytes.replaceSubrange(place...place, with: Self.variableLength(length))
        }
    }

    /// A number that is not negative, seven bits a byte, the least significant first.
    private static func variableLength(_ number: Int) -> [UInt8] {
        var (bytes, left): ([UInt8], Int) = ([], number)
        while left >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: left) | 0x80)
            left >>= 7
        }
        return bytes + [UInt8(truncatingIfNeeded: left)]
    }
}
