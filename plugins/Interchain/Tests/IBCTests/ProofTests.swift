import CometBFT
import CometBFTTesting
import IBC
import ICS23
import Testing

@Suite("Proofs against a client")
struct ProofTests {
    let path = StorePath.packetCommitment(ChannelEndID(port: .transfer, channel: ChannelID(number: 0)), sequence: 2)
    let absent = StorePath.packetCommitment(ChannelEndID(port: .transfer, channel: ChannelID(number: 0)), sequence: 3)
    let value: [UInt8] = Array("commitment".utf8)
    let store: ProvenStore
    let fixture: ClientFixture
    let height = ClientFixture.height(1)

    init() throws {
        store = try ProvenStore([
            (path, value), (.connection(ConnectionID(number: 0)), [1]),
            (.packetReceipt(ChannelEndID(port: .transfer, channel: ChannelID(number: 0)), sequence: 1), [1]),
        ])
        fixture = try ClientFixture(root: store.root)
    }

    private func member(
        _ proof: MerkleProof? = nil,
        _ path: StorePath? = nil,
        _ value: [UInt8]? = nil,
        prefix: CommitmentPrefix = .standard,
        at height: Height? = nil,
        client: TendermintClient? = nil
    ) -> IBCError.Code? {
        code {
            try (client ?? fixture.client).verifyMembership(
                of: path ?? self.path,
                in: prefix,
                value: value ?? self.value,
                proof: proof ?? store.membership(of: self.path),
                at: height ?? self.height,
                now: fixture.now
            )
        }
    }

    private func nonMember(_ proof: MerkleProof, _ path: StorePath) -> IBCError.Code? {
        code {
            try fixture.client.verifyNonMembership(
                of: path,
                in: .standard,
                proof: proof,
                at: height,
                now: fixture.now
            )
        }
    }

    @Test("A value that the chain holds is proven")
    func membership() throws {
        #expect(member() == nil)
        // The proof survives its encoding.
        let bytes = try store.membership(of: path).encoded()
        #expect(try member(MerkleProof(decoding: bytes)) == nil)
    }

    @Test("A proof for another value, path, store, height or chain is refused")
    func foreign() throws {
        #expect(member(nil, nil, [1]) == .invalidProof)
        #expect(member(nil, nil, []) == .invalidProof)
        #expect(member(nil, absent) == .invalidProof)
        #expect(try member(prefix: CommitmentPrefix(Array("bank".utf8))) == .invalidProof)
        #expect(member(at: ClientFixture.height(2)) == .unknownHeight)
        #expect(member(at: Height(revision: 3, height: 1)) == .unknownHeight)
        let other = try ProvenStore([(path, value), (absent, [1])])
        #expect(try member(other.membership(of: path)) == .invalidProof)
    }

    @Test("Absence is proven by the neighbours, and not of what is there")
    func nonMembership() throws {
        let proof = try store.nonMembership(of: absent)
        #expect(nonMember(proof, absent) == nil)
        #expect(nonMember(proof, path) == .invalidProof)
        #expect(try nonMember(store.membership(of: path), path) == .invalidProof)
        #expect(member(proof, absent) == .invalidProof)
    }

    @Test("A frozen or expired client proves nothing")
    func inactive() throws {
        let frozen = try TendermintClient(
            state: ClientFixture.state(isFrozen: true),
            trusting: fixture.client.consensusState(at: height)
        )
        #expect(member(client: frozen) == .frozen)
        let proof = try store.membership(of: path)
        let found = code {
            try fixture.client.verifyMembership(
                of: path,
                in: .standard,
                value: value,
                proof: proof,
                at: height,
                now: TestChain.standardStart.adding(1000)
            )
        }
        #expect(found == .expired)
    }

    @Test("No change of a single byte of a proof goes unnoticed")
    func mutations() throws {
        let bytes = try store.membership(of: path).encoded()
        var read = 0
        for position in bytes.indices {
            for bit in [UInt8(1), 0x80] {
                var spoilt = bytes
                spoilt[position] ^= bit
                guard let proof = try? MerkleProof(decoding: spoilt) else { continue }
                read += 1
                #expect(member(proof) == .invalidProof, "byte \(position)")
            }
        }
        #expect(read > 50)
    }
}
