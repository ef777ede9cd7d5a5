import ExternalStakingEvents
import InterchainEvents
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage
import VaultEvents

/// What the logs of all chains say of slashes, read block by block as they grow. What a crash took was in no log.
struct LogReader {
    /// The books of the pairings, in their order.
    private(set) var infractions: [InfractionBook]
    /// The books of the vaults, by chain. Only asked, never iterated.
    private(set) var collateral: [String: CollateralBook] = [:]
    /// What failed and was rolled back alone, one line each: hooks, and reactions to what nobody can veto.
    private(set) var failures: [String] = []
    /// How often collateral was slashed.
    private(set) var slashCount: UInt64 = 0
    /// How often a lien gave way to a slash by another holder.
    private(set) var cutCount: UInt64 = 0
    private let pairings: [PairingSpecification]
    // How far each log was read. Only asked, never iterated.
    private var positions: [String: UInt64] = [:]

    init(_ pairings: [PairingSpecification]) {
        self.pairings = pairings
        infractions = pairings.map { InfractionBook(drift: $0.clockDrift ?? .hours(1)) }
    }

    /// Reads what a running chain has recorded since it was last read.
    mutating func read(_ chain: SandboxChain) throws(SandboxError) {
        let host = try chain.host()
        let (start, end) = (positions[chain.chainID] ?? 0, host.lastHeader.eventCount)
        guard start < end else { return }
        positions[chain.chainID] = end
        func number(_ label: String) -> UInt32? { try? host.machine.instance(called: label).identity.number }
        let (vault, interchain) = (number(ChainSpecification.vault), number(PublicState.label))
        let stakings = pairings.indices.filter { pairings[$0].provider == chain.chainID }
            .map { ($0, number(pairings[$0].externalStaking)) }
        var (envelopes, failure): ([EventEnvelope], ModuleError?) = ([], nil)
        try SandboxError.hosting {
            try host.store.log.forEachRecord(in: start..<end) { (_, record) throws(StorageError) in
                do throws(ModuleError) {
                    envelopes.append(try EventEnvelope(decoding: record.withUnsafeBytes { [UInt8]($0) }))
                } catch {
                    failure = error
                }
                return failure == nil
            }
            if let failure { throw failure }
        }
        let time = Timestamp(nanoseconds: host.lastHeader.timeNanoseconds)
        try SandboxError.asking("the log of '\(chain.chainID)'") { () throws(ModuleError) in
            for envelope in envelopes {
                if envelope.instance == 0 {
                    let event = try HostEvent(recorded: envelope)
                    guard try !Self.isRefusedPacket(event, envelopes, interchain) else { continue }
                    note(event, at: envelope.height, of: chain)
                } else if envelope.instance == vault {
                    let event = try VaultEvent(recorded: envelope)
                    count(event)
                    try collateral[chain.chainID, default: CollateralBook()].note(event)
                } else if let (index, _) = stakings.first(where: { $0.1 == envelope.instance }) {
                    try infractions[index].note(try ExternalStakingEvent(recorded: envelope), at: time)
                }
            }
        }
    }

    /// Whether a module has refused a packet, which it may: the sender is told.
    private static func isRefusedPacket(_ event: HostEvent, _ envelopes: [EventEnvelope], _ interchain: UInt32?)
        throws(ModuleError) -> Bool
    {
        guard case .reactionFailed(let failure) = event.event,
            let cause = envelopes.first(where: { $0.sequence == failure.sequence }), cause.instance == interchain,
            case .packetReceived = try InterchainEvent(recorded: cause).event
        else { return false }
        return true
    }

    private mutating func count(_ event: VaultEvent) {
        switch event.event {
        case .slashed: slashCount += 1
        case .lienCut(let cut) where cut.validator.isEmpty: cutCount += 1
        default: return
        }
    }

    private mutating func note(_ event: HostEvent, at height: UInt64, of chain: SandboxChain) {
        func name(_ number: UInt32) -> String {
            let found = try? chain.host().machine.instancesInOrder.first { $0.identity.number == number }
            return found?.identity.label ?? "instance \(number)"
        }
        let place = "\(chain.chainID) block \(height)"
        switch event.event {
        case .reactionFailed(let event):
            failures.append("\(place): \(name(event.number)) could not take event \(event.sequence), \(event.error)")
        case .hookFailed(let event):
            failures.append("\(place): \(name(event.number)) failed in \(event.hook), \(event.error)")
        default: return
        }
    }
}

extension EventVocabulary {
    /// Decodes what an envelope holds.
    fileprivate init(recorded envelope: EventEnvelope) throws(ModuleError) {
        try self.init(recorded: envelope.payload, schemaVersion: envelope.schemaVersion)
    }
}
