import CometBFT
import CometBFTTesting
import Testing

/// One of every kind that the engine writes.
extension Artefact {
    init<Value: RPCRepresentable>(json value: Value) {
        self.init("\(Value.self) in JSON", Array(value.json.utf8)) { Array(try Value(json: $0).json.utf8) }
    }

    /// One of every kind that has a protobuf form, and two where there are two shapes.
    static func all() throws -> [Artefact] {
        let samples = try Samples()
        let extended = try Vote.Extension(bytes: [1, 2, 3], signature: [UInt8](repeating: 7, count: 64))
        return [
            Artefact(samples.time),
            Artefact(samples.keys[0].key),
            Artefact(Version(app: 1)),
            Artefact(Samples.blockID("A", parts: 300).partSetHeader),
            Artefact(Samples.blockID("A", parts: 300)),
            Artefact(BlockID.nil),
            Artefact(try samples.vote(for: .nil, type: .prevote)),
            Artefact(try samples.vote(for: Samples.blockID("A"), extension: extended)),
            Artefact(try samples.proposal()),
            Artefact(try samples.header()),
            Artefact(CommitSignature.absent),
            Artefact(try samples.commit(for: Samples.blockID("A"))),
            Artefact(try samples.signedHeader()),
            Artefact(samples.validators.validators[0]),
            Artefact(samples.validators),
            Artefact(try samples.lightBlock()),
            Artefact(try samples.duplicateVote()),
            Artefact(try samples.lightClientAttack()),
            Artefact(Evidence.duplicateVote(try samples.duplicateVote())),
            Artefact(Evidence.lightClientAttack(try samples.lightClientAttack())),
            Artefact(try samples.block()),
            Artefact(try samples.firstBlock()),
        ]
    }

    /// One of every kind that has a JSON form.
    static func allJSON() throws -> [Artefact] {
        let samples = try Samples()
        let network = try Network()
        let block = try samples.block()
        let signed = try samples.signedHeader()
        return [
            Artefact(json: try samples.vote(for: Samples.blockID("A"))),
            Artefact(json: try samples.header()),
            Artefact(json: try samples.commit(for: Samples.blockID("A"))),
            Artefact(json: signed),
            Artefact(json: CommitResponse(signedHeader: signed, isCanonical: true)),
            Artefact(json: samples.validators),
            Artefact(json: ValidatorsPage(height: 9, set: samples.validators)),
            Artefact(json: try samples.lightBlock()),
            Artefact(json: Evidence.duplicateVote(try samples.duplicateVote())),
            Artefact(json: Evidence.lightClientAttack(try samples.lightClientAttack())),
            Artefact(json: block),
            Artefact(json: try samples.firstBlock()),
            Artefact(
                json: try BlockResponse(
                    blockID: BlockID(hash: block.hash, parts: 1, partsHash: .ofNothing),
                    block: block
                )
            ),
            Artefact(json: network.genesis),
            Artefact(json: try #require(network.genesis.consensusParameters)),
            Artefact(json: Version(app: 1)),
            Artefact(json: Samples.blockID("A")),
            Artefact(json: CommitSignature.absent),
            Artefact(json: samples.validators.validators[0]),
            Artefact(json: samples.validators.validators[0].key),
            Artefact(json: try samples.duplicateVote()),
            Artefact(json: try samples.lightClientAttack()),
        ]
    }
}
