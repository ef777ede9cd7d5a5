import MeshHost
import ModuleKit

/// Pairings of a scenario: setting them up, and looking at both sides.
extension ScenarioRun {
    /// Sets a pairing up, stage by stage; each is a message that anyone could send, or the work of a relayer.
    ///
    /// - Throws: `outOfTurn` when it is set up; `network` when a stage is refused, which ends the run.
    @available(*, noasync)
    func setUp(_ pairing: ScenarioPairing) throws(ScenarioError) {
        let setup = PairingSetup(pairing.specification)
        var isNew = false
        while let stage = try nextStage(of: setup) {
            isNew = true
            switch stage {
            case .transaction(let chainID, let account, let messages, let purpose):
                let chain = name(ofChain: chainID)
                note("\(account) \(purpose)", on: chain)
                let actor = AccountReference(chain: chain, name: account)
                let title = "\(pairing.name): \(purpose)"
                if let error = try carryOut(messages, from: actor, as: title) {
                    throw ScenarioError(.network, "\(account) was refused on \(chain): \(error.message)", cause: error)
                }
            case .path(let path):
                note("a relayer opens \(path.name), from \(name(ofChain: path.first.chainID))")
                try serve(path, of: pairing)
            }
        }
        guard isNew else {
            throw ScenarioError(.outOfTurn, "the pairing \(pairing.name) is set up already: leave the step out")
        }
    }

    private func nextStage(of setup: PairingSetup) throws(ScenarioError) -> PairingStage? {
        try ScenarioError.running(current?.place) { try setup.nextStage(in: network) }
    }

    private func serve(_ path: RelayPath, of pairing: ScenarioPairing) throws(ScenarioError) {
        let name = Self.relayer(of: pairing.name)
        try ScenarioError.running(current?.place) {
            // It is served already, and not open yet.
            guard network.path(ifAny: path.name) == nil else { return }
            if let relayer = network.relayers.first(where: { $0.name == name }) {
                try network.add(path, to: relayer)
            } else {
                try network.addRelayer(name, paths: [path])
            }
        }
        try advance(until: "opening \(path.name)") { () throws(ScenarioError) in
            try ScenarioError.running(current?.place) { try network.path(path.name).phase >= .open }
        }
    }

    /// How a pairing stands on both chains now.
    ///
    /// - Throws: `outOfTurn` before it is set up.
    func report(on pairing: ScenarioPairing) throws(ScenarioError) -> PairingReport {
        let (provider, consumer) = try hosts(of: pairing)
        return try ScenarioError.running(current?.place) {
            try PairingReport(
                provider: provider,
                externalStaking: pairing.specification.externalStaking,
                consumer: consumer,
                converter: pairing.specification.converter
            )
        }
    }

    /// Makes sure that both sides of a pairing are deployed; a chain that is down is not looked at.
    ///
    /// - Throws: `outOfTurn` when one is not.
    func requireSetUp(_ pairing: ScenarioPairing) throws(ScenarioError) {
        let specification = pairing.specification
        for (chain, label) in [
            (pairing.provider, specification.externalStaking), (pairing.consumer, specification.virtualStaking),
        ] {
            let chain = try self.chain(chain)
            guard chain.isUp else { continue }
            guard try ScenarioError.running(current?.place, { try chain.has(label) }) else {
                throw ScenarioError(
                    .outOfTurn,
                    "the pairing \(pairing.name) is not there yet: begin with the step `pair: \(pairing.name)`"
                )
            }
        }
    }

    private func hosts(of pairing: ScenarioPairing) throws(ScenarioError) -> (ChainHost, ChainHost) {
        try requireSetUp(pairing)
        let (provider, consumer) = (try chain(pairing.provider), try chain(pairing.consumer))
        return try ScenarioError.running(current?.place) { (try provider.host(), try consumer.host()) }
    }

    /// The address of an account, as a text.
    func address(of account: AccountReference) throws(ScenarioError) -> String {
        let chain = try chain(account.chain)
        return try ScenarioError.running(current?.place) { try chain.address(of: account.name) }
    }

    /// The text by which a validator is known as an operator.
    func operatorText(of validator: AccountReference) throws(ScenarioError) -> String {
        let chain = try chain(validator.chain)
        return try ScenarioError.running(current?.place) {
            chain.addresses.format(try chain.account(validator.name).address, as: .validatorOperator)
        }
    }

    /// Asks an instance of a chain, and takes something from the answer.
    func ask<Query: QueryVocabulary, Value>(
        _ query: Query,
        of instance: String,
        on chain: String,
        _ body: (Query.Answer) throws -> Value
    ) throws(ScenarioError) -> Value {
        let chain = try self.chain(chain)
        return try ScenarioError.running(current?.place) { try body(try chain.query(query, of: instance)) }
    }
}
