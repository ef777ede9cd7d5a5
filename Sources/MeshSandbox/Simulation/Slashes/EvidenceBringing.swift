import MeshHost

/// Tells a provider what a validator of its consumer has done: late, again, or several accounts at once.
struct EvidenceBringing: SimulationOperation {
    static let name = "evidence"
    let weight: UInt32 = 6

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let pairing = world.drawPairing() else { return nil }
        return try world.bringEvidence(over: pairing)
    }
}

extension SimulationWorld {
    /// Has an observer look at the consumer of a pairing, and submit what proves one of the faults that he finds; he waits for
    /// nothing. Another one may do the same in the same block, or he himself once more.
    ///
    /// - Returns: what was submitted, for the trace; nil where there is nothing to tell, or a chain is down.
    func bringEvidence(over pairing: PairingSpecification) throws(SandboxError) -> String? {
        let chains = try chains(of: pairing)
        guard chains.provider.isUp, chains.consumer.isUp, !chains.consumer.doubleSigns.isEmpty else { return nil }
        let observer = Observer(of: try ObservedChain(home: chains.consumer.host().store))
        guard let fault = draw(try observer.chain.faults()) else { return nil }
        for report in try observer.reports(of: fault, to: chains.provider.host())
        where report.place == pairing.externalStaking {
            guard let messages = report.action.messages else { continue }
            // One of four times there are two of them, of whom only one can be the first.
            let observers = (0...(draw(0...3) == 0 ? 1 : 0)).compactMap { _ in draw(Self.accounts) }
            for account in observers { try chains.provider.submit(messages, from: account) }
            return
                "\(chains.provider.chainID): \(observers.joined(separator: " and ")) prove to \(pairing.name) what was "
                + "done at height \(fault.height)"
        }
        return nil
    }
}

extension ObserverReport.Action {
    /// What is to be submitted; nil where nothing is.
    fileprivate var messages: [SandboxMessage]? {
        switch self {
        case .submit(let messages), .prepare(let messages): messages
        case .known, .tooOld, .unprovable: nil
        }
    }
}
