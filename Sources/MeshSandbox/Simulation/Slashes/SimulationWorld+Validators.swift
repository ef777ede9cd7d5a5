import CometBFT
import ModuleKit
import StakingEvents

/// Which validators may be punished, so that every chain goes on.
///
/// Whatever happens, two validators of a chain sign, and who is offline has not much more than a quarter of the power: the
/// rest of it may be staked meanwhile, up to a third.
extension SimulationWorld {
    /// How a validator stands.
    struct ValidatorStanding {
        /// The name of its account.
        let name: String
        /// What is staked on it.
        let tokens: Amount
        /// Whether it is jailed; so is who is tombstoned.
        let isJailed: Bool
        /// Whether it signs nothing.
        let isOffline: Bool
        /// Whether it has signed twice, be it known to its chain or not.
        let isOffender: Bool
    }

    /// How many validators of a chain sign twice at most.
    private static let offendersMax = 2
    /// How many validators sign at least.
    private static let signersMin = 2

    /// How the validators of a chain stand, in the order of their names.
    func standings(of chain: SandboxChain) throws(SandboxError) -> [ValidatorStanding] {
        var standings: [ValidatorStanding] = []
        for (place, name) in chain.specification.validatorNames.enumerated() {
            let operatorText = try chain.operatorAddress(of: name)
            let query = StakingQuery.with { $0.validator.operator = operatorText }
            let stake = try chain.query(query, of: "staking").validator.stake
            let address = chain.validatorKeys[place].address
            standings.append(
                ValidatorStanding(
                    name: name,
                    tokens: try SandboxError.asking("the tokens of '\(name)'") { () throws(ModuleError) in
                        try Amount(stake.tokens)
                    },
                    isJailed: stake.isJailed,
                    isOffline: chain.isOffline[place],
                    isOffender: chain.doubleSigns.contains { $0.voteA.validatorAddress == address }
                )
            )
        }
        return standings
    }

    /// A validator that can sign twice: it had a vote in the last block. Few of a chain's validators ever do, so that there
    /// are others to stake on; those few do it again. Mostly it is one on which somebody has staked.
    func drawOffender(of chain: SandboxChain) throws(SandboxError) -> String? {
        guard let last = try chain.running().consensus?.last else { return nil }
        let standings = try standings(of: chain)
        let isOpen = standings.count(where: \.isOffender) < Self.offendersMax
        let voters = zip(standings, chain.validatorKeys).filter { standing, key in
            last.validators.validator(at: key.address) != nil && (isOpen || standing.isOffender)
        }
        let names = voters.map(\.0.name)
        let backed = try namesOfBacked(on: chain).filter(names.contains)
        return draw(backed.isEmpty || draw(0...3) == 0 ? names : backed)
    }

    /// The validators of a chain on which providers have stake.
    private func namesOfBacked(on consumer: SandboxChain) throws(SandboxError) -> [String] {
        var backed: [String] = []
        for pairing in pairings where pairing.consumer == consumer.chainID {
            let provider = try network.chain(pairing.provider)
            guard provider.isUp else { continue }
            backed += try pairing.report(provider, consumer).validators.filter { !$0.committed.isZero }.map(\.name)
        }
        var names: [String] = []
        for name in consumer.specification.validatorNames
        where backed.contains(try consumer.operatorAddress(of: name)) {
            names.append(name)
        }
        return names
    }

    /// Whether a chain can go on without a validator for good.
    func canTombstone(_ name: String, of chain: SandboxChain) throws(SandboxError) -> Bool {
        // Who is reported with the next block counts still.
        guard chain.unreported.isEmpty else { return false }
        return canGoOn(try standings(of: chain).filter { $0.name != name })
    }

    /// Whether a chain can go on while a validator signs nothing.
    func canGoOffline(_ name: String, of chain: SandboxChain) throws(SandboxError) -> Bool {
        let standings = try standings(of: chain)
        guard standings.contains(where: { $0.name == name && !$0.isOffline && !$0.isJailed }),
            chain.unreported.isEmpty
        else { return false }
        return canGoOn(standings, without: name)
    }

    private func canGoOn(_ standings: [ValidatorStanding], without name: String? = nil) -> Bool {
        let bonded = standings.filter { !$0.isJailed }
        let silent = bonded.filter { $0.isOffline || $0.name == name }
        func power(_ of: [ValidatorStanding]) -> Amount {
            of.reduce(.zero) { $0.saturatingAdding($1.tokens) }
        }
        return bonded.count - silent.count >= Self.signersMin
            && power(silent).saturatingMultiplied(by: 10) <= power(bonded).saturatingMultiplied(by: 3)
    }
}
