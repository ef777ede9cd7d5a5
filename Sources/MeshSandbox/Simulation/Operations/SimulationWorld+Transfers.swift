import BankEvents
import IBC
public import ModuleKit
import TransferEvents

/// What operations with tokens have in common.
extension SimulationWorld {
    /// An end of an open channel for tokens of a running chain, drawn by chance; nil while there is none.
    public func drawEnd() -> RelayPath.End? {
        let running = runningChains.map(\.chainID)
        let ends = paths.filter { $0.phase == .open }.flatMap { [$0.first, $0.second] }
        return draw(ends.filter { running.contains($0.chainID) && $0.port == .transfer })
    }

    /// The chain at the other end of an end's channel.
    public func destination(of end: RelayPath.End) throws(SandboxError) -> SandboxChain? {
        guard let here = PacketBook.End(end), let there = network.opposite(of: here) else { return nil }
        return try network.chain(there.chainID)
    }

    /// Submits a transfer.
    ///
    /// - Parameters:
    ///   - receiver: any text.
    ///   - timeout: how long after now the packet times out.
    /// - Returns: what was submitted, for the trace.
    public func transfer(
        _ token: Coin,
        from account: String,
        through end: RelayPath.End,
        to receiver: String,
        timeout: Duration = .seconds(600)
    ) throws(SandboxError) -> String {
        let chain = try network.chain(end.chainID)
        let message = TransferMessage.with {
            $0.transfer.sourceChannel = end.channel?.text ?? ""
            $0.transfer.token = ProtoCoin(token)
            $0.transfer.receiver = receiver
            $0.transfer.timeoutTimestamp = network.now.shifted(by: timeout).nanoseconds
        }
        try chain.submit(message, to: try chain.owner(of: end.port), from: account)
        return "\(end.chainID): \(account) transfers \(token) through \(end.channel?.text ?? "") to \(receiver)"
    }

    /// What an account holds.
    public func balances(of account: String, on chain: SandboxChain) throws(SandboxError) -> [Coin] {
        let address = try chain.address(of: account)
        let answer = try chain.query(BankQuery.with { $0.allBalances.address = address }, of: "bank")
        return try SandboxError.asking("the balances of \(account)") { () throws(ModuleError) in
            try answer.allBalances.balances.map { (coin) throws(ModuleError) in try coin.coin() }
        }
    }

    /// An account at the other end, drawn by chance, by its address.
    func drawReceiver(beyond end: RelayPath.End) throws(SandboxError) -> String? {
        guard let chain = try destination(of: end), let name = draw(Self.accounts) else { return nil }
        return try chain.address(of: name)
    }
}
