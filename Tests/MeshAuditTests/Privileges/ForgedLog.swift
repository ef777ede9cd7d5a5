import Foundation
import MeshAudit
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage
import VirtualStakingEvents

/// A log written record by record, without any host: what an honest one would never record can stand in it.
///
/// Its first block holds the host's vocabulary (0), that of virtual staking (1), and two instances of it, `minter` (1) and
/// `neighbour` (2). It stays open for more records.
struct ForgedLog {
    static let privilege = "virtual-staking/mint"

    let folder: URL
    private let store: ChainStore
    private var records = ByteArena()
    private var schemas: [BlockContent.Schema] = []
    private(set) var sequence: UInt64 = 0
    private(set) var height: UInt64 = 0

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-forged-\(UUID().uuidString)")
        store = try ChainStore.create(
            at: folder.path,
            chainID: "mesh-forged-1",
            options: ChainOptions(durability: .none)
        )
        try addVocabulary(0, HostEvent.protoMessageName, HostEvent.descriptorSet)
        try addVocabulary(1, VirtualStakingEvent.protoMessageName, VirtualStakingEvent.descriptorSet)
        try deploy(1, "minter", vocabulary: 1)
        try deploy(2, "neighbour", vocabulary: 1)
    }

    /// Records any bytes as an event, in the block in progress.
    ///
    /// - Parameter kind: the number in the payload's first tag unless told otherwise.
    /// - Returns: its sequence.
    @discardableResult
    mutating func record(
        _ payload: [UInt8],
        of instance: UInt32,
        vocabulary: UInt32 = 1,
        kind: UInt32? = nil,
        transaction: UInt32 = 0,
        cause: UInt64? = nil
    ) -> UInt64 {
        let envelope = EventEnvelope(
            sequence: sequence,
            height: height,
            transaction: transaction,
            cause: cause,
            instance: instance,
            vocabulary: vocabulary,
            kind: kind ?? UInt32(payload.first ?? 0) >> 3,
            schemaVersion: 1,
            payload: payload
        )
        records.append(envelope.encoded)
        sequence += 1
        return sequence - 1
    }

    /// Records an event of the host's.
    @discardableResult
    mutating func host(_ event: HostEvent, transaction: UInt32 = 0, cause: UInt64? = nil) throws -> UInt64 {
        record(try event.encodedBytes(), of: 0, vocabulary: 0, transaction: transaction, cause: cause)
    }

    /// Records an event of virtual staking's.
    @discardableResult
    mutating func staking(_ event: VirtualStakingEvent, of instance: UInt32 = 1) throws -> UInt64 {
        record(try event.encodedBytes(), of: instance)
    }

    mutating func addVocabulary(_ number: UInt32, _ name: String, _ set: [UInt8], isStored: Bool = true) throws {
        try host(
            .with {
                $0.vocabularyAdded.number = number
                $0.vocabularyAdded.messageName = name
                $0.vocabularyAdded.schemaVersion = 1
                $0.vocabularyAdded.descriptorHash = Data(Hash.sha256(set).bytes)
            }
        )
        if isStored { schemas.append(BlockContent.Schema(identifier: number, bytes: set)) }
    }

    mutating func deploy(_ number: UInt32, _ label: String, module: String = "virtual-staking", vocabulary: UInt32)
        throws
    {
        try host(
            .with {
                $0.instanceDeployed.number = number
                $0.instanceDeployed.label = label
                $0.instanceDeployed.module = module
                $0.instanceDeployed.vocabulary = vocabulary
            }
        )
    }

    @discardableResult
    mutating func grant(
        _ cap: String,
        to instance: UInt32 = 1,
        _ privilege: String = privilege,
        transaction: UInt32 = 0,
        cause: UInt64? = nil
    ) throws -> UInt64 {
        try host(
            .with {
                $0.privilegeGranted.number = instance
                $0.privilegeGranted.privilege = privilege
                $0.privilegeGranted.cap = cap
            },
            transaction: transaction,
            cause: cause
        )
    }

    @discardableResult
    mutating func revoke(from instance: UInt32 = 1, _ privilege: String = privilege) throws -> UInt64 {
        try host(
            .with {
                $0.privilegeRevoked.number = instance
                $0.privilegeRevoked.privilege = privilege
            }
        )
    }

    @discardableResult
    mutating func setTotal(_ cap: String, _ privilege: String = privilege, transaction: UInt32 = 0) throws -> UInt64 {
        try host(
            .with {
                $0.totalCapSet.privilege = privilege
                $0.totalCapSet.cap = cap
            },
            transaction: transaction
        )
    }

    @discardableResult
    mutating func bond(_ amount: String, by instance: UInt32 = 1) throws -> UInt64 {
        try staking(.with { $0.bonded.amount = .with { $0.amount = amount } }, of: instance)
    }

    @discardableResult
    mutating func release(_ amount: String, by instance: UInt32 = 1) throws -> UInt64 {
        try staking(.with { $0.released.amount = amount }, of: instance)
    }

    @discardableResult
    mutating func burn(retiring amount: String) throws -> UInt64 {
        try staking(.with { $0.burned.retired = amount })
    }

    /// Ends the block in progress; the next one has the given height, or the next.
    mutating func endBlock() throws {
        try store.append(BlockContent(height: height, timeNanoseconds: height, records: records, schemas: schemas))
        records = ByteArena()
        schemas = []
        height += 1
    }

    /// Ends the block in progress, and audits. The log is gone afterwards.
    mutating func audit(tamper: (String) throws -> Void = { _ in }) throws -> PrivilegeReport {
        defer { try? FileManager.default.removeItem(at: folder) }
        try endBlock()
        try store.close()
        try tamper(folder.path)
        return try PrivilegeAudit(home: folder.path).run()
    }
}
