import CometBFT
public import LightClient

/// Two headers that a chain can't both have: the message that freezes a client (ICS-07, `Misbehaviour`).
///
/// Well formed: both are of one chain, and they contradict each other. Whether a client would have taken them is for
/// the client to check.
public struct TendermintMisbehaviour: Hashable, Sendable {
    /// The client, where the sender names it here too. The message around it decides.
    public let client: ClientID?
    /// The higher header, or either of two of one height.
    public let first: TendermintHeader
    /// The other header.
    public let second: TendermintHeader

    /// Puts two headers together.
    ///
    /// - Throws: `inconsistent` for headers of two chains or when the first is the lower one, and `noMisbehaviour` when
    ///   both may well be of the chain.
    public init(client: ClientID? = nil, first: TendermintHeader, second: TendermintHeader) throws(IBCError) {
        guard first.chainID == second.chainID else {
            throw IBCError(.inconsistent, "the two headers are of different chains; give two of one chain")
        }
        guard first.height >= second.height else {
            throw IBCError(.inconsistent, "the first header is the lower one; put the higher one first")
        }
        self.client = client
        self.first = first
        self.second = second
        guard contradicts else {
            throw IBCError(
                .noMisbehaviour,
                "the headers of heights \(first.height) and \(second.height) do not contradict each other; give two "
                    + "of one height, or two whose times are not in the order of their heights"
            )
        }
    }

    /// Whether the headers differ at one height, or the higher one is not the later one.
    private var contradicts: Bool {
        first.height == second.height
            ? first.block.signedHeader.hash != second.block.signedHeader.hash
            : first.block.time <= second.block.time
    }

    /// The same as the report that a light client takes which follows the chain by itself.
    public var report: MisbehaviourReport {
        MisbehaviourReport(first: first.update, second: second.update)
    }
}

extension TendermintHeader {
    /// The chain of the block.
    public var chainID: String { block.signedHeader.header.chainID }

    /// The same as the update that a light client takes which follows the chain by itself.
    public var update: ClientUpdate {
        // Below the block's height, which has 63 bits.
        ClientUpdate(
            block: block,
            trustedHeight: Int64(clamping: trustedHeight.height),
            trustedValidators: trustedValidators
        )
    }
}
