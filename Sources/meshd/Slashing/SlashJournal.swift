import EvidenceEvents
import ExternalStakingEvents
import Foundation
import LocalStakingEvents
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage
import VaultEvents

/// What the log tells of slashes by evidence: causes link proofs to infractions, and payments to what followed from them.
///
/// What a block does later has no cause in the log. Burns are known by their numbers. Coins that are destroyed or paid
/// later count for the oldest slash of the account that waits for it, for a vault has one sum for each account.
struct SlashJournal {
    /// An infraction, or all of a validator for which nothing was owed (0).
    struct Place: Hashable {
        let externalStaking: UInt32
        let validator: String
        let infraction: UInt64
    }

    /// How many payments are kept of each place, and whose; nil for everybody's.
    let limit: Int
    let owner: String?

    // All of these are asked by their keys, and never iterated.
    var payments: [UInt64: SlashPayment] = [:]
    var kept: [Place: [UInt64]] = [:]
    var counts: [Place: UInt64] = [:]
    var records: [Place: ExternalStakingStoredInfraction] = [:]
    var evidence: [Place: SlashEvidence] = [:]
    // The numbers of a validator's infractions, in the order of the log.
    var numbers: [Place: [UInt64]] = [:]
    var failures: [Place: [(owner: String, error: String)]] = [:]

    private var proofs: [UInt64: SlashEvidence] = [:]
    private var provenPlaces: [Place] = []
    var cuts: [UInt64: (payment: UInt64, index: Int)] = [:]
    var burns: [BurnKey: BurnPlace] = [:]
    var awaitedBurns: [UInt32: (payment: UInt64, stake: ExternalStakingStakeOwner)] = [:]
    var debts: [DebtKey: [Debt]] = [:]

    private let instances: [UInt32: HostInstance]
    private static let localStaking = "local-staking"

    /// Reads the log from the first event that can matter on; nothing where no validator was proven guilty. O(events).
    ///
    /// - Throws: `storage` when an event can't be decoded.
    init(_ chain: ChainView, limit: Int, owner: String?) throws(CommandError) {
        self.limit = limit
        self.owner = owner
        instances = Dictionary(chain.instances.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        guard let first = try chain.firstSlashingEvent() else { return }
        let count = chain.host.lastHeader.eventCount
        try chain.forEachEvent(in: min(first, count)..<count) { envelope, _ in try take(envelope) }
    }

    func label(of instance: UInt32) -> String { instances[instance]?.label ?? "instance \(instance)" }

    func isRemote(_ holder: UInt32) -> Bool { instances[holder]?.module == MeshModule.externalStaking.module }

    private mutating func take(_ envelope: EventEnvelope) throws {
        if envelope.instance == HostModule.instanceNumber { return try takeReceipt(envelope) }
        switch instances[envelope.instance]?.module {
        case MeshModule.externalStaking.module: try take(decoded(envelope) as ExternalStakingEvent, envelope)
        case MeshModule.vault.module: try take(decoded(envelope) as VaultEvent, envelope)
        case Self.localStaking: try take(decoded(envelope) as LocalStakingEvent, envelope)
        case evidenceModuleName: try take(decoded(envelope) as EvidenceEvent, envelope)
        default: return
        }
    }

    private func decoded<Event: EventVocabulary>(_ envelope: EventEnvelope) throws(ModuleError) -> Event {
        try Event(recorded: envelope.payload, schemaVersion: envelope.schemaVersion)
    }

    private mutating func take(_ event: EvidenceEvent, _ envelope: EventEnvelope) throws {
        guard case .duplicateVoteProven(let proven) = event.event else { return }
        proofs[envelope.sequence] = SlashEvidence(
            event: envelope.sequence,
            height: envelope.height,
            transaction: envelope.transaction,
            clientID: proven.clientID,
            chainID: proven.chainID
        )
    }

    /// The receipt of a transaction stands behind its events: it has the hash of those that proved something.
    private mutating func takeReceipt(_ envelope: EventEnvelope) throws {
        guard !proofs.isEmpty, envelope.kind == ChainView.receiptKind else { return }
        let event = try HostEvent(recorded: envelope.payload, schemaVersion: envelope.schemaVersion)
        let hash = Array(event.transactionExecuted.transactionHash).hexText
        for place in provenPlaces {
            guard let proof = evidence[place], proof.height == envelope.height,
                proof.transaction == envelope.transaction
            else { continue }
            evidence[place]?.transactionHash = hash
        }
        (proofs, provenPlaces) = ([:], [])
    }

    /// An infraction is recorded in the reaction to its proof.
    mutating func record(_ infraction: ExternalStakingStoredInfraction, at place: Place, cause: UInt64?) {
        records[place] = infraction
        numbers[place.ofValidator, default: []].append(infraction.number)
        guard let proof = cause.flatMap({ proofs[$0] }) else { return }
        evidence[place] = proof
        provenPlaces.append(place)
    }
}

extension SlashJournal.Place {
    /// The place of the validator itself.
    var ofValidator: Self { .init(externalStaking: externalStaking, validator: validator, infraction: 0) }
}
