import CometBFT
import CometBFTTesting
import Foundation
import LightClient
import Testing

/// Random changes of light blocks against a client. `MESH_FUZZ_CASES` says how many, `MESH_FUZZ_SEED` where they start.
@Suite("Fuzzing of the light client")
struct LightClientFuzzTests {
    static func environment(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    @Test("No change of a light block traps, and none is trusted unless it changed nothing that is signed")
    func trustsNoMutation() throws {
        let cases = Self.environment("MESH_FUZZ_CASES") ?? 2000
        let start = Self.environment("MESH_FUZZ_SEED") ?? 1
        let rotating = try RotatingChain(height: 8)
        let chain = rotating.chain
        let client = try rotating.client()
        let trusted = chain.blocks[0].validators
        var taken = 0
        for seed in start..<start + cases {
            var generator = SeededGenerator(seed: seed)
            let original = try #require(chain.blocks.dropFirst().randomElement(using: &generator))
            guard let mutant = mutant(of: original, &generator) else { continue }
            taken += 1
            var client = client
            let update = ClientUpdate(block: mutant, trustedHeight: 1, trustedValidators: trusted)
            let outcome = try? client.apply(update, now: rotating.now)
            if outcome == .accepted {
                #expect(mutant.signedHeader.header == original.signedHeader.header, "seed \(seed)")
                #expect(mutant.validators.hash == original.validators.hash, "seed \(seed)")
            } else {
                #expect(client.history.count == 1 && client.misbehaviour == nil, "seed \(seed)")
            }
            // The same block as the answer of a provider, at the height that it was asked for or at its own.
            var following = try rotating.client()
            let provider = ClosureProvider { $0 == original.height || $0 == nil ? mutant : chain.block(at: $0 ?? 8) }
            _ = try? following.update(
                to: Bool.random(using: &generator) ? original.height : nil,
                now: rotating.now,
                from: provider
            )
            for header in following.history {
                #expect(chain.block(at: header.height)?.signedHeader.header == header, "seed \(seed)")
            }
            #expect(following.misbehaviour == nil, "seed \(seed)")
        }
        // Most single bytes break the encoding; changes of fields keep it.
        #expect(taken * 4 > cases)
    }

    @Test("No change of a stored state traps")
    func readsAnyState() throws {
        let cases = Self.environment("MESH_FUZZ_CASES") ?? 2000
        let start = Self.environment("MESH_FUZZ_SEED") ?? 1
        let rotating = try RotatingChain(height: 4)
        var client = try rotating.client()
        _ = try client.update(to: 4, now: rotating.now, from: ClosureProvider(rotating.chain))
        let bytes = try client.encoded()
        for seed in start..<start + cases / 4 {
            var generator = SeededGenerator(seed: seed)
            var changed = bytes
            for _ in 0...Int.random(in: 0..<3, using: &generator) {
                changed[Int.random(in: 0..<changed.count, using: &generator)] = UInt8.random(
                    in: 0...255,
                    using: &generator
                )
            }
            guard changed != bytes, let restored = try? LightClientState(encoded: changed) else { continue }
            #expect(restored != client, "seed \(seed)")
        }
    }

    /// A block with some random change, or nil where the change leaves nothing that can be read.
    private func mutant(of block: LightBlock, _ generator: inout SeededGenerator) -> LightBlock? {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: try? LightBlock(encoded: changedByte(of: block.encoded, &generator))
        case 1: try? changedCommit(of: block, &generator)
        case 2: try? changedHeader(of: block, &generator)
        default: try? changedValidators(of: block, &generator)
        }
    }

    private func changedByte(of bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var changed = bytes
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: changed.remove(at: index)
        case 1: changed.insert(UInt8.random(in: 0...255, using: &generator), at: index)
        default: changed[index] ^= UInt8.random(in: 1...255, using: &generator)
        }
        return changed
    }

    private func changedCommit(of block: LightBlock, _ generator: inout SeededGenerator) throws -> LightBlock {
        let commit = block.signedHeader.commit
        var entries = commit.signatures
        var round = commit.round
        var blockID = commit.blockID
        let index = Int.random(in: 0..<entries.count, using: &generator)
        let other = Int.random(in: 0..<entries.count, using: &generator)
        guard let signed = entries[index].signed else { return block }
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: entries[index] = .absent
        case 1: entries[index] = .nil(signed)
        case 2: entries.swapAt(index, other)
        case 3: entries[index] = entries[other]
        case 4: entries.remove(at: index)
        case 5: entries.append(entries[other])
        case 6: round = Int32.random(in: 0...Int32.max, using: &generator)
        case 7:
            blockID = BlockID(
                hash: blockID.hash,
                partSetHeader: PartSetHeader(total: 1 + UInt32.random(in: 0...9, using: &generator), hash: .ofNothing)
            )
        default:
            entries[index] = .commit(
                try CommitSignature.Signed(
                    address: signed.address,
                    timestamp: Bool.random(using: &generator) ? signed.timestamp : .zero,
                    signature: changedByte(of: signed.signature, &generator)
                )
            )
        }
        return try LightBlock(
            signedHeader: SignedHeader(
                header: block.signedHeader.header,
                commit: Commit(height: commit.height, round: round, blockID: blockID, signatures: entries)
            ),
            validators: block.validators
        )
    }

    /// A header with another field, and a commit that says it is for that header.
    private func changedHeader(of block: LightBlock, _ generator: inout SeededGenerator) throws -> LightBlock {
        let old = block.signedHeader.header
        let field = Int.random(in: 0..<8, using: &generator)
        let hash = Hash32(hashing: generator.bytes(count: 4))
        let header = try Header(
            version: field == 0 ? Version(app: generator.next()) : old.version,
            chainID: field == 1 ? "another-chain" : old.chainID,
            height: field == 2 ? Int64.random(in: 1...Int64.max, using: &generator) : old.height,
            time: field == 3
                ? BlockTime(nanosecondsSince1970: Int64(truncatingIfNeeded: generator.next())) : old.time,
            lastBlockID: field == 4 ? .nil : old.lastBlockID,
            lastCommitHash: old.lastCommitHash,
            dataHash: field == 5 ? hash : old.dataHash,
            validatorsHash: old.validatorsHash,
            nextValidatorsHash: field == 6 ? hash : old.nextValidatorsHash,
            consensusHash: old.consensusHash,
            appHash: field == 7 ? generator.bytes(count: 8) : old.appHash,
            lastResultsHash: old.lastResultsHash,
            evidenceHash: old.evidenceHash,
            proposerAddress: old.proposerAddress
        )
        let commit = block.signedHeader.commit
        return try LightBlock(
            signedHeader: SignedHeader(
                header: header,
                commit: Commit(
                    height: header.height,
                    round: commit.round,
                    blockID: BlockID(hash: header.hash, partSetHeader: commit.blockID.partSetHeader),
                    signatures: commit.signatures
                )
            ),
            validators: block.validators
        )
    }

    /// Another validator set, which the header is made to name.
    private func changedValidators(of block: LightBlock, _ generator: inout SeededGenerator) throws -> LightBlock {
        let number = UInt64.random(in: 0...20, using: &generator)
        let power = Int64.random(in: 1...ValidatorSet.maximumTotalPower, using: &generator)
        let liars = try TestValidators([(number, power)])
        return try TestChain.block(
            of: block.height,
            validators: liars,
            chainID: block.signedHeader.header.chainID,
            now: block.time
        )
    }
}
