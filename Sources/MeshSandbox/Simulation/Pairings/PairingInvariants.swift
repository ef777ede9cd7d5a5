import ModuleKit

/// When nothing is under way, both sides of a pairing have the same in their books, user by user (spec section 13).
struct PairingAgreement: SimulationInvariant {
    static let name = "agreement of pairings"
    let moment = SimulationMoment.settled

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        var lines: [String] = []
        for pairing in world.pairings {
            let chains = try world.chains(of: pairing)
            let report = try pairing.report(chains.provider, chains.consumer)
            guard report.isOpenOnProvider, report.isOpenOnConsumer else { continue }
            if !report.isSettled {
                lines.append(
                    "\(pairing.name): \(report.unsettledOnProvider) operations and \(report.unsettledOnConsumer) notices "
                        + "are under way for ever"
                )
            }
            for (key, entry) in try pairing.books(report, chains.provider, chains.consumer).entries
            where entry.committed != entry.pledged {
                lines.append(
                    "\(pairing.name): \(key.owner) has \(entry.committed) committed to \(key.validator), and "
                        + "\(entry.pledged) pledged"
                )
            }
        }
        return lines
    }
}

/// No collateral is free while its vote still counts (spec section 13).
struct CollateralBehindVotes: SimulationInvariant {
    static let name = "collateral behind votes"
    let moment = SimulationMoment.always

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        var lines: [String] = []
        for pairing in world.pairings {
            let chains = try world.chains(of: pairing)
            guard chains.provider.isUp, chains.consumer.isUp else { continue }
            let report = try pairing.report(chains.provider, chains.consumer)
            guard report.isOpenOnProvider, report.isOpenOnConsumer else { continue }
            for (key, entry) in try pairing.books(report, chains.provider, chains.consumer).entries
            where entry.pledged > entry.locked {
                lines.append(
                    "\(pairing.name): \(entry.pledged) of \(key.owner) count at \(key.validator), but only "
                        + "\(entry.locked) are under lien"
                )
            }
        }
        return lines
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
