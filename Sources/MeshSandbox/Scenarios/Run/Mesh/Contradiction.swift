import CometBFT
import IBC

/// Two headers of one height, both signed by the validators of a chain: its last one, and one of another state.
struct Contradiction {
    private let source: PublicState
    private let target: PublicState
    private let client: ClientID

    /// Lets a chain contradict itself.
    ///
    /// - Parameters:
    ///   - client: the client of that chain which is to learn of it.
    ///   - target: the chain on which the client is.
    init(of source: SandboxChain, shownTo client: ClientID, on target: SandboxChain) throws(SandboxError) {
        self.source = try PublicState(source)
        self.target = try PublicState(target)
        self.client = client
    }

    /// What freezes the client.
    ///
    /// - Throws: `notRelayable` when the client has verified no header below the last one.
    func misbehaviour() throws(SandboxError) -> TendermintMisbehaviour {
        let below = source.height(source.height - min(source.height, 1))
        guard let trusted = try target.verifiedHeight(of: client, upTo: below) else {
            throw SandboxError(
                .notRelayable,
                "the client \(client) has verified no header below the last one: wait a block"
            )
        }
        let block = try source.lightBlock(at: source.height)
        let trustedValidators =
            trusted.height &+ 1 == source.height
            ? block.validators : try source.lightBlock(at: trusted.height &+ 1).validators
        let twin = try block.twin(signedBy: Signers(source.chain.validatorKeys))
        return try SandboxError.relaying("a contradiction of '\(source.chainID)'") {
            func header(_ block: LightBlock) throws -> TendermintHeader {
                try TendermintHeader(block: block, trustedHeight: trusted, trustedValidators: trustedValidators)
            }
            return try TendermintMisbehaviour(client: client, first: header(block), second: header(twin))
        }
    }
}
