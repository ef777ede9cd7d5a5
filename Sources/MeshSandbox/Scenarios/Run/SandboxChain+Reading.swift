import BankEvents
import IBC
import InterchainEvents
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage
import TransferEvents

/// What scenarios and simulations ask of a chain beside its balances.
extension SandboxChain {
    /// How many units of a token there are.
    func supply(of denomination: String) throws(SandboxError) -> Amount {
        let answer = try query(BankQuery.with { $0.supply.denom = denomination }, of: "bank")
        return try SandboxError.asking("the supply of \(denomination)") { () throws(ModuleError) in
            try Amount(answer.supply.existing)
        }
    }

    /// How much there is of a token as the chain reports it: without virtual stake.
    func reportedSupply(of denomination: String) throws(SandboxError) -> Amount {
        let answer = try query(BankQuery.with { $0.supply.denom = denomination }, of: "bank")
        return try SandboxError.asking("the supply of \(denomination)") { () throws(ModuleError) in
            try Amount(answer.supply.reported.amount)
        }
    }

    /// What the escrow of an end holds of a token.
    func escrow(of denomination: String, at end: RelayPath.End) throws(SandboxError) -> Amount {
        let owner = try owner(of: end.port)
        let answer = try query(
            TransferQuery.with {
                $0.escrow.channelID = end.channel?.text ?? ""
                $0.escrow.startDenomination = denomination
                $0.escrow.limit = 1
            },
            of: owner
        )
        guard let token = answer.escrow.tokens.first, token.denom == denomination else { return .zero }
        return try SandboxError.asking("the escrow of \(denomination)") { () throws(ModuleError) in
            try Amount(token.amount)
        }
    }

    /// The label of the instance that owns a port.
    ///
    /// - Throws: `wrongName` when nobody does.
    func owner(of port: PortID) throws(SandboxError) -> String {
        let number = try PublicState(self).ask { $0.port.portID = port.text }.port.application
        guard let owner = try host().machine.instancesInOrder.first(where: { $0.identity.number == number }) else {
            throw SandboxError(.wrongName, "nobody owns the port \(port) on '\(chainID)': deploy an instance that does")
        }
        return owner.identity.label
    }

    /// An encoded message for an instance, from its JSON form.
    func message(json: String, to instance: String) throws -> SandboxMessage {
        let host = try host()
        // The host has a module of its own, which no chain registers.
        guard instance != HostModule.manifest.name else {
            return try SandboxMessage(HostMessage(decodingJSON: json), to: instance)
        }
        let identity = try host.machine.instance(called: instance).identity
        guard let module = host.registry.module(identity.module) else {
            throw SandboxError(.wrongName, "the module \(identity.module) is not known here")
        }
        return SandboxMessage(try module.message(json: json), to: instance)
    }

    /// How often an event of a kind stands in the log.
    ///
    /// - Complexity: O(events of the log).
    func count(ofEvents kind: String, of instance: String) throws -> UInt64 {
        let host = try host()
        let recorder = try host.machine.instance(called: instance)
        guard let number = recorder.vocabulary.type.kinds.first(where: { $0.name == kind })?.number else {
            throw ScenarioError(
                .unknownName,
                "the instance \(instance) records no events of the kind \(kind.shownShort)"
            )
        }
        var count: UInt64 = 0
        var failure: ModuleError?
        try host.store.log.forEachRecord(in: 0..<host.lastHeader.eventCount) { (_, record) throws(StorageError) in
            do throws(ModuleError) {
                let envelope = try EventEnvelope(decoding: record.withUnsafeBytes { [UInt8]($0) })
                if envelope.instance == recorder.identity.number, envelope.kind == number { count += 1 }
            } catch {
                failure = error
            }
            return failure == nil
        }
        if let failure { throw failure }
        return count
    }
}
