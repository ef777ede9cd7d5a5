import IBC
import InterchainEvents

/// A message that a relayer means to submit.
struct RelayMessage {
    /// What to tell Interchain; nil where the update of the client is all.
    let message: InterchainMessage?
    /// What that is, for reports.
    let delivery: Delivery
    /// The target's client that has to know the source's last block first; nil where nothing is proven.
    let client: ClientID?
    /// Whether it goes in a transaction of its own, where no other message can make it fail, and it none.
    let isAlone: Bool

    init(_ message: InterchainMessage?, _ delivery: Delivery, proving client: ClientID? = nil, isAlone: Bool = false) {
        self.message = message
        self.delivery = delivery
        self.client = client
        self.isAlone = isAlone || delivery.treatment != .prompt
    }
}

/// The channels that belong to a path, so that no other path takes them for its own.
struct ChannelClaims {
    private struct Claim: Hashable {
        let chainID: String
        let id: ChannelEndID
    }

    // Only asked, never iterated.
    private var claims: Set<Claim> = []

    /// Claims both ends of a path, as far as they are known.
    mutating func insert(_ path: RelayPath) {
        for end in [path.first, path.second] {
            if let id = end.channelEnd { claims.insert(Claim(chainID: end.chainID, id: id)) }
        }
    }

    func contains(_ id: ChannelEndID, on chainID: String) -> Bool {
        claims.contains(Claim(chainID: chainID, id: id))
    }
}
