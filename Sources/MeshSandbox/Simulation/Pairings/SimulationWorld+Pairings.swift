import ExternalStakingEvents
import MeshHost
import ModuleKit
import VaultEvents

/// What operations with pairings have in common.
extension SimulationWorld {
    /// A pairing of which both chains are running, drawn by chance; nil while there is none.
    public func drawPairing() -> PairingSpecification? {
        let running = runningChains.map(\.chainID)
        return draw(pairings.filter { running.contains($0.provider) && running.contains($0.consumer) })
    }

    /// An operator of a chain, drawn by chance; now and then one that is none.
    func drawOperator(of chain: SandboxChain) throws(SandboxError) -> String? {
        guard draw(0...19) > 0 else { return try chain.address(of: Self.relayer) }
        guard let name = draw(chain.specification.validatorNames) else { return nil }
        return try chain.operatorAddress(of: name)
    }

    /// An amount of a chain's bonded coin, mostly one that an account has.
    func drawStake(on chain: SandboxChain) throws(SandboxError) -> ProtoCoin {
        try coin(draw(1...4) * draw(1...60_000), on: chain)
    }

    /// How far the lien of a holder on an account's collateral may still grow.
    func rest(of account: String, for holder: String, on chain: SandboxChain) throws(SandboxError) -> ProtoCoin {
        let address = try chain.address(of: account)
        let query = VaultQuery.with { $0.account.address = address }
        let found = try chain.query(query, of: ChainSpecification.vault).account
        return try SandboxError.asking("the collateral of '\(account)'") { () throws(ModuleError) in
            let lien = found.liens.first { $0.holder.label == holder }
            let high = try lien.map { (lien) throws(ModuleError) in try Amount(lien.amount.high) } ?? .zero
            let rest = try Amount(found.bonded).saturatingSubtracting(high)
            return ProtoCoin(Coin(rest, try Denom(chain.specification.bondDenom)))
        }
    }

    /// So many of a chain's bonded coin.
    func coin(_ amount: UInt64, on chain: SandboxChain) throws(SandboxError) -> ProtoCoin {
        try SandboxError.asking("a coin") { () throws(ModuleError) in
            ProtoCoin(Coin(Amount(UInt128(amount)), try Denom(chain.specification.bondDenom)))
        }
    }

    /// Submits a message of an account that is drawn by chance.
    ///
    /// - Returns: what was submitted, for the trace.
    func submit(_ message: some MessageVocabulary, to instance: String, on chain: SandboxChain, _ what: String)
        throws(SandboxError) -> String?
    {
        guard let account = draw(Self.accounts) else { return nil }
        try chain.submit(message, to: instance, from: account)
        return "\(chain.chainID): \(account) \(what)"
    }

    /// The provider of a pairing, and the consumer.
    func chains(of pairing: PairingSpecification) throws(SandboxError) -> (
        provider: SandboxChain, consumer: SandboxChain
    ) {
        (try network.chain(pairing.provider), try network.chain(pairing.consumer))
    }

    /// What is wrong with pairings, each line behind the pairing's name. One that has a chain which is down is passed over.
    func violationsOfPairings(
        _ find: (_ pairing: PairingSpecification, _ provider: SandboxChain, _ consumer: SandboxChain)
            throws(SandboxError) -> [String]
    ) throws(SandboxError) -> [String] {
        var lines: [String] = []
        for pairing in pairings {
            let chains = try chains(of: pairing)
            guard chains.provider.isUp, chains.consumer.isUp else { continue }
            lines += try find(pairing, chains.provider, chains.consumer).map { "\(pairing.name): \($0)" }
        }
        return lines
    }
}

extension SandboxChain {
    /// The address of an account as an operator of validators.
    func operatorAddress(of name: String) throws(SandboxError) -> String {
        addresses.format(try account(name).address, as: .validatorOperator)
    }
}
