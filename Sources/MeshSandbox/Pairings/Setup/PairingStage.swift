/// One thing that has to be done to set up a pairing.
public enum PairingStage: Sendable {
    /// Somebody sends messages, in one transaction.
    case transaction(chainID: String, account: String, [SandboxMessage], purpose: String)
    /// A relayer opens a channel, with its connection and its clients where there are none.
    case path(RelayPath)
}

extension PairingStage: CustomStringConvertible {
    /// What is done, in words.
    public var description: String {
        switch self {
        case .transaction(let chainID, let account, _, let purpose): "\(account) on \(chainID): \(purpose)"
        case .path(let path): "a relayer opens \(path.name)"
        }
    }
}
