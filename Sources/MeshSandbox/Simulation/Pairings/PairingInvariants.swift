import ModuleKit

/// When nothing is under way, both sides of a pairing have the same in their books, user by user (spec section 13).
struct PairingAgreement: SimulationInvariant {
    static let name = "agreement of pairings"
    let moment = SimulationMoment.settled

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        try world.violationsOfPairings { (pairing, provider, consumer) throws(SandboxError) in
            let report = try pairing.report(provider, consumer)
            guard report.isOpenOnProvider, report.isOpenOnConsumer else { return [] }
            let unsettled =
                report.isSettled
                ? []
                : [
                    "\(report.unsettledOnProvider) operations and \(report.unsettledOnConsumer) notices are under way for ever"
                ]
            return try unsettled
                + pairing.books(report, provider, consumer).entries.filter { $1.committed != $1.pledged }
                .map { key, entry in
                    "\(key.owner) has \(entry.committed) committed to \(key.validator), and \(entry.pledged) pledged"
                }
        }
    }
}

/// No collateral is free while its vote still counts (spec section 13).
struct CollateralBehindVotes: SimulationInvariant {
    static let name = "collateral behind votes"
    let moment = SimulationMoment.always

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        try world.violationsOfPairings { (pairing, provider, consumer) throws(SandboxError) in
            let report = try pairing.report(provider, consumer)
            guard report.isOpenOnProvider, report.isOpenOnConsumer else { return [] }
            // What was slashed is not free, and counts until the consumer has burned it.
            return try pairing.books(report, provider, consumer).entries
                .filter { $1.pledged > $1.locked.saturatingAdding($1.burning) }
                .map { key, entry in
                    "\(entry.pledged) of \(key.owner) count at \(key.validator), but only \(entry.locked) are under lien, "
                        + "and \(entry.burning) are to be burned"
                }
        }
    }
}

extension PairingSpecification {
    /// How the pairing stands on both chains.
    public func report(_ provider: SandboxChain, _ consumer: SandboxChain) throws(SandboxError) -> PairingReport {
        let (provider, consumer) = (try provider.host(), try consumer.host())
        return try SandboxError.asking("the pairing '\(name)'") { () throws(ModuleError) in
            try PairingReport(
                provider: provider,
                externalStaking: externalStaking,
                consumer: consumer,
                converter: converter
            )
        }
    }

    /// What the books of both chains say of the validators in a report.
    public func books(_ report: PairingReport, _ provider: SandboxChain, _ consumer: SandboxChain)
        throws(SandboxError) -> PairingBooks
    {
        let (provider, consumer) = (try provider.host(), try consumer.host())
        return try SandboxError.asking("the books of '\(name)'") { () throws(ModuleError) in
            try PairingBooks(
                of: report.validators.map(\.name),
                provider: provider,
                externalStaking: externalStaking,
                consumer: consumer,
                converter: converter
            )
        }
    }
}
