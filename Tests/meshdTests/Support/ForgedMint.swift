import Foundation
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage

/// A block appended behind the host's back: the bank loses its grant to mint, and mints.
enum ForgedMint {
    /// - Returns: where the mint stands.
    static func append(to home: String) throws -> (height: UInt64, sequence: UInt64) {
        let store = try ChainStore.open(at: home, expectedChainID: nil)
        defer { try? store.close() }
        guard let last = store.headHeader else { throw CocoaError(.fileReadCorruptFile) }
        var bank: EventEnvelope?
        for sequence in 0..<last.eventCount where bank == nil {
            let envelope = try store.log.record(at: sequence).map { try EventEnvelope(decoding: $0) }
            if envelope?.instance == 1 { bank = envelope }
        }
        guard var mint = bank else { throw CocoaError(.fileReadCorruptFile) }
        let revocation = HostEvent.with {
            $0.privilegeRevoked.number = mint.instance
            $0.privilegeRevoked.privilege = "bank/mint"
        }
        mint.height = last.height + 1
        (mint.transaction, mint.cause) = (0, nil)
        var revoked = mint
        (revoked.instance, revoked.vocabulary, revoked.kind, revoked.schemaVersion) = (0, 0, 9, 1)
        revoked.payload = try revocation.encodedBytes()
        revoked.sequence = last.eventCount
        // `minted`, with nothing in it.
        (mint.kind, mint.payload) = (2, [2 << 3 | 2, 0])
        mint.sequence = last.eventCount + 1
        var records = ByteArena()
        records.append(revoked.encoded)
        records.append(mint.encoded)
        try store.append(
            BlockContent(
                height: mint.height,
                timeNanoseconds: last.timeNanoseconds,
                records: records,
                moduleSetHash: last.moduleSetHash
            )
        )
        return (mint.height, mint.sequence)
    }
}
