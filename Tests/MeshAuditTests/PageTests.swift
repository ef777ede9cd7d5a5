import Foundation
import MeshAudit
import Testing

@Suite("The pages of the data file")
struct PageTests {
    private func data(_ chain: AuditedChain) -> URL {
        URL(fileURLWithPath: chain.home).appendingPathComponent("data.mdb")
    }

    /// The newest header's page and a field of it.
    private func field(_ offset: Int, of bytes: Data) -> (page: Int, value: Int) {
        func load(_ position: Int) -> UInt64 {
            bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: UInt64.self)) }
        }
        let page = load(144) > load(4_096 + 144) ? 0 : 1
        return (page, Int(load(page * 4_096 + offset)))
    }

    @Test("are found damaged where LMDB would not look before the next block: in the list of free pages")
    func freeList() throws {
        let chain = try AuditedChain()
        var bytes = try Data(contentsOf: data(chain))
        let root = field(80, of: bytes).value
        let page = root * 4_096
        let node = Int(bytes[page + 16]) | Int(bytes[page + 17]) << 8
        // Behind the node's header and key stand the count and then the greatest free page.
        bytes[page + node + 8 + 8 + 8] ^= 1
        try bytes.write(to: data(chain))
        let report = try chain.verify()
        #expect(report.findings.codes == [.pageDamaged])
        #expect(!report.isComplete)
        // LMDB itself sees nothing.
        #expect(try chain.replay().isSound)
    }

    @Test("are found damaged at the root of the tables, before LMDB is let at it")
    func root() throws {
        let chain = try AuditedChain()
        let whole = try Data(contentsOf: data(chain))
        let (_, root) = field(128, of: whole)
        // Page number, flags, both bounds, the first node's offset.
        for offset in [0, 10, 12, 13, 14, 15, 16] {
            var bytes = whole
            bytes[root * 4_096 + offset] ^= 0x20
            try bytes.write(to: data(chain))
            let report = try chain.verify()
            #expect(report.findings.codes == [.pageDamaged], "byte \(offset)")
            #expect(report.findings.contains { $0.place.page == UInt64(root) }, "byte \(offset)")
        }
    }
}
