import ICS23
import ModuleKit
import ModuleTesting
import Storage
import Testing

@Suite("A published collection")
struct PublishedCollectionTests {
    let alice = Address.named("alice")

    @Test("is one whose number the state tree commits to entries of under their key alone")
    func range() {
        #expect(PublishedCollections.numbers == Storage.StateKey.publishedCollections)
        for number in UInt8.min...UInt8.max {
            #expect(StateMap<UInt8, UInt64>(number, "entries").isPublished == (number >= 224))
        }
    }

    @Test("can be proven to another chain by nothing but a path and an app hash, at every height")
    func proven() throws {
        let harness = try ModuleHarness(Notices())
        try harness.when(.steps(.set("clients", "one", 7)), from: alice).thenSucceeded()
        try harness.nextBlock()
        let first = harness.block.height - 1
        try harness.when(.steps(.set("clients", "one", 8)), from: alice).thenSucceeded()
        try harness.nextBlock()

        let now = try harness.proof(of: Path("clients/one"), in: Notices().published)
        #expect(now.height == first + 1)
        #expect(try now.appHash == harness.appHash)
        #expect(now.path == [Array("state".utf8), Array("clients/one".utf8)])
        let before = try harness.proof(of: Path("clients/one"), in: Notices().published, at: first)
        #expect(now.value != before.value && now.appHash != before.appHash)
        for proof in [now, before] {
            let value = try #require(proof.value)
            let received = try MerkleProof(decoding: proof.proof)
            let path = MerklePath(keys: proof.path)
            try received.verifyMembership(specs: StateProof.specs, root: proof.appHash, path: path, value: value)
            #expect(throws: ICS23Error.self) {
                let other = value + [0]
                try received.verifyMembership(specs: StateProof.specs, root: proof.appHash, path: path, value: other)
            }
        }
        let absent = try harness.proof(of: Path("clients/two"), in: Notices().published)
        #expect(absent.value == nil)
        try MerkleProof(decoding: absent.proof)
            .verifyNonMembership(specs: StateProof.specs, root: absent.appHash, path: MerklePath(keys: absent.path))
    }

    @Test("refuses an empty key and one that begins with a zero byte, before storage would stop the chain over it")
    func keys() throws {
        let harness = try ModuleHarness(Notices())
        for shelf in ["", "\u{0}a"] {
            try harness.when(.steps(.set(shelf, "", 7)), from: alice).thenFailed(.invalidArgument, saying: "zero byte")
        }
        try harness.nextBlock()
    }
}

/// A path as other chains look for it: the bytes alone, without an end mark.
private struct Path: ModuleKit.StateKey {
    let text: String

    init(_ text: String) { self.text = text }

    func encode(into bytes: inout [UInt8]) { bytes.append(contentsOf: text.utf8) }

    init(decoding reader: inout KeyReader) throws(ModuleError) {
        var bytes: [UInt8] = []
        while !reader.isAtEnd { bytes.append(try reader.byte()) }
        text = String(decoding: bytes, as: UTF8.self)
    }
}

/// A module that publishes what it is told to set, under `shelf/name`.
private struct Notices: ProtocolModule {
    typealias Message = LedgerMessage
    typealias Event = LedgerEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "notices", version: "1.0.0")

    let published = StateMap<Path, UInt64>(224, "published")

    func handle(_ message: LedgerMessage, _ context: Context) throws(ModuleError) {
        for step in message.script.steps { try context.emit(.with { $0.set = step.set }) }
    }

    func apply(_ event: LedgerEvent, to state: StateWriter) throws(ModuleError) {
        let entry = event.set
        let path = entry.name.isEmpty ? entry.shelf : "\(entry.shelf)/\(entry.name)"
        try published.set(entry.value, for: Path(path), in: state)
    }
}
