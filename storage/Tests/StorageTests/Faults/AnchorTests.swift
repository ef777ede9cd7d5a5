import StorageTestSupport
import Testing

@testable import Storage

@Suite("The anchor")
struct AnchorTests {
    let folder: TemporaryFolder
    let chain: ChainStore

    init() throws {
        folder = try TemporaryFolder()
        chain = try ChainStore.create(at: folder.path, chainID: "mesh-1")
        try Sample.append(3, to: chain, seed: 1)
    }

    private var anchorPath: String { "\(folder.path)/anchor" }
    private var dataPath: String { "\(folder.path)/data.mdb" }

    private func open(_ access: ChainAccess = .readWrite) throws -> ChainStore {
        try ChainStore.open(at: folder.path, expectedChainID: "mesh-1", access: access)
    }

    /// Opens, checks everything, appends a block, and leaves the files as an orderly end does.
    private func goOn(from height: UInt64) throws {
        let chain = try open()
        #expect(chain.headHeader?.height == height)
        try checkLog(chain)
        try Sample.append(1, to: chain, seed: 77)
        try checkLog(chain)
        try chain.close()
    }

    @Test("one block behind the log is what a crash leaves: it is brought up to date")
    func followsLog() throws {
        let before = try Files.read(anchorPath)
        try Sample.append(1, to: chain, seed: 2)
        try chain.close()
        try Files.write(before, to: anchorPath)
        let reader = try open(.readOnly)
        #expect(reader.headHeader?.height == 3)
        try reader.close()
        #expect(try Files.read(anchorPath) == before)
        try goOn(from: 3)
        #expect(try AnchorFile.read(in: folder.path).anchor.block?.height == 4)
    }

    @Test("of an empty chain may be behind its first block too")
    func followsFirstBlock() throws {
        let other = try TemporaryFolder()
        let empty = try ChainStore.create(at: other.path, chainID: "new", firstHeight: 7)
        let before = try Files.read("\(other.path)/anchor")
        try Sample.append(1, to: empty, seed: 1)
        try empty.close()
        try Files.write(before, to: "\(other.path)/anchor")
        let again = try ChainStore.open(at: other.path, expectedChainID: "new")
        #expect(again.headHeader?.height == 7)
        try Sample.append(1, to: again, seed: 1)
        try again.close()
        try Files.write(before, to: "\(other.path)/anchor")
        #expect(code { _ = try ChainStore.open(at: other.path, expectedChainID: "new") } == .anchorBehind)
    }

    @Test("two blocks behind the log is an old copy of it")
    func noticesOldAnchor() throws {
        let before = try Files.read(anchorPath)
        try Sample.append(2, to: chain, seed: 2)
        try chain.close()
        try Files.write(before, to: anchorPath)
        #expect(code { _ = try open() } == .anchorBehind)
        #expect(code { _ = try open(.readOnly) } == .anchorBehind)
    }

    @Test("notices a log that was put back to an older copy, and goes on only when told to")
    func noticesRollback() throws {
        try chain.close()
        let before = try Files.read(dataPath)
        let later = try open()
        try Sample.append(2, to: later, seed: 2)
        try later.close()
        try Files.write(before, to: dataPath)
        for access in [ChainAccess.readWrite, .readOnly] {
            let error = #expect(throws: StorageError.self) { try open(access) }
            #expect(error?.code == .rolledBack)
            #expect(error?.message.contains("Restore the newest copy") == true)
        }
        #expect(code { try ChainStore.acceptCurrent(at: folder.path, expectedChainID: "mesh-2") } == .wrongChain)
        #expect(code { _ = try open() } == .rolledBack)
        let accepted = try ChainStore.acceptCurrent(at: folder.path, expectedChainID: "mesh-1")
        #expect(accepted?.height == 2)
        try goOn(from: 2)
    }

    @Test("notices another history of the same length")
    func noticesReplacement() throws {
        try chain.close()
        let other = try TemporaryFolder()
        let impostor = try ChainStore.create(at: other.path, chainID: "mesh-1")
        try Sample.append(3, to: impostor, seed: 999)
        try impostor.close()
        try Files.write(try Files.read("\(other.path)/data.mdb"), to: dataPath)
        #expect(code { _ = try open() } == .rolledBack)
    }

    @Test("notices another history that is longer")
    func noticesLongerReplacement() throws {
        try chain.close()
        let other = try TemporaryFolder()
        let impostor = try ChainStore.create(at: other.path, chainID: "mesh-1")
        try Sample.append(4, to: impostor, seed: 999)
        try impostor.close()
        try Files.write(try Files.read("\(other.path)/data.mdb"), to: dataPath)
        #expect(code { _ = try open() } == .rolledBack)
    }

    @Test("with one slot torn anywhere falls back to the other")
    func survivesTornSlot() throws {
        try chain.close()
        let whole = try Files.read(anchorPath)
        let newest = try AnchorFile.read(in: folder.path)
        #expect(newest.anchor.block?.height == 2)
        let offset = Int(newest.counter % 2) * 4_096
        for position in stride(from: 0, to: Anchor.Slot.byteCount, by: 5) {
            var torn = whole
            torn[offset + position] ^= 0xFF
            try Files.write(torn, to: anchorPath)
            // The other slot names the block before, and one block ahead of the anchor is legal.
            let slot = try AnchorFile.read(in: folder.path)
            #expect(slot.anchor.block?.height == 1)
            let reader = try open(.readOnly)
            #expect(reader.headHeader?.height == 2)
            try reader.close()
        }
        try goOn(from: 2)
    }

    @Test("with both slots torn, cut off or gone asks for a decision")
    func asksForDecision() throws {
        try chain.close()
        var torn = try Files.read(anchorPath)
        torn[50] ^= 1
        torn[4_096 + 50] ^= 1
        try Files.write(torn, to: anchorPath)
        #expect(code { _ = try open() } == .anchorDamaged)
        try Files.write([], to: anchorPath)
        let damaged = #expect(throws: StorageError.self) { try open() }
        #expect(damaged?.code == .anchorDamaged)
        #expect(damaged?.message.contains("acceptCurrent") == true)
        try removeFile(anchorPath)
        let missing = #expect(throws: StorageError.self) { try open() }
        #expect(missing?.code == .anchorMissing)
        #expect(missing?.message.contains("acceptCurrent") == true)
        try ChainStore.acceptCurrent(at: folder.path, expectedChainID: "mesh-1")
        try goOn(from: 2)
    }

    @Test("of another chain is refused, and so is one of a newer version")
    func refusesForeign() throws {
        try chain.close()
        let other = try TemporaryFolder()
        try ChainStore.create(at: other.path, chainID: "mesh-2").close()
        try Files.write(try Files.read("\(other.path)/anchor"), to: anchorPath)
        #expect(code { _ = try open() } == .wrongChain)
        var slot = Anchor.Slot(counter: 9, anchor: Anchor(chainID: "mesh-1", block: nil)).encoded
        slot[11] = 2
        slot.replaceSubrange(96..., with: Hash.sha256(Array(slot[..<96])).bytes)
        try Files.write(slot, to: anchorPath)
        #expect(code { _ = try open() } == .newerFormat)
    }

    @Test("keeps a new chain from being made where an old one's data file is gone")
    func keepsPlace() throws {
        try chain.close()
        try removeFile(dataPath)
        #expect(code { _ = try ChainStore.create(at: folder.path, chainID: "mesh-1") } == .alreadyExists)
    }

    @Test("slot is refused with any byte changed")
    func noticesEveryByte() throws {
        let slot = Anchor.Slot(
            counter: 5,
            anchor: Anchor(chainID: "mesh-1", block: .init(height: 9, headerHash: .sha256([1])))
        )
        #expect(slot.encoded.count == Anchor.Slot.byteCount)
        #expect(try Anchor.Slot(decoding: slot.encoded) == slot)
        for position in slot.encoded.indices {
            var bytes = slot.encoded
            bytes[position] ^= 1
            #expect(try Anchor.Slot(decoding: bytes) == nil)
        }
    }
}
