import Bank
import Counter
import Foundation
import MeshHost
import ModuleKit
import Storage
import Testing

@Suite("A module that publishes")
struct PublishingTests {
    private func submit(_ chain: TestChain, _ message: HostMessage) throws -> ModuleError? {
        try chain.block([try chain.signed([("host", try message.encodedBytes())], by: chain.alice)]).results[0].error
    }

    private func deploy(_ chain: TestChain, _ module: String, label: String) throws -> ModuleError? {
        try submit(
            chain,
            .with {
                $0.deploy.module = module
                $0.deploy.label = label
                $0.deploy.admin = chain.alice.text
            }
        )
    }

    private func migrate(_ chain: TestChain, _ label: String, to version: String) throws -> ModuleError? {
        try submit(
            chain,
            .with {
                $0.migrate.instance = label
                $0.migrate.version = version
            }
        )
    }

    @Test("declares collections with the numbers that the state tree publishes, and the registry tells them")
    func collections() throws {
        #expect(PublishedCollections.numbers == Storage.StateKey.publishedCollections)
        let registry = try ModuleRegistry(Bank(), Publisher())
        let published = registry.modules.map { module in module.collections.filter(\.isPublished).map(\.name) }
        #expect(published == [[], ["paths"]])
    }

    @Test("may be the only one of its kind in a module set, in any number of versions")
    func registry() throws {
        _ = try ModuleRegistry(Bank(), SilentPublisher(), Publisher(), Counter())
        let error = #expect(throws: HostError.self) { try ModuleRegistry(Bank(), Publisher(), Counter(), Rival()) }
        #expect(error?.code == .invalidModuleSet)
        #expect(error?.message.contains("publisher and rival") == true)
    }

    @Test("is deployed once, at genesis or by a message")
    func deployment() throws {
        let chain = try TestChain([Counter(), Publisher()], hostSection: Self.instances(["counter"]))
        #expect(try deploy(chain, "publisher", label: "first") == nil)
        let second = try deploy(chain, "publisher", label: "second")
        #expect(second?.code == .alreadyExists && second?.message.contains("use first") == true)
        #expect(try deploy(chain, "counter", label: "tally") == nil, "others are deployed as often as you like")
        try chain.reopen()
        #expect(try deploy(chain, "publisher", label: "second")?.code == .alreadyExists)

        let once = try TestChain([Publisher()], hostSection: Self.instances(["publisher"]))
        #expect(try deploy(once, "publisher", label: "second")?.code == .alreadyExists)
        let twice = #expect(throws: HostError.self) {
            try TestChain([Publisher()], hostSection: Self.instances(["publisher", "publisher"]))
        }
        #expect(twice?.code == .invalidGenesis && (twice?.cause as? ModuleError)?.code == .alreadyExists)
    }

    @Test("can't be made of one of several instances by a migration, only of a single one")
    func migration() throws {
        let chain = try TestChain([SilentPublisher()], hostSection: Self.instances([]))
        #expect(try deploy(chain, "publisher", label: "first") == nil)
        #expect(try deploy(chain, "publisher", label: "second") == nil)
        let both = try ModuleRegistry(Bank(), SilentPublisher(), Publisher())
        try chain.reopen(registry: both)
        #expect(try migrate(chain, "first", to: "2.0.0")?.code == .alreadyExists)
        #expect(try deploy(chain, "publisher", label: "third")?.code == .alreadyExists)

        let single = try TestChain([SilentPublisher()], hostSection: Self.instances([]))
        #expect(try deploy(single, "publisher", label: "first") == nil)
        try single.reopen(registry: both)
        #expect(try migrate(single, "first", to: "2.0.0") == nil)
        try single.block()
        let record = try single.host.query(HostQuery.with { $0.instance.instance = "first" }, of: "host").instance
        #expect(record.version == "2.0.0")
    }

    @Test("lets other chains find its entries under their paths alone")
    func proof() throws {
        let chain = try TestChain([Publisher()])
        let message = try CounterMessage.with { $0.increment.by = 5 }.encodedBytes()
        let transaction = try chain.signed([("publisher", message)], by: chain.alice)
        #expect(try chain.block([transaction]).results[0].error == nil)
        let key = [0, 0, 0, 2, 224] + Array("counts/5".utf8) + [0, 0]
        let proof = try chain.host.store.proof(of: key)
        #expect(proof.value != nil)
        #expect(Array(Storage.StateKey.committedKey(of: proof.key)) == Array(key.dropFirst(5)))
        try proof.verify(appHash: chain.host.lastHeader.appHash)
    }

    /// A bank, and an instance of each of these modules, the second of one called `publisher-2`.
    private static func instances(_ modules: [String]) -> String {
        let others = modules.enumerated().map { index, module in
            #",{"module":"\#(module)","label":"\#(index == 0 ? module : "\(module)-\(index + 1)")"}"#
        }
        return #"{"instances":[{"module":"bank","label":"bank"}\#(others.joined())]}"#
    }
}

/// Publishes the counts that it is told, in the words of the counter.
private struct Publisher: ProtocolModule {
    typealias Message = CounterMessage
    typealias Event = CounterEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "publisher", version: "2.0.0")

    let total = StateItem<UInt64>(1, "total")
    let paths = StateMap<String, UInt64>(224, "paths")

    func handle(_ message: CounterMessage, _ context: Context) throws(ModuleError) {
        try context.emit(.with { $0.incremented.by = message.increment.by })
    }

    func apply(_ event: CounterEvent, to state: StateWriter) throws(ModuleError) {
        try paths.set(event.incremented.by, for: "counts/\(event.incremented.by)", in: state)
    }

    func migrate(from version: Version, _ context: Context) throws(ModuleError) {}
}

/// The version of it that did not publish yet.
private struct SilentPublisher: ProtocolModule {
    typealias Message = CounterMessage
    typealias Event = CounterEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "publisher", version: "1.0.0")

    let total = StateItem<UInt64>(1, "total")

    func handle(_ message: CounterMessage, _ context: Context) throws(ModuleError) {}

    func apply(_ event: CounterEvent, to state: StateWriter) throws(ModuleError) {}
}

/// Another module that would publish.
private struct Rival: ProtocolModule {
    typealias Message = CounterMessage
    typealias Event = CounterEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "rival", version: "1.0.0")

    let paths = StateMap<String, UInt64>(255, "paths")

    func handle(_ message: CounterMessage, _ context: Context) throws(ModuleError) {}

    func apply(_ event: CounterEvent, to state: StateWriter) throws(ModuleError) {}
}
